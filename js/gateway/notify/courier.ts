/** Brings the messages of one destination there: one at a time, again when it fails, and not for ever. */
import type { Message, OutboxStore, WaitingMessage, Writer } from "../store/outbox.js";

/** What became of one try. `failure` is a code, never a text of the other side. */
export type Delivery =
  | { delivered: true }
  | { delivered: false; failure: string; retryAfterMs?: number | undefined; final?: boolean };

/** Where messages go. */
export interface Destination {
  /** In the outbox. Holds no secret. */
  name: string;
  /** In metrics. */
  channel: "slack" | "webhook";
  /** Waits before the second try, the third, …; after the last one a message is given up. */
  delaysMs: readonly number[];
  write: Writer;
  deliver(message: WaitingMessage): Promise<Delivery>;
}

const LONGEST_WAIT_MS = 6 * 3_600_000;
/** Where nobody answers, the other messages wait as well, so long. */
const LONGEST_PAUSE_MS = 30_000;
const BATCH = 20;

/** What a courier tells of each try. */
export type Outcome = "delivered" | "failed" | "dead";

/** One destination's courier. */
export class Courier {
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly destination: Destination,
    private readonly outbox: OutboxStore,
    private readonly count: (channel: Destination["channel"], outcome: Outcome) => void,
    private readonly now: () => number,
  ) {}

  /** Looks for something to do, soon. Never throws, and is not waited for. */
  wake(): void {
    this.#again = true;
    if (this.#running || this.#closed) return;
    this.#running = this.#work().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Has one message brought there. */
  async send(message: Message): Promise<void> {
    await this.outbox.add(this.destination.name, message, this.now());
    this.wake();
  }

  /** Begins nothing more, and waits for what was begun. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#again = false;
    await this.#running;
  }

  async #work(): Promise<void> {
    // Whoever has woken us goes on first.
    await new Promise((resolve) => setTimeout(resolve, 0));
    while (this.#again && !this.#closed) {
      this.#again = false;
      try {
        await this.#round();
      } catch {
        // The store fails, which metrics tell. The next sweep looks again.
        return;
      }
    }
  }

  async #round(): Promise<void> {
    const { name, write } = this.destination;
    while (!this.#closed && (await this.outbox.fill(name, write, this.now())));
    if (this.now() < this.#pausedUntil && this.#pausedUntil - this.now() <= LONGEST_WAIT_MS) return;
    for (;;) {
      const due = await this.outbox.due(name, this.now(), BATCH);
      if (due.length === 0) return;
      for (const message of due) {
        if (this.#closed) return;
        if (!(await this.#try(message))) return;
      }
    }
  }

  /** Whether to go on with the next message. */
  async #try(message: WaitingMessage): Promise<boolean> {
    const { channel, delaysMs, deliver } = this.destination;
    const delivery = await deliver
      .call(this.destination, message)
      .catch((): Delivery => ({ delivered: false, failure: "INTERNAL" }));
    // What was broken off at the end is no failure of the other side.
    if (this.#closed && !delivery.delivered) return false;
    const now = this.now();
    if (delivery.delivered) {
      await this.outbox.done(message);
      this.count(channel, "delivered");
      return true;
    }
    const delay = delaysMs[message.attempts];
    if (delay === undefined || delivery.final) {
      await this.outbox.bury(message, delivery.failure, now);
      this.count(channel, "dead");
      return true;
    }
    const asked = Math.min(delivery.retryAfterMs ?? 0, LONGEST_WAIT_MS);
    // Not everybody who waits for the same server comes back at the same moment.
    await this.outbox.postpone(message, now + Math.max(asked, Math.round(delay * (0.9 + Math.random() * 0.2))), delivery.failure);
    this.count(channel, "failed");
    this.#pausedUntil = now + Math.max(asked, Math.min(delay, LONGEST_PAUSE_MS));
    return false;
  }
}
