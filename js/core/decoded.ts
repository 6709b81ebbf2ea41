// From text to bytes. Hexadecimal keeps bytes where they are, so that it compresses far better than base64 does.

type Decode = ((text: string, encoding?: "hex") => Uint8Array<ArrayBuffer>) | undefined;

/** The bytes that a hexadecimal text stands for. */
export function decoded(text: string): Uint8Array<ArrayBuffer> {
  const node = (globalThis as { Buffer?: { from?: Decode } }).Buffer;
  if (typeof node?.from === "function") return node.from(text, "hex");
  const { fromHex } = Uint8Array as { fromHex?: Decode };
  if (typeof fromHex === "function") return fromHex.call(Uint8Array, text);
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digit(text, at * 2) * 16 + digit(text, at * 2 + 1);
  return bytes;
}

/** `0-9` are 0x30 to 0x39, `a-f` 0x61 to 0x66. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0x40 ? code - 0x30 : code - 0x57;
}
