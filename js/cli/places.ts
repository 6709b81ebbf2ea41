/** Lines and columns of a text that is read once and kept only as far as it is needed. */

/** A place in a text: line and column, from 1; a column is a character. */
export interface Place {
  line: number;
  column: number;
}

interface Cursor extends Place {
  offset: number;
}

const NEWLINE = 10;

/** The text from the first place that may still be asked for. */
export class Places {
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the kept bytes begin. */
  #start: Cursor = { offset: 0, line: 1, column: 1 };
  /** The last place that was asked for: the next one is usually after it. */
  #cursor: Cursor = this.#start;

  push(piece: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, piece]);
  }

  /** The bytes between two offsets. */
  slice(start: number, end: number): Buffer {
    return this.#bytes.subarray(start - this.#start.offset, end - this.#start.offset);
  }

  /** Where a span begins and ends. */
  of(start: number, end: number): [Place, Place] {
    this.#cursor = this.#advance(this.#cursor.offset <= start ? this.#cursor : this.#start, start);
    return [this.#cursor, this.#advance(this.#cursor, end)];
  }

  /** Forgets what stands before an offset. */
  drop(offset: number): void {
    if (offset <= this.#start.offset) return;
    const next = this.#advance(this.#cursor.offset <= offset ? this.#cursor : this.#start, offset);
    this.#bytes = this.#bytes.subarray(offset - this.#start.offset);
    this.#start = next;
    this.#cursor = next;
  }

  #advance(from: Cursor, to: number): Cursor {
    const base = this.#start.offset;
    const end = to - base;
    let { line, column } = from;
    let at = from.offset - base;
    for (;;) {
      const newline = this.#bytes.indexOf(NEWLINE, at);
      if (newline < 0 || newline >= end) break;
      line += 1;
      column = 1;
      at = newline + 1;
    }
    for (; at < end; at++) {
      // Continuation bytes of UTF-8 begin no character.
      if (((this.#bytes[at] ?? 0) & 0xc0) !== 0x80) column += 1;
    }
    return { offset: to, line, column };
  }
}
