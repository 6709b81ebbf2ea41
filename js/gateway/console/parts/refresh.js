// Reading again what has changed.

/** Runs an action again: never two at once, and once more for what came while one was under way. */
export class Refresh {
  #action;
  #signal;
  #wait;
  #may;
  #timer;
  #running = false;
  #next;

  /**
   * `action` deals with its own errors. `wait` answers the milliseconds that `soon` waits; while `may` says no, it goes
   * on waiting. Nothing begins after `signal`.
   */
  constructor(action, { signal, wait = () => 0, may = () => true }) {
    this.#action = action;
    this.#signal = signal;
    this.#wait = wait;
    this.#may = may;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** After a while, together with all that comes until then. */
  soon = () => {
    if (this.#signal.aborted) return;
    if (this.#running) this.#next ??= this.soon;
    else this.#timer ??= setTimeout(this.#due, this.#wait());
  };

  /** At once, or as soon as the one under way has ended. */
  now = () => {
    if (this.#signal.aborted) return;
    if (this.#running) this.#next = this.now;
    else void this.#run();
  };

  #due = () => {
    this.#timer = undefined;
    if (this.#may()) this.now();
    else this.soon();
  };

  async #run() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = true;
    try {
      await this.#action();
    } finally {
      this.#running = false;
      const next = this.#next;
      this.#next = undefined;
      next?.();
    }
  }
}
