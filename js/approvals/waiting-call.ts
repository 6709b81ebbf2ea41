// What happens around one call that needs a person: it is announced, kept, and marked as used before it is sent.

import type { Outcome } from "../core/scan-handle.js";
import type { Settings } from "../options.js";
import { refused } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { Execution } from "./execution.js";
import { PendingApproval } from "./pending.js";
import { type ApprovalRecord, type ApprovalState, moved } from "./store.js";

/** How calls end that a person, or time, has decided. */
const ENDS: Record<string, ApprovalState> = { APPROVAL_DENIED: "denied", APPROVAL_EXPIRED: "expired", APPROVAL_USED: "unknown" };

/** One call, from the question to its end. */
export class WaitingCall {
  readonly #settings: Settings;
  readonly #request: WireRequest;
  readonly #agentId: string;
  #pending: PendingApproval | undefined;
  #execution: Execution | undefined;

  constructor(settings: Settings, request: WireRequest, agentId: string) {
    this.#settings = settings;
    this.#request = request;
    this.#agentId = agentId;
  }

  /** The same call once more, where its destination runs it once. Anything but the same is refused. */
  repeated(approvalId: string, outcome: Outcome): Outcome {
    if (!outcome.forward) return { ...refused(outcome, "APPROVAL_USED"), approvalId };
    const execution = new Execution(this.#settings.approvalStore, this.#record(approvalId, outcome.report.digest ?? "", []));
    return { ...outcome, approvalId, execution };
  }

  /** A person is asked: kept first, and then announced, so that what is announced is not lost. Once. */
  async opened(approvalId: string, digest: string, reasonCodes: string[] = []): Promise<void> {
    if (this.#pending !== undefined) return;
    const { approvalStore, gatewayUrl = null, tokenKey, onPending } = this.#settings;
    const record = this.#record(approvalId, digest, reasonCodes);
    const { agentId, expiresAtMs } = record;
    if (approvalStore) await moved(approvalStore, approvalId, (known) => (known === undefined ? record : undefined));
    this.#execution = new Execution(approvalStore, record);
    const claims = { approvalId, digest, agentId, gateway: gatewayUrl, expiresAtMs };
    this.#pending = new PendingApproval(this.#request, claims, tokenKey);
    await onPending?.(this.#pending);
  }

  #record(approvalId: string, digest: string, reasonCodes: string[]): ApprovalRecord {
    const { method, url } = this.#request;
    const [agentId, host, createdAtMs] = [this.#agentId, new URL(url).host, Date.now()];
    const expiresAtMs = createdAtMs + this.#settings.approvalTimeoutMs;
    return { approvalId, digest, agentId, state: "pending", method, host, reasonCodes, createdAtMs, expiresAtMs };
  }

  /** The approval is about to be used. */
  async using(): Promise<void> {
    await this.#execution?.begin();
  }

  /** How it ended. A call that may be sent comes with its execution, one that still waits with what makes a token. */
  async closed(outcome: Outcome): Promise<Outcome> {
    const { approvalStore } = this.#settings;
    const { approvalId, cause, report } = outcome;
    if (outcome.forward) {
      if (this.#execution === undefined) return outcome;
      await this.#execution.sending(report.digest);
      return { ...outcome, execution: this.#execution };
    }
    // Nobody has waited, but somebody may want to.
    if (outcome.asked !== undefined && approvalId !== undefined && report.decision === "REQUIRE_APPROVAL")
      await this.opened(approvalId, outcome.asked, report.reason_codes);
    const end = cause === undefined ? undefined : ENDS[cause];
    if (end === undefined || approvalStore === undefined || approvalId === undefined)
      return { ...outcome, ...(report.decision === "REQUIRE_APPROVAL" && this.#pending && { pending: this.#pending }) };
    const { record } = await moved(approvalStore, approvalId, (known) =>
      known === undefined || known.state === "sent" ? undefined : { ...known, state: end },
    );
    return { ...outcome, ...(record?.state === "sent" && { used: "sent" as const }) };
  }
}
