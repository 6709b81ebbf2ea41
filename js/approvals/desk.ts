// Where a person decides what waits in a client's own store.

import { ConfigurationError } from "../errors.js";
import { ApprovalTokenError } from "./errors.js";
import { type ApprovalRecord, type ApprovalStore, moved } from "./store.js";

/** Longest note of a person, in characters. */
const MAX_NOTE = 1000;

/** Decides approvals of an `approvalStore`. It belongs where people are, never in the hands of an agent. */
export class ApprovalDesk {
  readonly #store: ApprovalStore | undefined;

  /** Internal to the package. */
  constructor(store: ApprovalStore | undefined) {
    this.#store = store;
  }

  /** What is kept of an approval, or nothing. It holds no payload. */
  async find(approvalId: string): Promise<ApprovalRecord | undefined> {
    return (await this.#kept().read(approvalId))?.record;
  }

  /**
   * Approves: the call that waits is sent, once.
   *
   * @throws {ApprovalTokenError} when there is no such approval, or it was decided before: the first decision stands.
   */
  approve(approvalId: string, note?: string): Promise<ApprovalRecord> {
    return this.#decide(approvalId, "approved", note);
  }

  /** Denies: the call that waits is refused. Throws like `approve`. */
  deny(approvalId: string, note?: string): Promise<ApprovalRecord> {
    return this.#decide(approvalId, "denied", note);
  }

  async #decide(approvalId: string, state: "approved" | "denied", note: string | undefined): Promise<ApprovalRecord> {
    if (note !== undefined && (typeof note !== "string" || note.length > MAX_NOTE))
      throw new ConfigurationError(`A note is a text of at most ${MAX_NOTE} characters.`);
    const said = note === undefined ? {} : { note };
    const { record, written } = await moved(this.#kept(), approvalId, (known) =>
      known?.state === "pending" && known.expiresAtMs > Date.now() ? { ...known, state, ...said } : undefined,
    );
    if (record === undefined) throw new ApprovalTokenError("There is no approval with this id in the store.");
    if (written) return record;
    throw new ApprovalTokenError(`The approval is ${record.state === "pending" ? "expired" : record.state} already.`);
  }

  #kept(): ApprovalStore {
    if (this.#store !== undefined) return this.#store;
    throw new ConfigurationError("Without an approvalStore there is nothing to decide on here: the gateway has its own console.");
  }
}
