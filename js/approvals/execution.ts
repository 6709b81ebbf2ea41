// One use of an approval: what the store says of it before and after the call is sent.

import type { WireRequest } from "../types.js";
import { type ApprovalRecord, type ApprovalStore, hasEnded, moved } from "./store.js";

/** The use of an approval that this process holds. */
export class Execution {
  /** The same for every attempt at the call, so that a destination that knows such keys runs it once. */
  readonly idempotencyKey: string;
  readonly #store: ApprovalStore | undefined;
  readonly #record: ApprovalRecord;

  constructor(store: ApprovalStore | undefined, record: ApprovalRecord) {
    this.#store = store;
    this.#record = record;
    this.idempotencyKey = `interven-${record.approvalId}`;
  }

  /** Before the gateway is told that the approval is used: whoever finds `sending` knows that it may have been. */
  async begin(): Promise<void> {
    await this.#move((record) => ({ ...record, state: "sending" }));
  }

  /** What exactly is about to be sent. */
  async sending(digest: string | null): Promise<void> {
    if (digest !== null) await this.#move((record) => ({ ...record, state: "sending", sentDigest: digest }));
  }

  /** The destination has answered, or it is not known whether it was reached. */
  async end(state: "sent" | "unknown"): Promise<void> {
    await this.#move((record) => ({ ...record, state }));
  }

  async #move(next: (record: ApprovalRecord) => ApprovalRecord): Promise<void> {
    if (this.#store === undefined) return;
    await moved(this.#store, this.#record.approvalId, (record) =>
      record !== undefined && hasEnded(record.state) ? undefined : next(record ?? this.#record),
    );
  }
}

/** Hosts that run a request once for each `Idempotency-Key`, by their own documentation. */
const IDEMPOTENT = [
  "api.stripe.com",
  "api.resend.com",
  "api.mollie.com",
  "api.gocardless.com",
  "api.lob.com",
  "api.moderntreasury.com",
  "api.increase.com",
];

/** Whether a destination runs a request once, however often it comes with the same key. */
export function honoursIdempotencyKey({ method, url }: WireRequest, own: readonly string[]): boolean {
  const { host, hostname } = new URL(url);
  return method === "POST" && (IDEMPOTENT.includes(hostname) || own.includes(hostname) || own.includes(host));
}
