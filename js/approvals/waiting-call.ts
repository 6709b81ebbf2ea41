// What happens around one call that needs a person: it is announced, kept, and marked as used before it is sent.

import { amended, type Outcome } from "../core/outcome.js";
import type { Settings } from "../options.js";
import { refused } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { Execution } from "./execution.js";
import { PendingApproval } from "./pending.js";
import { type ApprovalRecord, type ApprovalState, isUsable, moved } from "./store.js";

/** How calls end that a person, or time, has decided. */
const ENDS: Record<string, ApprovalState> = { APPROVAL_DENIED: "denied", APPROVAL_EXPIRED: "expired" };

/** One call, from the question to its end. */
export class WaitingCall {
  readonly #settings: Settings;
  readonly #request: WireRequest;
  readonly #agentId: string;
  readonly #isFunction: boolean;
  #pending: PendingApproval | undefined;
  #execution: Execution | undefined;

  constructor(settings: Settings, request: WireRequest, agentId: string, isFunction: boolean) {
    this.#settings = settings;
    this.#request = request;
    this.#agentId = agentId;
    this.#isFunction = isFunction;
  }

  /** The same call once more, where its destination runs it once. Anything but the same is refused. */
  async repeated(approvalId: string, outcome: Outcome): Promise<Outcome> {
    if (!outcome.forward) return amended(refused(outcome, "APPROVAL_USED"), { approvalId });
    this.#execution = new Execution(
      this.#settings.approvalStore,
      this.#record(approvalId, outcome.report.digest ?? "", []),
      true,
    );
    return await this.closed(amended(outcome, { approvalId }));
  }

  /** A person is asked: kept first, and then announced, so that what is announced is not lost. Once. */
  async opened(approvalId: string, digest: string, reasonCodes: string[] = []): Promise<void> {
    if (this.#pending !== undefined) return;
    const { approvalStore, gatewayUrl = null, tokenKey, digestKey, onPending } = this.#settings;
    const record = this.#record(approvalId, digest, reasonCodes);
    const { agentId, expiresAtMs } = record;
    if (approvalStore) await moved(approvalStore, approvalId, (known) => (known === undefined ? record : undefined));
    this.#execution = new Execution(approvalStore, record);
    const claims = {
      approvalId,
      digest,
      agentId,
      gateway: gatewayUrl,
      expiresAtMs,
      ...(this.#isFunction && { isFunction: true }),
    };
    this.#pending = new PendingApproval(this.#request, claims, tokenKey, gatewayUrl === null ? undefined : digestKey);
    await onPending?.(this.#pending);
  }

  #record(approvalId: string, digest: string, reasonCodes: string[]): ApprovalRecord {
    const { method, url } = this.#request;
    const [agentId, host, createdAtMs] = [this.#agentId, new URL(url).host, Date.now()];
    const expiresAtMs = createdAtMs + this.#settings.approvalTimeoutMs;
    return { approvalId, digest, agentId, state: "pending", method, host, reasonCodes, createdAtMs, expiresAtMs };
  }

  /** The approval is about to be used, by the holder that this gives; by nobody when it was before. */
  async using(digest: string): Promise<string | undefined> {
    return await this.#execution?.using(digest);
  }

  /** How it ended. A call that may be sent comes with its execution, one that still waits with what makes a token. */
  async closed(outcome: Outcome): Promise<Outcome> {
    const { approvalStore } = this.#settings;
    if (outcome.forward) {
      if (this.#execution === undefined) return outcome;
      if (await this.#execution.claim(outcome.report.digest)) return amended(outcome, { execution: this.#execution });
      return await this.closed(refused(outcome, "APPROVAL_USED"));
    }
    const { approvalId, cause, report } = outcome;
    // Nobody has waited, but somebody may want to.
    if (outcome.asked !== undefined && approvalId !== undefined && report.decision === "REQUIRE_APPROVAL")
      await this.opened(approvalId, outcome.asked, report.reason_codes);
    const pending = report.decision === "REQUIRE_APPROVAL" && this.#pending ? { pending: this.#pending } : {};
    if (approvalStore === undefined || approvalId === undefined || cause === undefined) return amended(outcome, pending);
    const state = ENDS[cause];
    const { record } = await moved(approvalStore, approvalId, (known) =>
      known !== undefined && state !== undefined && isUsable(known.state) ? { ...known, state } : undefined,
    );
    return amended(outcome, { ...pending, ...(record?.state === "sent" && { used: "sent" as const }) });
  }
}
