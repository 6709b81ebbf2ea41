// Reads a stream to its end, but never more than is wanted and never longer than its reader wants to wait.

import { isBytes } from "./bytes.js";

/** A stream that gives nothing this often does not end. Without a limit it would keep timers, and so signals, from running. */
const MAX_EMPTY_CHUNKS = 10_000;

/**
 * All bytes of a stream, or nothing when there are more than `limit`.
 *
 * @throws the signal's reason when it aborts, and whatever the stream fails with.
 */
export async function readStream(
  stream: ReadableStream<unknown>,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  signal?.throwIfAborted();
  const reader = stream.getReader();
  // Ends a read that waits. Not awaited: a stream may never say that it was cancelled.
  const stop = () => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", stop, { once: true });
  const chunks: Uint8Array[] = [];
  let [size, empty] = [0, 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return joined(chunks, size);
      if (!isBytes(value)) throw new TypeError("The stream gives something that is not bytes.");
      if (value.byteLength === 0 && ++empty > MAX_EMPTY_CHUNKS) throw new TypeError("The stream gives nothing and does not end.");
      size += value.byteLength;
      if (size > limit) return undefined;
      chunks.push(value);
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

function joined(chunks: Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
