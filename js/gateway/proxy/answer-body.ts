/** The body of an upstream's answer on its way to the agent. */
import type { UpstreamAnswer } from "./upstream.js";

/** Bytes and milliseconds that are spent on a body which may not be there, to keep its connection. */
const DISCARD_LIMIT = 64 * 1024;
const DISCARD_MS = 1000;

/**
 * Passes a body on. When the upstream breaks off the stream fails, because an answer that was cut must not look complete.
 *
 * Not `Readable.toWeb`: that throws outside of any handler when bytes arrive after its reader has left.
 */
export function passOn(body: UpstreamAnswer["body"]): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let left = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (left) return;
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (!left) throw error;
        }
      },
      cancel: () => {
        left = true;
        body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Reads away what an upstream sends where there may be no body. */
export function discard(body: UpstreamAnswer["body"]): void {
  body.dump({ limit: DISCARD_LIMIT, signal: AbortSignal.timeout(DISCARD_MS) }).catch(() => {});
}
