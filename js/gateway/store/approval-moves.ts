/** How approvals move in the database: each by one statement that finds them only in the state that they may leave. */
import type { Approval, Judgement, Preview } from "./approval.js";
import type { Database, Value } from "./database.js";
import { approvalFrom } from "./rows.js";

const OVERDUE = "status IN ('pending', 'approved') AND expires_at <= ?";

/** A person's word; nothing where it is not pending any more, or another body was seen. */
export function decidePending(database: Database, id: string, judgement: Judgement, now: number): Approval | undefined {
  const { status, note, reason = null, by = "administrator", expiresAt, seenVersion } = judgement;
  const seen = seenVersion === undefined ? "" : "AND json_extract(preview, '$.edited_version') IS ?";
  const sql = `UPDATE approvals SET status = ?, note = ?, reason = ?, decided_by = ?, decided_at = ?, expires_at = ?
     WHERE id = ? AND status = 'pending' AND expires_at > ? ${seen} RETURNING *`;
  const values = [status, note, reason, by, now, expiresAt, id, now];
  return moved(database, sql, seenVersion === undefined ? values : [...values, seenVersion]);
}

/** Another body for a pending one. */
export function editPending(database: Database, id: string, preview: Preview, now: number): Approval | undefined {
  const sql = "UPDATE approvals SET preview = ? WHERE id = ? AND status = 'pending' AND expires_at > ? RETURNING *";
  return moved(database, sql, [JSON.stringify(preview), id, now]);
}

/** Uses a grant up for this digest. */
export function useGrant(
  database: Database,
  id: string,
  digest: string,
  holder: string | null,
  now: number,
): Approval | undefined {
  const sql = `UPDATE approvals SET status = 'executed', executed_at = ?, holder = ?
     WHERE id = ? AND digest = ? AND status = 'approved' AND expires_at > ? RETURNING *`;
  return moved(database, sql, [now, holder, id, digest, now]);
}

/** Whether any has to expire. */
export function anyOverdue(database: Database, now: number): boolean {
  return database.all(`SELECT 1 FROM approvals WHERE ${OVERDUE} LIMIT 1`, [now]).length > 0;
}

/** Expires what is overdue. */
export function expireOverdue(database: Database, now: number): Approval[] {
  return database.all(`UPDATE approvals SET status = 'expired' WHERE ${OVERDUE} RETURNING *`, [now]).map(approvalFrom);
}

/** Runs the statement of a move; nothing where it found nothing. */
export function moved(database: Database, sql: string, values: Value[]): Approval | undefined {
  const [row] = database.all(sql, values);
  return row && approvalFrom(row);
}
