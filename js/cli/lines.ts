/** Lines of a stream of bytes, as many at a time as have arrived. */

/** Longest line that is read. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

const NEWLINE = 10;

/** A line without its end; nothing in place of one that is too long. */
export type Line = Buffer | undefined;

/** Batches of whole lines. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, most: number = MAX_LINE_BYTES): AsyncGenerator<Line[]> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length <= most) parts.push(part);
    else parts = [];
  };
  const take = (): Line => {
    const line = length > most ? undefined : Buffer.concat(parts, length);
    [parts, length] = [[], 0];
    return line;
  };
  for await (const piece of stream) {
    const lines: Line[] = [];
    let at = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, at)) {
      add(piece.subarray(at, end));
      lines.push(take());
      at = end + 1;
    }
    add(piece.subarray(at));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [take()];
}
