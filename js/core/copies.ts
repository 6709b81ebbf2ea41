// Copies of what an instance has written. One in a buffer of its own is work for the garbage collector with every scan, so
// short ones share a room.

/** Bytes of a room. One copy that is kept keeps the whole room, so it holds about a dozen reports. */
const ROOM = 8192;
let room = new Uint8Array(0);
let used = 0;
const decoder = new TextDecoder();

/** A copy that nobody writes into again. */
export class Copy {
  readonly #room: Uint8Array;
  readonly #start: number;
  readonly #end: number;

  /** Of a piece of `memory`. */
  constructor(memory: Uint8Array, start: number, end: number) {
    const length = end - start;
    const piece = memory.subarray(start, end);
    if (length > ROOM / 4) {
      this.#room = piece.slice();
      this.#start = 0;
    } else {
      if (used + length > room.length) {
        room = new Uint8Array(ROOM);
        used = 0;
      }
      this.#room = room;
      this.#start = used;
      room.set(piece, used);
      used += length;
    }
    this.#end = this.#start + length;
  }

  /** It, read as UTF-8. */
  text(): string {
    return decoder.decode(this.#room.subarray(this.#start, this.#end));
  }
}
