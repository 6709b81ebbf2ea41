// Bytes, whatever realm they were made in: `instanceof` knows only the types of its own.

/** True for a `Uint8Array`, whatever it says of itself. */
export function isBytes(value: unknown): value is Uint8Array {
  return typedName.call(value) === "Uint8Array";
}

/** Gives the name of the type that an array was made with, and nothing for any other value. */
const { get: typedName } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag) as {
  get: () => string | undefined;
};

/** True for an `ArrayBuffer`. A tag can be given to anything, so the length is asked of the value itself. */
export function isBuffer(value: unknown): value is ArrayBuffer {
  // An error takes longer to make than all else here.
  if (typeof value !== "object" || value === null) return false;
  try {
    byteLength.call(value);
    return true;
  } catch {
    return false;
  }
}

const { get: byteLength } = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength") as { get: () => number };

/** A private copy of the bytes behind a view or an `ArrayBuffer`; nothing for any other value. */
export function copiedBytes(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return bytesBehind(value).slice();
  return isBuffer(value) ? new Uint8Array(value).slice() : undefined;
}

/** A class may say anything about its bytes; `fetch` does not ask it, so neither is it asked here. */
function bytesBehind(view: ArrayBufferView): Uint8Array {
  const { buffer, byteOffset, byteLength } = typedName.call(view) === undefined ? ofData : ofTyped;
  return new Uint8Array(buffer.call(view) as ArrayBuffer, byteOffset.call(view) as number, byteLength.call(view) as number);
}

function getters(prototype: object) {
  const getter = (name: string) => Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
  return { buffer: getter("buffer"), byteOffset: getter("byteOffset"), byteLength: getter("byteLength") };
}

const ofTyped = getters(Object.getPrototypeOf(Uint8Array.prototype));
const ofData = getters(DataView.prototype);
