/** Drops what is older than it is to be kept: a look each hour, and no long pause for anybody. */
import type { Store } from "./store/store.js";

const INTERVAL_MS = 3_600_000;

/** Keeps the record as long as `retainMs` says; for ever when it says nothing. */
export class Retention {
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: Store,
    private readonly retainMs: number | undefined,
    private readonly now: () => number,
  ) {}

  /** Drops some of it, if it is time. */
  async sweep(): Promise<void> {
    const now = this.now();
    if (this.retainMs === undefined || now < this.#nextAt) return;
    // While there is more to drop, every sweep drops a part.
    if ((await this.store.retain(now - this.retainMs, now)) === 0) this.#nextAt = now + INTERVAL_MS;
  }
}
