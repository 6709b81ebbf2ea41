// From text to bytes.

type Decode = ((text: string, encoding?: "base64") => Uint8Array<ArrayBuffer>) | undefined;

/** The bytes that a base64 text stands for. */
export function decoded(text: string): Uint8Array<ArrayBuffer> {
  const node = (globalThis as { Buffer?: { from?: Decode } }).Buffer;
  if (typeof node?.from === "function") return node.from(text, "base64");
  const { fromBase64 } = Uint8Array as { fromBase64?: Decode };
  if (typeof fromBase64 === "function") return fromBase64.call(Uint8Array, text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
