/** What people do with approvals beside deciding them: look through them, extend, put aside, take back. */
import { approvalEvent } from "../audit/bodies.js";
import { moved } from "./approval-moves.js";
import { Conditions } from "./conditions.js";
import type { Access, Value } from "./database.js";
import { approvalFrom } from "./rows.js";
import type { Approval, ApprovalStatus } from "./store.js";

/** A step of the schema. */
export const INBOX_TABLES = `
  ALTER TABLE approvals ADD COLUMN reason TEXT;
  ALTER TABLE approvals ADD COLUMN decided_by TEXT;
  ALTER TABLE approvals ADD COLUMN deferred_until INTEGER;
  ALTER TABLE approvals ADD COLUMN revoked_at INTEGER;
  CREATE INDEX approvals_made ON approvals (created_at);`;

/** Which approvals, newest first; all that is given must hold. Times are milliseconds since the epoch. */
export interface ApprovalFilter {
  status?: ApprovalStatus;
  /** The agent's name as it is stored. */
  agent?: string;
  /** Made then or later. */
  since?: number;
  /** Made before. */
  until?: number;
  /** Whether it is put aside at this moment. */
  deferred?: boolean;
  /** Only what stands behind the approval with this id in the list. */
  after?: string;
  limit: number;
}

/** Every method is atomic. Those that move an approval answer `undefined` where it could not be moved any more. */
export interface InboxStore {
  list(filter: ApprovalFilter, now: number): Promise<Approval[]>;
  /** Adds to the life of a pending approval, as long as all of it stays within `longestMs`. */
  extend(id: string, byMs: number, longestMs: number, now: number): Promise<Approval | undefined>;
  /** Puts a pending approval aside until then, which must be before it expires; `null` takes it back. */
  defer(id: string, until: number | null, now: number): Promise<Approval | undefined>;
  /** Denies what was approved and is not used. */
  revoke(id: string, words: { note: string | null; reason?: string | null }, now: number): Promise<Approval | undefined>;
}

/** The inbox in SQLite. */
export class SqliteInbox implements InboxStore {
  constructor(private readonly access: Access) {}

  async list({ status, agent, since, until, deferred, after, limit }: ApprovalFilter, now: number): Promise<Approval[]> {
    const where = new Conditions();
    where.add("status = ?", status);
    where.add("agent_id = ?", agent);
    where.add("created_at >= ?", since);
    where.add("created_at < ?", until);
    const aside = deferred === undefined ? undefined : Number(deferred);
    where.add("(status = 'pending' AND coalesce(deferred_until, 0) > ?) = ?", now, aside);
    where.add("(created_at, rowid) < (SELECT created_at, rowid FROM approvals WHERE id = ?)", after);
    const sql = `SELECT * FROM approvals WHERE ${where.text} ORDER BY created_at DESC, rowid DESC LIMIT ?`;
    return this.access.run((database) => database.all(sql, [...where.values, limit])).map(approvalFrom);
  }

  async extend(id: string, byMs: number, longestMs: number, now: number): Promise<Approval | undefined> {
    const sql = `UPDATE approvals SET expires_at = expires_at + ?1
       WHERE id = ?2 AND status = 'pending' AND expires_at > ?3 AND expires_at + ?1 <= created_at + ?4 RETURNING *`;
    return this.#move("extended", sql, [byMs, id, now, longestMs], now);
  }

  async defer(id: string, until: number | null, now: number): Promise<Approval | undefined> {
    const sql = `UPDATE approvals SET deferred_until = ?1
       WHERE id = ?2 AND status = 'pending' AND expires_at > ?3 AND expires_at > coalesce(?1, 0) RETURNING *`;
    return this.#move("deferred", sql, [until, id, now], now);
  }

  async revoke(id: string, words: { note: string | null; reason?: string | null }, now: number): Promise<Approval | undefined> {
    const sql = `UPDATE approvals SET status = 'denied', note = ?1, reason = ?2, decided_by = 'administrator',
         decided_at = ?3, revoked_at = ?3
       WHERE id = ?4 AND status = 'approved' AND expires_at > ?3 RETURNING *`;
    return this.#move("revoked", sql, [words.note, words.reason ?? null, now, id], now);
  }

  #move(kind: "extended" | "deferred" | "revoked", sql: string, values: Value[], now: number): Approval | undefined {
    return this.access.transaction(now, (database, record) => {
      const approval = moved(database, sql, values);
      if (approval) record(approvalEvent(kind, approval));
      return approval;
    });
  }
}
