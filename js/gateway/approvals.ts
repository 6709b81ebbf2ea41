/** The life of approvals: who may move them when, told to everyone who watches. */
import type { Recollection } from "./agents/recollection.js";
import { notFound, whyNotDecided } from "./approval-refusals.js";
import type { EventHub } from "./events.js";
import type { GatewayOptions, Lifetimes } from "./options.js";
import { invalid, Refusal } from "./reply.js";
import type { ApprovalFilter } from "./store/inbox.js";
import type { Approval, Decision, Judgement, Preview, RecordedDecision, Store } from "./store/store.js";
import { approvalView, decisionView } from "./views.js";

/**
 * A digest that a client states. It stands in a namespace of its own: what an approval for it shows is what the client
 * said, so it must never count for a call whose digest the gateway computes.
 */
export function statedDigest(digest: string): string {
  return `client:${digest}`;
}

/** An approval lives at most so long without a decision, however often it is extended. */
export const LONGEST_LIFE_MS = 86_400_000;

/** Within this time an agent may open so many approvals that nobody has decided. */
const PROMPT_WINDOW_MS = 60_000;

/** An approval that nobody has decided, used or put aside. */
const UNTOUCHED = {
  note: null,
  reason: null,
  decidedBy: null,
  decidedAt: null,
  executedAt: null,
  deferredUntil: null,
  revokedAt: null,
  holder: null,
} satisfies Partial<Approval>;

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
    candidate: Pick<Approval, "traceId" | "agentId" | "digest" | "preview" | "report">,
    decision: Decision,
  ): Promise<{ approval: Approval; retryAfterSeconds?: never } | { approval?: never; retryAfterSeconds: number }> {
    const now = await this.expireOverdue();
    // A clock that is set back takes the beginning with it.
    this.startedAt = Math.min(this.startedAt, now);
    const fresh: Approval = {
      ...candidate,
      id: crypto.randomUUID(),
      status: "pending",
      createdAt: now,
      expiresAt: now + this.lifetimes.pendingMs,
      ...UNTOUCHED,
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
  async list(filter: ApprovalFilter): Promise<Approval[]> {
    const now = await this.expireOverdue();
    return this.store.inbox.list(filter, now);
  }

  /** A person's decision; throws a 409 unless the approval is still pending, with the body that the person has seen. */
  async decide(id: string, judgement: Omit<Judgement, "expiresAt">): Promise<Approval> {
    const now = await this.expireOverdue();
    const current = await this.find(id);
    const expiresAt = judgement.status === "approved" ? now + this.lifetimes.grantMs : current.expiresAt;
    const decided = await this.store.decideApproval(id, { ...judgement, expiresAt }, now);
    if (!decided) throw whyNotDecided(await this.find(id));
    this.parts.recollection.judge(decided.agentId, judgement.status);
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
    return this.#moved(id, await this.store.editApproval(id, preview, now));
  }

  /** Lets a pending approval live longer; throws a 400 beyond {@link LONGEST_LIFE_MS} of life. */
  async extend(id: string, byMs: number): Promise<Approval> {
    const now = await this.expireOverdue();
    const extended = await this.store.inbox.extend(id, byMs, LONGEST_LIFE_MS, now);
    if (extended) return this.#moved(id, extended);
    const approval = await this.find(id);
    if (approval.status !== "pending") throw whyNotDecided(approval);
    const most = Math.max(0, Math.floor((approval.createdAt + LONGEST_LIFE_MS - approval.expiresAt) / 1000));
    throw invalid("seconds", `can be at most ${most} here: nothing waits for a decision longer than 24 hours in all`);
  }

  /** Puts a pending approval aside until then; `null` takes it back. It expires when it would have. */
  async defer(id: string, until: number | null): Promise<Approval> {
    const now = await this.expireOverdue();
    const ahead = until === null || until > now;
    const deferred = ahead ? await this.store.inbox.defer(id, until, now) : undefined;
    if (deferred) return this.#moved(id, deferred);
    const approval = await this.find(id);
    if (approval.status !== "pending") throw whyNotDecided(approval);
    throw invalid("until", "must lie ahead, and before the approval expires: extend it first, or choose an earlier time");
  }

  /** Takes an unused grant back: the call is denied. Throws a 409 where there is none any more. */
  async revoke(id: string, words: Pick<Judgement, "note" | "reason">): Promise<Approval> {
    const now = await this.expireOverdue();
    const revoked = await this.store.inbox.revoke(id, words, now);
    if (!revoked) {
      const { status } = await this.find(id);
      throw new Refusal(409, "NO_GRANT", `There is no unused grant to revoke: this approval is ${status}.`);
    }
    this.publish(revoked);
    return revoked;
  }

  /** Uses an approval up, with its audit record; `undefined` when it could not be used. */
  async tryConsume(
    id: string,
    digest: string,
    decision: Decision,
    holder: string | null = null,
  ): Promise<RecordedDecision | undefined> {
    const now = await this.expireOverdue();
    if (this.isOutdated(await this.store.findApproval(id))) return undefined;
    const consumed = await this.store.consumeApproval(id, digest, decision, now, holder);
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

  async #moved(id: string, approval: Approval | undefined): Promise<Approval> {
    if (!approval) throw whyNotDecided(await this.find(id));
    this.publish(approval);
    return approval;
  }

  private publish(approval: Approval): void {
    this.hub.publish({ type: "approval", data: approvalView(approval, this.now()) });
  }
}
