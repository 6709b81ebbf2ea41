// Copies of what an instance has written. One in a buffer of its own is work for the garbage collector with every scan, so
// short ones share a room.

/** Bytes of a room. One copy that is kept keeps the whole room, so it holds about a dozen reports. */
const ROOM = 8192;
let room = new Uint8Array(0);
let used = 0;

/** A copy of a piece of `memory`. Nobody writes into it again. */
export function copyOf(memory: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length > ROOM / 4) return memory.slice(start, end);
  if (used + length > room.length) {
    room = new Uint8Array(ROOM);
    used = 0;
  }
  const copy = room.subarray(used, used + length);
  used += length;
  copy.set(memory.subarray(start, end));
  return copy;
}
