// One use of an approval: what the store says of it before and after the call is sent.

import type { WireRequest } from "../types.js";
import { type ApprovalRecord, type ApprovalStore, isUsable, moved } from "./store.js";

/** The use of an approval by this process. */
export class Execution {
  /** The same for every attempt at the call, so that a destination that knows such keys runs it once. */
  readonly idempotencyKey: string;
  readonly #store: ApprovalStore | undefined;
  readonly #record: ApprovalRecord;
  /** Whether the call may have been sent before. */
  readonly repeats: boolean;
  /** Whose use of the approval this is, for the gateway. Without a store it ends with this process. */
  readonly #holder = crypto.randomUUID();

  /** `repeats`: the call may have been sent before, to a destination that runs it once. */
  constructor(store: ApprovalStore | undefined, record: ApprovalRecord, repeats = false) {
    this.#store = store;
    this.#record = record;
    this.repeats = repeats;
    this.idempotencyKey = `interven-${record.approvalId}`;
  }

  /**
   * Before the approval is used: whoever finds this knows that nothing was sent, and by its digest what may be. Gives the holder
   * of the use, which stays the first one: whoever takes the call up is the same to the gateway, and `claim` settles who of them
   * sends. Nothing when it was used before.
   */
  async using(sentDigest: string): Promise<string | undefined> {
    const { written, record } = await this.#move(
      (record) => isUsable(record.state) && { ...record, state: "using", sentDigest, holder: record.holder ?? this.#holder },
    );
    return written ? (record?.holder ?? this.#holder) : undefined;
  }

  /** Right before the call of this digest is sent. Of all that hold the same approval, in any number of processes, one gets true. */
  async claim(digest: string | null): Promise<boolean> {
    const mayBe = ({ state, sentDigest }: ApprovalRecord) =>
      sentDigest === digest && (state === "using" || (this.repeats && (state === "sending" || state === "unknown")));
    return (await this.#move((record) => mayBe(record) && { ...record, state: "sending" })).written;
  }

  /** The call goes out under `idempotencyKey`. */
  async keyed(): Promise<boolean> {
    return (await this.#move((record) => record.state === "sending" && { ...record, keyed: true })).written;
  }

  /** The destination has answered, or it is not known whether it was reached. */
  async end(state: "sent" | "unknown"): Promise<void> {
    await this.#move((record) => record.state === "sending" && { ...record, state });
  }

  /** What is kept stays when it stands where `next` does not lead on from. Without a store the gateway alone decides. */
  async #move(next: (record: ApprovalRecord) => ApprovalRecord | false): Promise<Awaited<ReturnType<typeof moved>>> {
    if (this.#store === undefined) return { record: undefined, written: true };
    return await moved(this.#store, this.#record.approvalId, (record) => next(record ?? this.#record) || undefined);
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
