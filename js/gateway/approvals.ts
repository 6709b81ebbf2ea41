/** The life of approvals: who may move them when, told to everyone who watches. */
import type { EventHub } from "./events.js";
import type { Lifetimes } from "./options.js";
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

/** Approvals as the routes and the gatekeeper use them. */
export class Approvals {
  constructor(
    private readonly store: Store,
    private readonly hub: EventHub,
    private readonly lifetimes: Lifetimes,
    private readonly now: () => number,
  ) {}

  /** Finds what stands for the same call of the same agent, or opens a new approval. */
  async request(
    candidate: Omit<Approval, "id" | "status" | "note" | "createdAt" | "expiresAt" | "decidedAt" | "executedAt">,
    decision: Decision,
  ) {
    const now = await this.expireOverdue();
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
      { candidate: fresh, decision, deniedSince: now - this.lifetimes.denialMs },
      now,
    );
    if (standing.recorded) this.hub.publish({ type: "decision", data: decisionView(standing.recorded) });
    if (standing.approval.id === fresh.id) this.publish(fresh);
    return standing.approval;
  }

  /** The approval as it is now; throws a 404 when there is none. */
  async find(id: string): Promise<Approval> {
    await this.expireOverdue();
    const approval = await this.store.findApproval(id);
    if (!approval) throw new Refusal(404, "APPROVAL_NOT_FOUND", "There is no approval with this id on this gateway.");
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
    this.publish(decided);
    return decided;
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
    const consumed = await this.store.consumeApproval(id, digest, decision, now);
    if (!consumed) return undefined;
    this.publish(consumed.approval);
    this.hub.publish({ type: "decision", data: decisionView(consumed.recorded) });
    return consumed.recorded;
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
export function whyNotConsumable(approval: Approval, digest: string): Refusal {
  if (approval.digest !== digest) {
    return new Refusal(409, "DIGEST_MISMATCH", "The approval was given for another request. Scan this request again.");
  }
  switch (approval.status) {
    case "pending":
      return new Refusal(409, "APPROVAL_PENDING", "Nobody has decided yet. Poll the status and try again once it is approved.");
    case "denied":
      return new Refusal(409, "APPROVAL_DENIED", "A person denied this request. Do not send it.");
    case "expired":
      return new Refusal(409, "APPROVAL_EXPIRED", "The approval has expired. Scan the request again to ask for a new one.");
    default:
      return new Refusal(
        409,
        "APPROVAL_ALREADY_EXECUTED",
        "The approval has been used. Scan the request again to ask for a new one.",
      );
  }
}

function notPending(approval: Approval): Refusal {
  return new Refusal(409, "APPROVAL_NOT_PENDING", `This approval is ${approval.status} already; the first decision stands.`);
}
