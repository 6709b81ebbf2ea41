/** Calls that the gateway is to make itself once a person has approved them, sealed until then. */
import type { Access } from "./database.js";

/**
 * A row stands for a call that is not known to be made. Its text goes with the status of its approval, whoever moves that:
 * denied, expired or dropped, the row goes; used, the text goes, and the row when the call has ended.
 */
export const HELD_CALL_TABLES = `
  CREATE TABLE held_calls (approval_id TEXT PRIMARY KEY, sealed TEXT, held_at INTEGER NOT NULL) STRICT;
  CREATE TRIGGER held_calls_refused AFTER UPDATE OF status ON approvals WHEN NEW.status IN ('denied', 'expired')
    BEGIN DELETE FROM held_calls WHERE approval_id = NEW.id; END;
  CREATE TRIGGER held_calls_used AFTER UPDATE OF status ON approvals WHEN NEW.status = 'executed'
    BEGIN UPDATE held_calls SET sealed = NULL WHERE approval_id = NEW.id; END;
  CREATE TRIGGER held_calls_dropped AFTER DELETE ON approvals
    BEGIN DELETE FROM held_calls WHERE approval_id = OLD.id; END;`;

/** Every method is atomic. */
export interface HeldCallStore {
  /** Keeps the call of an approval that is pending or approved; of the same call again, the newest. */
  hold(approvalId: string, sealed: string, now: number): Promise<void>;
  /** `sealed` is null once the approval was used, while it is not known that the call was made; nothing when it is known. */
  find(approvalId: string): Promise<{ sealed: string | null } | undefined>;
  /** The call has ended. */
  end(approvalId: string): Promise<void>;
}

/** Held calls in SQLite. */
export class SqliteHeldCalls implements HeldCallStore {
  constructor(private readonly access: Access) {}

  async hold(approvalId: string, sealed: string, now: number): Promise<void> {
    const sql = `INSERT INTO held_calls (approval_id, sealed, held_at)
       SELECT id, ?2, ?3 FROM approvals WHERE id = ?1 AND status IN ('pending', 'approved')
       ON CONFLICT (approval_id) DO UPDATE SET sealed = excluded.sealed, held_at = excluded.held_at`;
    this.access.transaction(now, (database) => database.all(sql, [approvalId, sealed, now]));
  }

  async find(approvalId: string): Promise<{ sealed: string | null } | undefined> {
    const sql = "SELECT sealed FROM held_calls WHERE approval_id = ?";
    const [row] = this.access.run((database) => database.all(sql, [approvalId]));
    return row && { sealed: row.sealed as string | null };
  }

  async end(approvalId: string): Promise<void> {
    this.access.write("DELETE FROM held_calls WHERE approval_id = ?", [approvalId]);
  }
}
