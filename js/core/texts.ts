// Texts into the memory of an instance: their lengths, four bytes each, then the texts, one after the other.

import type { Core, CoreGlue } from "./instance.js";

const encoder = new TextEncoder();

/**
 * Reserves room for the texts and `after` bytes behind them, and writes the texts.
 *
 * @returns where the room begins, and where the texts end in it.
 */
export function placeTexts(core: Core, glue: CoreGlue, texts: string[], after: number): { start: number; end: number } {
  const all = texts.join("");
  const head = texts.length * 4;
  // UTF-8 takes at most three bytes for each unit of UTF-16.
  const start = glue.reserve(head + all.length * 3 + after);
  const memory = core.memory();
  const first = start + head;
  const { written } = encoder.encodeInto(all, memory.subarray(first, first + all.length * 3));
  const ascii = written === all.length;
  let end = first;
  for (const [index, text] of texts.entries()) {
    // Two halves of a surrogate pair in two texts are no character: other texts are written one by one.
    const length = ascii ? text.length : encoder.encodeInto(text, memory.subarray(end, first + all.length * 3)).written;
    const at = start + index * 4;
    memory[at] = length;
    memory[at + 1] = length >>> 8;
    memory[at + 2] = length >>> 16;
    memory[at + 3] = length >>> 24;
    end += length;
  }
  return { start, end: end - start };
}
