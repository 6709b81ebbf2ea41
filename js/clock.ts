// Where a client takes the time from, and how it waits. One place, so that a test can put a clock of its own there.

import { ConfigurationError } from "./errors.js";

/** Time for a client: between the questions about an approval, before a retry, and for how long it has waited. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. It does not reject. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

/** Part of the client's options. */
export interface ClockOptions {
  /** For tests: another clock, such as `fakeClock()` of `interven/testing`. Default: the runtime's. */
  clock?: Clock;
}

/** The clock of the runtime. */
export const RUNTIME_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      if (signal?.aborted) wake();
      else signal?.addEventListener("abort", wake, { once: true });
    }),
};

/** @throws {ConfigurationError} for what is no clock. */
export function settledClock(given: Clock | undefined): Clock {
  if (given === undefined) return RUNTIME_CLOCK;
  const usable = typeof given === "object" && typeof given?.now === "function" && typeof given.sleep === "function";
  if (!usable) throw new ConfigurationError("clock must be an object with the functions `now` and `sleep`.");
  return given;
}
