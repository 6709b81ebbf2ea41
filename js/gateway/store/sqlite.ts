/** The store on one machine: SQLite in a data directory, one writer, every answer after the commit. */
import { chmodSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { SqliteAgents } from "./agents.js";
import { claimDataDirectory } from "./data-directory.js";
import { type Access, type Database, transaction } from "./database.js";
import { SqliteKeys } from "./keys.js";
import { SqliteMemory } from "./memory.js";
import { migrate } from "./migrations.js";
import { openNodeSqlite } from "./node-sqlite.js";
import { SqliteResponses } from "./responses.js";
import { APPROVAL_COLUMNS, approvalFrom, approvalValues, DECISION_COLUMNS, decisionFrom, decisionValues } from "./rows.js";
import {
  type Approval,
  type ApprovalRequest,
  type ApprovalStatus,
  type Decision,
  type Preview,
  type RecordedDecision,
  type StandingApproval,
  type Store,
  StoreError,
} from "./store.js";
import { SqliteUsage } from "./usage.js";
import { openWasmSqlite } from "./wasm-sqlite.js";

/** Opens (and makes, where needed) the store of a data directory. */
export async function openSqliteStore(directory: string): Promise<Store> {
  const claim = claimDataDirectory(directory);
  try {
    const file = join(directory, "gateway.db");
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    const database = (await openNodeSqlite(file)) ?? (await openWasmSqlite(file));
    migrate(database, Date.now());
    return new SqliteStore(database, claim.release);
  } catch (error) {
    claim.release();
    throw error;
  }
}

interface QueuedDecision {
  decision: Decision;
  resolve(recorded: RecordedDecision): void;
  reject(error: unknown): void;
}

class SqliteStore implements Store {
  readonly #database: Database;
  readonly #release: () => void;
  #queue: QueuedDecision[] = [];
  #closed = false;
  readonly #access: Access = {
    run: (work) => this.#run(() => work(this.#database)),
    transaction: (work) => this.#transaction(() => work(this.#database)),
  };
  readonly keys = new SqliteKeys(this.#access);
  readonly agents = new SqliteAgents(this.#access);
  readonly usage = new SqliteUsage(this.#access);
  readonly memory = new SqliteMemory(this.#access);
  readonly responses = new SqliteResponses(this.#access);

  constructor(database: Database, release: () => void) {
    this.#database = database;
    this.#release = release;
  }

  /** Decisions that arrive together share one commit: a sync costs the same for one row as for a hundred. */
  recordDecision(decision: Decision): Promise<RecordedDecision> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length === 0) setImmediate(() => this.#flush());
      this.#queue.push({ decision, resolve, reject });
    });
  }

  async listDecisions(limit: number): Promise<RecordedDecision[]> {
    const rows = this.#run(() => this.#database.all("SELECT * FROM decisions ORDER BY seq DESC LIMIT ?", [limit]));
    return rows.map(decisionFrom);
  }

  async requestApproval(request: ApprovalRequest, now: number): Promise<StandingApproval> {
    const { candidate, decision, deniedSince, limit } = request;
    return this.#transaction((): StandingApproval => {
      const [row] = this.#database.all(
        `SELECT * FROM approvals WHERE agent_id = ? AND digest = ?
           AND ((status IN ('pending', 'approved') AND expires_at > ?) OR (status = 'denied' AND decided_at > ?))
         ORDER BY created_at DESC, rowid DESC LIMIT 1`,
        [candidate.agentId, candidate.digest, now, deniedSince],
      );
      const standing = row ? approvalFrom(row) : candidate;
      if (!row) {
        const [open] = this.#database.all(
          "SELECT count(*) AS open, min(created_at) AS oldest FROM approvals WHERE agent_id = ? AND status = 'pending' AND created_at > ?",
          [candidate.agentId, limit.since],
        );
        if (Number(open?.open) >= limit.most) return { oldestOpen: Number(open?.oldest) };
        this.#database.all(
          `INSERT INTO approvals (${APPROVAL_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          approvalValues(candidate),
        );
      }
      if (standing.status !== "pending") return { approval: standing };
      return { approval: standing, recorded: this.#insert({ ...decision, approvalId: standing.id }) };
    });
  }

  async findApproval(id: string): Promise<Approval | undefined> {
    const [row] = this.#run(() => this.#database.all("SELECT * FROM approvals WHERE id = ?", [id]));
    return row && approvalFrom(row);
  }

  async listApprovals(status: ApprovalStatus | undefined, limit: number): Promise<Approval[]> {
    const rows = this.#run(() =>
      this.#database.all(
        "SELECT * FROM approvals WHERE ?1 IS NULL OR status = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2",
        [status ?? null, limit],
      ),
    );
    return rows.map(approvalFrom);
  }

  async decideApproval(
    id: string,
    verdict: { status: "approved" | "denied"; note: string | null; expiresAt: number },
    now: number,
  ): Promise<Approval | undefined> {
    const [row] = this.#transaction(() =>
      this.#database.all(
        `UPDATE approvals SET status = ?, note = ?, decided_at = ?, expires_at = ?
         WHERE id = ? AND status = 'pending' AND expires_at > ? RETURNING *`,
        [verdict.status, verdict.note, now, verdict.expiresAt, id, now],
      ),
    );
    return row && approvalFrom(row);
  }

  async editApproval(id: string, preview: Preview, now: number): Promise<Approval | undefined> {
    const [row] = this.#transaction(() =>
      this.#database.all("UPDATE approvals SET preview = ? WHERE id = ? AND status = 'pending' AND expires_at > ? RETURNING *", [
        JSON.stringify(preview),
        id,
        now,
      ]),
    );
    return row && approvalFrom(row);
  }

  async consumeApproval(id: string, digest: string, decision: Decision, now: number) {
    return this.#transaction(() => {
      const [row] = this.#database.all(
        `UPDATE approvals SET status = 'executed', executed_at = ?
         WHERE id = ? AND digest = ? AND status = 'approved' AND expires_at > ? RETURNING *`,
        [now, id, digest, now],
      );
      return row && { approval: approvalFrom(row), recorded: this.#insert({ ...decision, approvalId: id }) };
    });
  }

  async expireApprovals(now: number): Promise<Approval[]> {
    const overdue = "status IN ('pending', 'approved') AND expires_at <= ?";
    return this.#run(() => {
      // Most calls find nothing: no write transaction for those.
      if (this.#database.all(`SELECT 1 FROM approvals WHERE ${overdue} LIMIT 1`, [now]).length === 0) return [];
      return transaction(this.#database, () =>
        this.#database.all(`UPDATE approvals SET status = 'expired' WHERE ${overdue} RETURNING *`, [now]).map(approvalFrom),
      );
    });
  }

  async adminHash(): Promise<string | undefined> {
    const [row] = this.#run(() => this.#database.all("SELECT value FROM meta WHERE key = 'admin_sha256'"));
    return row && String(row.value);
  }

  async setAdminHash(hash: string): Promise<void> {
    this.#transaction(() =>
      this.#database.all(
        "INSERT INTO meta (key, value) VALUES ('admin_sha256', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [hash],
      ),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#database.close();
    this.#release();
  }

  #flush(): void {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    try {
      const recorded = this.#transaction(() => batch.map((entry) => this.#insert(entry.decision)));
      batch.forEach((entry, index) => {
        const row = recorded[index];
        if (row) entry.resolve(row);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
  }

  #insert(decision: Decision): RecordedDecision {
    const [row] = this.#database.all(
      `INSERT INTO decisions (${DECISION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
      decisionValues(decision),
    );
    return { ...decision, seq: Number(row?.seq) };
  }

  #transaction<T>(work: () => T): T {
    return this.#run(() => transaction(this.#database, work));
  }

  #run<T>(work: () => T): T {
    if (this.#closed) throw new StoreError("the store is closed");
    try {
      return work();
    } catch (error) {
      throw new StoreError("the store could not be read or written", { cause: error });
    }
  }
}
