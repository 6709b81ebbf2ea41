/** Decisions that arrive together share one commit: a sync costs the same for one entry as for a hundred. */
import type { GroupSync } from "./group-sync.js";
import type { Decision, RecordedDecision } from "./store.js";

interface Queued {
  decision: Decision;
  resolve(recorded: RecordedDecision): void;
  reject(error: unknown): void;
}

/** Collects what arrives in one turn of the event loop, and while the commit before is synced. */
export class DecisionQueue {
  #queue: Queued[] = [];

  /** `record` writes all of a batch, or throws and has written none. */
  constructor(
    private readonly record: (batch: Decision[]) => RecordedDecision[],
    private readonly sync: GroupSync,
  ) {}

  /** Resolves when the decision is committed. */
  add(decision: Decision): Promise<RecordedDecision> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length === 0) setImmediate(() => void this.sync.idle().then(() => this.flush()));
      this.#queue.push({ decision, resolve, reject });
    });
  }

  /** Records what waits. */
  flush(): void {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    try {
      const recorded = this.record(batch.map(({ decision }) => decision));
      batch.forEach((entry, index) => {
        const row = recorded[index];
        if (row) entry.resolve(row);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
  }
}
