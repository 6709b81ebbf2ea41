/** So many things in any minute, and no more. */

/** Parts of the window; a thing counts for up to one part longer than the window. */
const PARTS = 60;

/** Counts what was admitted in the last minute. */
export class SlidingWindow {
  readonly #counts = new Map<number, number>();

  constructor(
    /** Most in one minute. */
    readonly most: number,
    private readonly now: () => number,
  ) {}

  /** Counts one; or answers in how many seconds there is room again. */
  admit(): number | undefined {
    const part = this.#part();
    if (this.used() >= this.most) return Math.max(1, (this.#counts.keys().next().value ?? part) + PARTS - part);
    this.#counts.set(part, (this.#counts.get(part) ?? 0) + 1);
    return undefined;
  }

  /** How many there were within the last minute. */
  used(): number {
    const part = this.#part();
    let used = 0;
    for (const [at, count] of this.#counts) {
      // A part of the future is from before the clock was set back.
      if (at <= part - PARTS || at > part) this.#counts.delete(at);
      else used += count;
    }
    return used;
  }

  #part(): number {
    return Math.floor(this.now() / 1000);
  }
}
