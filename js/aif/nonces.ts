// What was seen already, so that it is not accepted twice.

import { knownOptions, whole } from "../checks.js";

/** Remembers what may be used once. */
export interface NonceStore {
  /**
   * Takes a nonce. False, and nothing else, when it was taken before or there is no room to remember it. It must be one step:
   * of two at once, one gets true.
   *
   * @param untilMs when it can be forgotten, in milliseconds since 1970.
   * @param nowMs the time now.
   */
  claim(nonce: string, untilMs: number, nowMs: number): boolean | Promise<boolean>;
}

/** Options of `MemoryNonces`. */
export interface MemoryNoncesOptions {
  /** How many are remembered; when so many are still good, the next is refused. Default 100,000. */
  maxEntries?: number;
}

/** Remembers in this process. Several processes behind one address need a store that they share. */
export class MemoryNonces implements NonceStore {
  readonly #most: number;
  readonly #until = new Map<string, number>();

  /** @throws {ConfigurationError} for an option that cannot be used. */
  constructor(options: MemoryNoncesOptions = {}) {
    knownOptions(options, ["maxEntries"]);
    this.#most = whole("maxEntries", options.maxEntries, 100_000, 1, 10_000_000);
  }

  claim(nonce: string, untilMs: number, nowMs: number): boolean {
    const known = this.#until.get(nonce);
    if (known !== undefined && known > nowMs) return false;
    if (this.#until.size >= this.#most) this.#forget(nowMs);
    if (this.#until.size >= this.#most) return false;
    // The oldest stand first.
    this.#until.delete(nonce);
    this.#until.set(nonce, untilMs);
    return true;
  }

  #forget(nowMs: number): void {
    for (const [nonce, untilMs] of this.#until) if (untilMs <= nowMs) this.#until.delete(nonce);
  }
}
