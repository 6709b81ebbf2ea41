/** Live events for the console. Nothing here is the truth: a listener that missed events reads the lists again. */

/** What listeners receive; `data` is the same JSON that the lists hold. */
export interface GatewayEvent {
  type: "decision" | "approval";
  data: unknown;
}

const KEEPALIVE_MS = 15_000;
/** A reader that falls this many chunks behind is cut off; it reconnects and reads the lists. */
const MAX_QUEUED_CHUNKS = 1024;

/** Hands each event to everyone who listens. */
export class EventHub {
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #encoder = new TextEncoder();
  #keepalive: ReturnType<typeof setInterval> | undefined;

  /** `observe` is told of every event, listeners or not. */
  constructor(private readonly observe: (event: GatewayEvent) => void = () => {}) {}

  /** Sends an event to every open stream. */
  publish(event: GatewayEvent): void {
    this.observe(event);
    this.#send(`event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  /** A `text/event-stream` answer that stays open until the reader leaves or the hub closes. */
  stream(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          own = controller;
          this.#streams.add(controller);
          this.#keepalive ??= setInterval(() => this.#send(": keep-alive\n\n"), KEEPALIVE_MS);
          controller.enqueue(this.#encoder.encode("retry: 2000\n: connected\n\n"));
        },
        cancel: () => this.#drop(own),
      },
      { highWaterMark: 16 },
    );
    return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
  }

  /** Ends every stream. */
  close(): void {
    for (const controller of this.#streams) {
      this.#drop(controller);
      controller.close();
    }
  }

  #send(text: string): void {
    const chunk = this.#encoder.encode(text);
    for (const controller of this.#streams) {
      if ((controller.desiredSize ?? 0) < -MAX_QUEUED_CHUNKS) {
        this.#drop(controller);
        controller.close();
      } else controller.enqueue(chunk);
    }
  }

  #drop(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#streams.delete(controller);
    if (this.#streams.size > 0) return;
    clearInterval(this.#keepalive);
    this.#keepalive = undefined;
  }
}
