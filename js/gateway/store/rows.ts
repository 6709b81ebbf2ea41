/** Rows of the tables as the values that the rest of the gateway uses. */
import type { Row, Value } from "./database.js";
import type { Approval, ApprovalStatus, Decision, Preview, RecordedDecision, RecordedReport } from "./store.js";

/** Who has used an approval. */
export const APPROVAL_HOLDER = "ALTER TABLE approvals ADD COLUMN holder TEXT;";

/** Columns of an approval that nobody has touched yet, in the order of {@link approvalValues}. */
export const APPROVAL_COLUMNS =
  "id, trace_id, agent_id, digest, status, preview, report, note, created_at, expires_at, decided_at, executed_at";

/** An approval as column values. */
export function approvalValues(approval: Approval): Value[] {
  return [
    approval.id,
    approval.traceId,
    approval.agentId,
    approval.digest,
    approval.status,
    JSON.stringify(approval.preview),
    JSON.stringify(approval.report),
    approval.note,
    approval.createdAt,
    approval.expiresAt,
    approval.decidedAt,
    approval.executedAt,
  ];
}

/** A row as an approval. */
export function approvalFrom(row: Row): Approval {
  return {
    id: String(row.id),
    traceId: String(row.trace_id),
    agentId: String(row.agent_id),
    digest: String(row.digest),
    status: row.status as ApprovalStatus,
    preview: JSON.parse(String(row.preview)) as Preview,
    report: JSON.parse(String(row.report)) as RecordedReport,
    note: row.note === null ? null : String(row.note),
    reason: row.reason as string | null,
    decidedBy: row.decided_by as string | null,
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    decidedAt: row.decided_at === null ? null : Number(row.decided_at),
    executedAt: row.executed_at === null ? null : Number(row.executed_at),
    deferredUntil: row.deferred_until as number | null,
    revokedAt: row.revoked_at as number | null,
    holder: row.holder as string | null,
  };
}

/** A row of the table `decisions`, which the first schema had, as a decision. */
export function decisionFrom(row: Row): RecordedDecision {
  return {
    seq: Number(row.seq),
    traceId: String(row.trace_id),
    at: Number(row.at),
    agentId: String(row.agent_id),
    source: row.source as Decision["source"],
    action: row.action as Decision["action"],
    mode: row.mode as Decision["mode"],
    method: String(row.method),
    report: JSON.parse(String(row.report)) as RecordedReport,
    approvalId: row.approval_id === null ? null : String(row.approval_id),
  };
}
