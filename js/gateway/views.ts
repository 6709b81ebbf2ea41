/** Records as the JSON that the API and the live events show. */
import type { Outcome } from "./call.js";
import { iso } from "./iso-time.js";
import type { Approval, Preview, RecordedDecision } from "./store/store.js";

/** An approval as the administrator sees it. */
export function approvalView(approval: Approval, now: number) {
  return {
    ...approvalStatusView(approval, now),
    trace_id: approval.traceId,
    agent_id: approval.agentId,
    digest: approval.digest,
    note: approval.note,
    reason: approval.reason,
    decided_by: approval.decidedBy,
    deferred_until: iso(approval.deferredUntil),
    revoked_at: iso(approval.revokedAt),
    created_at: iso(approval.createdAt),
    executed_at: iso(approval.executedAt),
    preview: approval.preview,
    report: approval.report,
  };
}

/** An approval as the agent that waits for it sees it. */
export function approvalStatusView(approval: Approval, now: number) {
  const open = approval.status === "pending" || approval.status === "approved";
  return {
    approval_id: approval.id,
    status: approval.status,
    decision: decisionOf(approval),
    decided_at: iso(approval.decidedAt),
    expires_at: iso(approval.expiresAt),
    remaining_seconds: open ? Math.max(0, Math.ceil((approval.expiresAt - now) / 1000)) : 0,
    ...(approval.status === "approved" || approval.status === "executed" ? editedBody(approval.preview) : {}),
    // A text: published clients hand it on to people and models.
    poll_guidance:
      approval.status === "pending" ? "Ask every 5 seconds, and at most once in 2." : "Do not ask again: this is final.",
  };
}

/** What a person has made of the body, as text: no number in it is read and written anew. */
function editedBody({ body, edited_version: version }: Preview) {
  return version === undefined ? {} : { edited_body: body, edited_version: version };
}

/** What an agent is told of the decision about its call. */
export function outcomeFields(traceId: string, outcome: Outcome) {
  const { report } = outcome;
  const [rule] = report.matched_rules;
  return {
    decision: report.decision,
    risk_score: report.risk_score,
    risk_band: report.risk_band,
    reason_codes: report.reason_codes,
    trace_id: traceId,
    tool_name: report.tool_name,
    operation: report.operation,
    verb: report.verb,
    classifications: report.classifications,
    signals: report.signals,
    policy_version: report.policy_version,
    ...(rule ? { policy_id: rule.policy, policy_name: rule.policy } : {}),
    ...(report.source_trace === null ? {} : { source_trace: report.source_trace }),
    ...denialDetails(outcome),
  };
}

/** What an agent is told of a denial besides its reasons. */
export function denialDetails({ violations, retryAfterSeconds }: Outcome) {
  return {
    ...(violations ? { violations } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retry_guidance: { retry_after_seconds: retryAfterSeconds } }),
  };
}

/** When a denied call may be tried again. */
export function retryHeader({ retryAfterSeconds }: Outcome): Record<string, string> {
  return retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
}

/** An audit record as the administrator sees it. */
export function decisionView(decision: RecordedDecision) {
  return {
    ...decision.report,
    seq: decision.seq,
    trace_id: decision.traceId,
    at: iso(decision.at),
    agent_id: decision.agentId,
    source: decision.source,
    action: decision.action,
    mode: decision.mode,
    method: decision.method,
    approval_id: decision.approvalId,
    ...(decision.credential === undefined ? {} : { credential: decision.credential }),
  };
}

function decisionOf(approval: Approval): "ALLOW" | "DENY" | null {
  if (approval.status === "approved" || approval.status === "executed") return "ALLOW";
  return approval.status === "denied" ? "DENY" : null;
}
