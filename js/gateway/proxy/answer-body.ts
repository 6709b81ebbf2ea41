/** The body of an upstream's answer on its way to the agent. */

/**
 * Passes a body on. When the upstream breaks off, `breakOff` ends the agent's connection in the middle, because an
 * answer that was cut must not look complete; without it the stream fails, which tells the server the same.
 */
export function passOn(body: ReadableStream<Uint8Array>, breakOff: (() => void) | undefined): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (!breakOff) throw error;
          breakOff();
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
