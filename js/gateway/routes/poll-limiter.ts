/** At most one poll of an approval in two seconds. */
import { Refusal } from "../reply.js";

const MIN_INTERVAL_MS = 2000;
const MAX_TRACKED = 10_000;

/** Remembers when each approval was last polled. */
export class PollLimiter {
  readonly #lastPoll = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Throws a 429 when the same approval was polled less than two seconds ago. */
  admit(id: string): void {
    const now = this.now();
    const elapsed = now - (this.#lastPoll.get(id) ?? Number.NEGATIVE_INFINITY);
    if (elapsed >= 0 && elapsed < MIN_INTERVAL_MS) {
      const retryAfter = Math.ceil((MIN_INTERVAL_MS - elapsed) / 1000);
      throw new Refusal(429, "POLLED_TOO_FAST", "Poll an approval at most once in 2 seconds.", {
        "retry-after": String(retryAfter),
      });
    }
    this.#lastPoll.delete(id);
    this.#lastPoll.set(id, now);
    if (this.#lastPoll.size > MAX_TRACKED) {
      const [oldest] = this.#lastPoll.keys();
      if (oldest !== undefined) this.#lastPoll.delete(oldest);
    }
  }
}
