// Texts into the memory of an instance: their lengths, four bytes each, then the texts, one after the other.

import type { Core, CoreGlue } from "./instance.js";

const encoder = new TextEncoder();

/**
 * Reserves room for the texts and `after` bytes behind them, and writes the texts.
 *
 * @returns where the room begins, and where the texts end in it.
 */
export function placeTexts(core: Core, glue: CoreGlue, texts: string[], after: number): { start: number; end: number } {
  let units = 0;
  for (const text of texts) units += text.length;
  const head = texts.length * 4;
  // UTF-8 takes at most three bytes for each unit of UTF-16.
  const start = glue.reserve(head + units * 3 + after);
  const memory = core.memory();
  let end = start + head;
  for (let index = 0; index < texts.length; index++) {
    const length = placeText(texts[index] as string, memory, end);
    const at = start + index * 4;
    memory[at] = length;
    memory[at + 1] = length >>> 8;
    memory[at + 2] = length >>> 16;
    memory[at + 3] = length >>> 24;
    end += length;
  }
  return { start, end: end - start };
}

/** Up to this length a text of ASCII is written before the encoder would have been called. */
const SHORT = 256;

/** Writes a text; how many bytes it takes. */
function placeText(text: string, memory: Uint8Array, start: number): number {
  const { length } = text;
  let at = 0;
  for (; length <= SHORT && at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) break;
    memory[start + at] = unit;
  }
  return at === length ? length : encoder.encodeInto(text, memory.subarray(start, start + length * 3)).written;
}
