/** Answers whose body goes from one socket to the other without a web stream between. */
import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";

/** The body of one answer on its way from the upstream to the agent's connection. */
export class Carrier {
  #carried: { response: Response; body: Readable } | undefined;

  constructor(private readonly outgoing: ServerResponse) {}

  /** Takes over the body that `response` is the head of. */
  take(response: Response, body: Readable): void {
    this.#carried = { response, body };
  }

  /** Sends `response` if it is the one whose body was taken over. Where another answer came of it, that body is dropped. */
  send(response: Response): boolean {
    if (!this.#carried) return false;
    const { response: head, body } = this.#carried;
    if (head !== response) {
      body.destroy();
      return false;
    }
    const { outgoing } = this;
    if (outgoing.destroyed || body.destroyed) {
      body.destroy();
      outgoing.destroy();
      return true;
    }
    // Nobody waits any more.
    outgoing.once("close", () => body.destroy());
    outgoing.on("error", () => body.destroy());
    // An answer that was cut must not look complete.
    body.once("error", () => outgoing.destroy());
    outgoing.writeHead(response.status, [...response.headers].flat());
    body.pipe(outgoing);
    // Where the body lets itself be waited for, its head goes ahead.
    if (body.readableLength === 0) setImmediate(() => outgoing.writableEnded || outgoing.flushHeaders());
    return true;
  }
}
