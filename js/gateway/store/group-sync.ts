/** One sync of the disk for everything that was committed before it. Meanwhile others commit, and are synced together next. */
import { StoreError } from "./store.js";

/** Syncs one file, one sync at a time. */
export class GroupSync {
  #unsynced = false;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: { cause: unknown } | undefined;

  /** `sync` resolves when everything is on the disk that was written before it was called. */
  constructor(private readonly sync: () => Promise<void>) {}

  /** Something was written that is not on the disk yet. */
  wrote(): void {
    this.#unsynced = true;
  }

  /** Resolves when no sync is under way. */
  async idle(): Promise<void> {
    await this.#running?.catch(() => {});
  }

  /** Resolves when everything that was written until now is on the disk; rejects from the first sync that fails on. */
  settled(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failed());
    if (!this.#unsynced) return this.#running ?? Promise.resolve();
    if (!this.#running) return this.#start();
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.settled();
    });
    return this.#next;
  }

  /**
   * Throws after a sync that failed. Nobody can say any more what of the file is on the disk, and a later sync that
   * succeeds would not bring back what is not: only opening the file again tells.
   */
  check(): void {
    if (this.#failure) throw this.#failed();
  }

  #start(): Promise<void> {
    this.#unsynced = false;
    this.#running = this.sync().then(
      () => {
        this.#running = undefined;
      },
      (cause: unknown) => {
        this.#failure = { cause };
        throw this.#failed();
      },
    );
    return this.#running;
  }

  #failed(): StoreError {
    return new StoreError("the disk of the store could not be synced; the gateway must be started again", this.#failure);
  }
}
