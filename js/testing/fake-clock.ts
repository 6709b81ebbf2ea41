// A clock on which waits cost nothing.

import { whole } from "../checks.js";
import type { Clock } from "../clock.js";

/** Options of a `FakeClock`. */
export interface FakeClockOptions {
  /** True: time stands still until `advance`. Default: whenever somebody waits, time jumps to the end of the earliest wait. */
  manual?: boolean;
}

interface Sleeper {
  until: number;
  wake: () => void;
}

/**
 * A clock for tests, for the client's option `clock`.
 *
 * @example
 * const client = new IntervenClient({ gatewayUrl: gateway.url, fetch: gateway.fetch, clock: new FakeClock() });
 */
export class FakeClock implements Clock {
  readonly #manual: boolean;
  #now = 0;
  #sleepers: Sleeper[] = [];
  #awaited: { count: number; resolve: () => void }[] = [];
  #jumping = false;
  /** Every wait that was asked for, in milliseconds, in order. */
  readonly slept: number[] = [];

  constructor({ manual = false }: FakeClockOptions = {}) {
    this.#manual = manual;
  }

  /** Milliseconds since the clock was made. */
  now(): number {
    return this.#now;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    this.slept.push(ms);
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        until: this.#now + Math.max(0, ms),
        wake: () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      signal?.addEventListener("abort", sleeper.wake, { once: true });
      this.#sleepers.push(sleeper);
      this.#awaited = this.#awaited.filter(({ count, resolve }) => this.waiting < count || resolve());
      if (!this.#manual) void this.#jump();
    });
  }

  /** Resolves when at least `count` wait. */
  whenWaiting(count = 1): Promise<void> {
    if (this.waiting >= count) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.push({ count, resolve }));
  }

  /**
   * Lets time pass. Waits that end within it end in order, and what follows from each has happened before the next ends.
   *
   * @throws {ConfigurationError} unless `ms` is a whole number that is not negative.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + whole("ms", ms, 0, 0, Number.MAX_SAFE_INTEGER);
    await settled();
    for (let next = this.#earliest(); next !== undefined && next.until <= end; next = this.#earliest()) {
      this.#now = next.until;
      next.wake();
      await settled();
    }
    this.#now = end;
  }

  #earliest(): Sleeper | undefined {
    return this.#sleepers.reduce<Sleeper | undefined>(
      (first, one) => (first && first.until <= one.until ? first : one),
      undefined,
    );
  }

  async #jump(): Promise<void> {
    if (this.#jumping) return;
    this.#jumping = true;
    for (;;) {
      await settled();
      const next = this.#earliest();
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
    this.#jumping = false;
  }
}

/** After all that can happen without time and without the network has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
