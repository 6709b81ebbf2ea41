/** The life of approvals: who may move them when, told to everyone who watches. */
import type { Recollection } from "./agents/recollection.js";
import type { EventHub } from "./events.js";
import type { GatewayOptions, Lifetimes } from "./options.js";
import { Refusal } from "./reply.js";
import type { Approval, ApprovalStatus, Decision, Preview, RecordedDecision, Store } from "./store/store.js";
import { approvalView, decisionView } from "./views.js";

/**
 * A digest that a client states. It stands in a namespace of its own: what an approval for it shows is what the client
 * said, so it must never count for a call whose digest the gateway computes.
 */
export function statedDigest(digest: string): string {
  return `client:${digest}`;
}

/** Within this time an agent may open so many approvals that nobody has decided. */
const PROMPT_WINDOW_MS = 60_000;

/** What approvals are made with. */
export interface ApprovalsParts {
  store: Store;
  hub: EventHub;
  lifetimes: Lifetimes;
  /** Undecided approvals that an agent may open in a minute. */
  promptLimit: number;
  recollection: Recollection;
  /** An approval is good under the policies that it was asked for under. */
  engine: Pick<GatewayOptions["engine"], "policyVersion">;
  now: () => number;
}

/** Approvals as the routes and the gatekeeper use them. */
export class Approvals {
  private readonly store: Store;
  private readonly hub: EventHub;
  private readonly lifetimes: Lifetimes;
  private readonly now: () => number;
  private startedAt: number;

  constructor(private readonly parts: ApprovalsParts) {
    ({ store: this.store, hub: this.hub, lifetimes: this.lifetimes, now: this.now } = parts);
    this.startedAt = this.now();
  }

  /**
   * Finds what stands for the same call of the same agent, or opens a new approval; instead of one, the time to wait where
   * the agent has opened too many.
   */
  async request(
    candidate: Omit<Approval, "id" | "status" | "note" | "createdAt" | "expiresAt" | "decidedAt" | "executedAt">,
    decision: Decision,
  ): Promise<{ approval: Approval; retryAfterSeconds?: never } | { approval?: never; retryAfterSeconds: number }> {
    const now = await this.expireOverdue();
    // A clock that is set back takes the beginning with it.
    this.startedAt = Math.min(this.startedAt, now);
    const fresh: Approval = {
      ...candidate,
      id: crypto.randomUUID(),
      status: "pending",
      note: null,
      createdAt: now,
      expiresAt: now + this.lifetimes.pendingMs,
      decidedAt: null,
      executedAt: null,
    };
    const standing = await this.store.requestApproval(
      {
        ...{ candidate: fresh, decision, deniedSince: now - this.lifetimes.denialMs },
        // What a gateway before this one has left behind is no flood.
        limit: { most: this.parts.promptLimit, since: Math.max(now - PROMPT_WINDOW_MS, this.startedAt - 1) },
      },
      now,
    );
    if (!standing.approval) {
      return { retryAfterSeconds: Math.max(1, Math.ceil((standing.oldestOpen + PROMPT_WINDOW_MS - now) / 1000)) };
    }
    if (standing.recorded) this.hub.publish({ type: "decision", data: decisionView(standing.recorded) });
    if (standing.approval.id === fresh.id) this.publish(fresh);
    return { approval: standing.approval };
  }

  /** The approval as it is now; throws a 404 when there is none. */
  async find(id: string): Promise<Approval> {
    await this.expireOverdue();
    const approval = await this.store.findApproval(id);
    if (!approval) throw notFound();
    return approval;
  }

  /** Newest first. */
  async list(status: ApprovalStatus | undefined, limit: number): Promise<Approval[]> {
    await this.expireOverdue();
    return this.store.listApprovals(status, limit);
  }

  /** A person's decision; throws a 409 unless the approval is still pending. */
  async decide(id: string, status: "approved" | "denied", note: string | null): Promise<Approval> {
    const now = await this.expireOverdue();
    const current = await this.find(id);
    const expiresAt = status === "approved" ? now + this.lifetimes.grantMs : current.expiresAt;
    const decided = await this.store.decideApproval(id, { status, note, expiresAt }, now);
    if (!decided) throw notPending(await this.find(id));
    this.parts.recollection.judge(decided.agentId, status);
    // The decision stands whether or not the trust is written down: there is another time for that.
    await this.parts.recollection.keep().catch(() => {});
    this.publish(decided);
    return decided;
  }

  /** Tells of approvals that have ended together: with their agent, or with the policies that they were asked for under. */
  announce(ended: readonly Approval[]): void {
    for (const approval of ended) this.publish(approval);
  }

  /** What a person has made of the body; throws a 409 unless the approval is still pending. */
  async edit(id: string, preview: Preview): Promise<Approval> {
    const now = await this.expireOverdue();
    const edited = await this.store.editApproval(id, preview, now);
    if (!edited) throw notPending(await this.find(id));
    this.publish(edited);
    return edited;
  }

  /** Uses an approval up, with its audit record; `undefined` when it could not be used. */
  async tryConsume(id: string, digest: string, decision: Decision): Promise<RecordedDecision | undefined> {
    const now = await this.expireOverdue();
    if (this.isOutdated(await this.store.findApproval(id))) return undefined;
    const consumed = await this.store.consumeApproval(id, digest, decision, now);
    if (!consumed) return undefined;
    this.publish(consumed.approval);
    this.hub.publish({ type: "decision", data: decisionView(consumed.recorded) });
    return consumed.recorded;
  }

  /** Whether other policies are in force than those that it was asked for under. */
  isOutdated(approval: Approval | undefined): boolean {
    return approval !== undefined && approval.report.policy_version !== this.parts.engine.policyVersion;
  }

  /** Expires what is overdue; answers the time that it went by. */
  async expireOverdue(): Promise<number> {
    const now = this.now();
    for (const approval of await this.store.expireApprovals(now)) this.publish(approval);
    return now;
  }

  private publish(approval: Approval): void {
    this.hub.publish({ type: "approval", data: approvalView(approval, this.now()) });
  }
}

/** Why an approval cannot be used for this digest. */
export function whyNotConsumable(approval: Approval, digest: string, outdated: boolean): Refusal {
  if (approval.digest !== digest) {
    return new Refusal(409, "DIGEST_MISMATCH", "The approval was given for another request. Scan this request again.");
  }
  switch (approval.status) {
    case "pending":
      return new Refusal(409, "APPROVAL_PENDING", "Nobody has decided yet. Poll the status and try again once it is approved.");
    case "denied":
      return new Refusal(409, "APPROVAL_DENIED", "A person denied this request. Do not send it.");
    case "expired":
      if (outdated) return policiesChanged();
      return new Refusal(409, "APPROVAL_EXPIRED", "The approval has expired. Scan the request again to ask for a new one.");
    case "approved":
      return policiesChanged();
    default:
      return new Refusal(
        409,
        "APPROVAL_ALREADY_EXECUTED",
        "The approval has been used. Scan the request again to ask for a new one.",
      );
  }
}

function policiesChanged(): Refusal {
  return new Refusal(409, "POLICIES_CHANGED", "The policies have changed since this was asked. Scan the request again.");
}

/** The answer for an approval that does not exist, or is not the asker's. */
export function notFound(): Refusal {
  return new Refusal(404, "APPROVAL_NOT_FOUND", "There is no approval with this id on this gateway.");
}

function notPending(approval: Approval): Refusal {
  return new Refusal(409, "APPROVAL_NOT_PENDING", `This approval is ${approval.status} already; the first decision stands.`);
}
