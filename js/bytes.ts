// Bytes, whatever realm they were made in: `instanceof` knows only the types of its own.

/** True for a `Uint8Array`. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** True for an `ArrayBuffer`. A tag can be given to anything, so the length is asked of the value itself. */
export function isBuffer(value: unknown): value is ArrayBuffer {
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
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return isBuffer(value) ? new Uint8Array(value).slice() : undefined;
}
