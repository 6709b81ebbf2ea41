/** Whether an approval stands for a call, and whether a new one may be opened. */
import type { Database } from "./database.js";
import { APPROVAL_COLUMNS, approvalFrom, approvalValues } from "./rows.js";
import type { Approval, ApprovalRequest } from "./store.js";

/** What stands for the same call of the same agent: pending, approved and unused, or recently denied. */
export function findStanding(database: Database, { candidate, deniedSince }: ApprovalRequest, now: number): Approval | undefined {
  const [row] = database.all(
    `SELECT * FROM approvals WHERE agent_id = ? AND digest = ?
       AND ((status IN ('pending', 'approved') AND expires_at > ?) OR (status = 'denied' AND decided_at > ?))
     ORDER BY created_at DESC, rowid DESC LIMIT 1`,
    [candidate.agentId, candidate.digest, now, deniedSince],
  );
  return row && approvalFrom(row);
}

/** Ends what stands for the same call under other policies: it was asked, and perhaps given, under other rules. */
export function expireOutdated(database: Database, { agentId, digest, report }: Approval): Approval[] {
  const rows = database.all(
    `UPDATE approvals SET status = 'expired' WHERE agent_id = ? AND digest = ? AND status IN ('pending', 'approved')
       AND json_extract(report, '$.policy_version') <> ? RETURNING *`,
    [agentId, digest, report.policy_version],
  );
  return rows.map(approvalFrom);
}

/** When the oldest of the agent's open approvals was made, if there are too many for another. */
export function oldestInTheWay(database: Database, { candidate, limit }: ApprovalRequest): number | undefined {
  const [open] = database.all(
    "SELECT count(*) AS open, min(created_at) AS oldest FROM approvals WHERE agent_id = ? AND status = 'pending' AND created_at > ?",
    [candidate.agentId, limit.since],
  );
  return Number(open?.open) >= limit.most ? Number(open?.oldest) : undefined;
}

/** Adds an approval. */
export function insertApproval(database: Database, approval: Approval): void {
  const sql = `INSERT INTO approvals (${APPROVAL_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  database.all(sql, approvalValues(approval));
}
