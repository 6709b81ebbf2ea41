// What is kept of an approval where calls wait for people, so that a process may end and another take the call up.

/**
 * Where a call stands. `using`: its approval is used, or about to be, and nothing was sent. `sending`: it is being sent, or was
 * when its process ended. `unknown`: the sending failed, and whether it arrived cannot be told.
 * `pending` → `approved` | `denied` | `expired`; `pending` | `approved` → `using` → `sending` → `sent` | `unknown`.
 */
export type ApprovalState = "pending" | "approved" | "denied" | "expired" | "using" | "sending" | "sent" | "unknown";

/** One approval. It holds no payload. */
export interface ApprovalRecord {
  approvalId: string;
  /** What the approval was asked for with: SHA-256 of the call, hexadecimal. */
  digest: string;
  agentId: string;
  state: ApprovalState;
  /** For people. */
  method: string;
  host: string;
  reasonCodes: string[];
  /** Milliseconds since 1970. */
  createdAtMs: number;
  expiresAtMs: number;
  /** Of the call as it will be sent; from `using` on. */
  sentDigest?: string;
  /** Names the one use of the approval to the gateway; from `using` on. */
  holder?: string;
  /** Whether it went out under the `Idempotency-Key` of the approval. */
  keyed?: boolean;
  /** What the person said. */
  note?: string;
}

/** A record, and how often it was written. */
export interface StoredApproval {
  record: ApprovalRecord;
  version: number;
}

/**
 * Keeps approvals. `compareAndSwap` is what makes one use one: of any number of callers, in any number of processes, exactly
 * one moves a record on from a version.
 */
export interface ApprovalStore {
  /** The newest version, or nothing. */
  read(approvalId: string): Promise<StoredApproval | undefined>;
  /**
   * Writes version `expected + 1` if the newest is `expected`; 0 stands for no record. Resolves with false, and without having
   * written, if it is not. Resolves only when what was written would outlive the process.
   */
  compareAndSwap(approvalId: string, expected: number, record: ApprovalRecord): Promise<boolean>;
}

/** Keeps approvals in this process, for as long as it lives. */
export class MemoryApprovalStore implements ApprovalStore {
  readonly #stored = new Map<string, StoredApproval>();

  async read(approvalId: string): Promise<StoredApproval | undefined> {
    const stored = this.#stored.get(approvalId);
    return stored && structuredClone(stored);
  }

  async compareAndSwap(approvalId: string, expected: number, record: ApprovalRecord): Promise<boolean> {
    if ((this.#stored.get(approvalId)?.version ?? 0) !== expected) return false;
    this.#stored.set(approvalId, { record: structuredClone(record), version: expected + 1 });
    return true;
  }
}

/** Whether an approval can still be used: it is open, or whoever used it has sent nothing. */
export const isUsable = (state: ApprovalState): boolean => state === "pending" || state === "approved" || state === "using";

/**
 * Moves a record on. `next` gives the record to write, or nothing to leave it; it is asked again when somebody was faster.
 * Resolves with what stands in the store, and whether this call has written it.
 */
export async function moved(
  store: ApprovalStore,
  approvalId: string,
  next: (record: ApprovalRecord | undefined) => ApprovalRecord | undefined,
): Promise<{ record: ApprovalRecord | undefined; written: boolean }> {
  for (;;) {
    const stored = await store.read(approvalId);
    const record = next(stored?.record);
    if (record === undefined) return { record: stored?.record, written: false };
    if (await store.compareAndSwap(approvalId, stored?.version ?? 0, record)) return { record, written: true };
  }
}
