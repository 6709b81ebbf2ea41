/** The store on one machine: SQLite in a data directory, one writer, every answer after the commit. */
import { ConfigurationError } from "../../errors.js";
import { type AuditEvent, approvalEvent, decisionBody, decisionOf } from "../audit/bodies.js";
import type { AuditEntry } from "../audit/chain.js";
import type { AuditLog } from "../audit/log.js";
import type { SignedMark } from "../audit/marks.js";
import { findDecisions, findEntries, findTraces, readCounts, readEntries, readTrace } from "../audit/queries.js";
import { countRecord, type RecordStatistics, type StatisticsRange } from "../audit/statistics.js";
import { SqliteAgents } from "./agents.js";
import { anyOverdue, decidePending, editPending, expireOverdue, useGrant } from "./approval-moves.js";
import { backupDirectory, writeBackupBeside } from "./backup.js";
import { SqliteCredentials } from "./credentials.js";
import { type Access, type Database, transaction } from "./database.js";
import { DecisionQueue } from "./decision-queue.js";
import { SqliteInboundRoutes } from "./inbound-routes.js";
import { SqliteInbox } from "./inbox.js";
import { SqliteKeys } from "./keys.js";
import { SqliteLegacy } from "./legacy.js";
import { SqliteMemory } from "./memory.js";
import { SqliteOutbox } from "./outbox.js";
import { SqlitePolicies } from "./policies.js";
import { approvalFrom } from "./rows.js";
import { SqliteSlackCards } from "./slack-cards.js";
import { expireOutdated, findStanding, insertApproval, oldestInTheWay } from "./standing.js";
import {
  type Approval,
  type ApprovalRequest,
  type Decision,
  type DecisionFilter,
  type EntryFilter,
  type Judgement,
  type Preview,
  type RecordedDecision,
  type StandingApproval,
  type Store,
  StoreError,
  type StoreStatistics,
  type TraceSummary,
} from "./store.js";
import { SqliteUsage } from "./usage.js";

/** The store on an open database. What it changes and what the record says of it are one transaction. */
export class SqliteStore implements Store {
  readonly #database: Database;
  readonly #directory: string | undefined;
  readonly #log: AuditLog;
  readonly #release: () => void;
  readonly #queue = new DecisionQueue((batch) =>
    this.#transaction(batch[0]?.at ?? Date.now(), () => batch.map((decision) => this.#insert(decision))),
  );
  #closed = false;
  readonly #access: Access = {
    run: (work) => this.#run(() => work(this.#database)),
    transaction: (now, work) => this.#transaction(now, () => work(this.#database, (event) => void this.#log.append(now, event))),
  };
  readonly keys = new SqliteKeys(this.#access);
  readonly agents = new SqliteAgents(this.#access);
  readonly inbox = new SqliteInbox(this.#access);
  readonly outbox = new SqliteOutbox(this.#access);
  readonly slackCards = new SqliteSlackCards(this.#access);
  readonly usage = new SqliteUsage(this.#access);
  readonly memory = new SqliteMemory(this.#access);
  readonly credentials = new SqliteCredentials(this.#access);
  readonly inboundRoutes = new SqliteInboundRoutes(this.#access);
  readonly policies = new SqlitePolicies(this.#access);
  readonly legacy = new SqliteLegacy(this.#access);
  #commits = 0;
  #failures = 0;

  constructor(database: Database, directory: string | undefined, log: AuditLog, release: () => void) {
    this.#database = database;
    this.#directory = directory;
    this.#log = log;
    this.#release = release;
  }

  recordDecision(decision: Decision): Promise<RecordedDecision> {
    return this.#queue.add(decision);
  }

  async recordEvent(event: AuditEvent, now: number): Promise<AuditEntry> {
    return this.#transaction(now, () => this.#log.append(now, event));
  }

  async listDecisions(filter: DecisionFilter): Promise<RecordedDecision[]> {
    return this.#run(() => findDecisions(this.#database, filter)).map(decisionOf);
  }

  async readEntries(filter: EntryFilter): Promise<AuditEntry[]> {
    return this.#run(() => readEntries(this.#database, filter));
  }

  async listEntries(filter: EntryFilter): Promise<AuditEntry[]> {
    return this.#run(() => findEntries(this.#database, filter));
  }

  async listTraces(limit: number, after?: number): Promise<TraceSummary[]> {
    return this.#run(() => findTraces(this.#database, limit, after));
  }

  async readTrace(traceId: string): Promise<AuditEntry[]> {
    return this.#run(() => readTrace(this.#database, traceId));
  }

  async auditHead(now: number): Promise<SignedMark> {
    return this.#run(() => this.#log.head(now));
  }

  async retain(before: number, now: number): Promise<number> {
    return this.#transaction(now, () => {
      const ended = "status IN ('denied', 'expired', 'executed') AND coalesce(executed_at, decided_at, expires_at) < ?";
      const gone = this.#database.all(`DELETE FROM approvals WHERE ${ended} RETURNING id`, [before]).length;
      return gone + this.#log.retain(before, now);
    });
  }

  async backup(now: number): Promise<{ file: string; bytes: number }> {
    const directory = backupDirectory(this.#directory);
    this.#transaction(now, () => this.#log.append(now, { kind: "admin.backup", body: { actor: "administrator" } }));
    return this.#run(() => writeBackupBeside(this.#database, directory, now));
  }

  async statistics(): Promise<StoreStatistics> {
    return { commits: this.#commits, failures: this.#failures, ...this.#run(() => readCounts(this.#database)) };
  }

  async readStatistics(range: StatisticsRange): Promise<RecordStatistics> {
    return countRecord(this.#access.run, range);
  }

  async requestApproval(request: ApprovalRequest, now: number): Promise<StandingApproval> {
    const { candidate, decision } = request;
    return this.#transaction(now, (): StandingApproval => {
      for (const outdated of expireOutdated(this.#database, candidate)) this.#log.append(now, approvalEvent("expired", outdated));
      const found = findStanding(this.#database, request, now);
      const oldestOpen = found ? undefined : oldestInTheWay(this.#database, request);
      if (oldestOpen !== undefined) return { oldestOpen };
      const standing = found ?? candidate;
      if (!found) {
        insertApproval(this.#database, candidate);
        this.#log.append(now, approvalEvent("requested", candidate));
      }
      if (standing.status !== "pending") return { approval: standing };
      return { approval: standing, recorded: this.#insert({ ...decision, approvalId: standing.id }) };
    });
  }

  async findApproval(id: string): Promise<Approval | undefined> {
    const [row] = this.#run(() => this.#database.all("SELECT * FROM approvals WHERE id = ?", [id]));
    return row && approvalFrom(row);
  }

  async decideApproval(id: string, judgement: Judgement, now: number): Promise<Approval | undefined> {
    return this.#move(now, judgement.status, () => decidePending(this.#database, id, judgement, now));
  }

  async editApproval(id: string, preview: Preview, now: number): Promise<Approval | undefined> {
    return this.#move(now, "edited", () => editPending(this.#database, id, preview, now));
  }

  async consumeApproval(id: string, digest: string, decision: Decision, now: number, holder: string | null = null) {
    return this.#transaction(now, () => {
      const approval = useGrant(this.#database, id, digest, holder, now);
      if (!approval) return undefined;
      this.#log.append(now, approvalEvent("executed", approval));
      return { approval, recorded: this.#insert({ ...decision, approvalId: id }) };
    });
  }

  async expireApprovals(now: number): Promise<Approval[]> {
    // Most calls find nothing: no write transaction for those, unless the head waits to be signed.
    const idle = this.#run(() => !anyOverdue(this.#database, now) && !this.#log.isDue());
    if (idle) return [];
    return this.#transaction(now, () => {
      const expired = expireOverdue(this.#database, now);
      for (const approval of expired) this.#log.append(now, approvalEvent("expired", approval));
      return expired;
    });
  }

  async adminHash(): Promise<string | undefined> {
    const [row] = this.#run(() => this.#database.all("SELECT value FROM meta WHERE key = 'admin_sha256'"));
    return row && String(row.value);
  }

  async setAdminHash(hash: string): Promise<void> {
    const now = Date.now();
    this.#transaction(now, () => {
      this.#database.all(
        "INSERT INTO meta (key, value) VALUES ('admin_sha256', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [hash],
      );
      this.#log.append(now, { kind: "admin.credential_set", body: { actor: "gateway" } });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#queue.flush();
    try {
      this.#transaction(Date.now(), () => this.#log.seal(Date.now(), true));
    } catch {
      // The record is whole without the last signature.
    }
    this.#closed = true;
    this.#database.close();
    this.#release();
  }

  /** Moves one approval, if it can be moved, and records that. */
  #move(now: number, kind: "approved" | "denied" | "edited", move: () => Approval | undefined): Approval | undefined {
    return this.#transaction(now, () => {
      const approval = move();
      if (approval) this.#log.append(now, approvalEvent(kind, approval));
      return approval;
    });
  }

  #insert(decision: Decision): RecordedDecision {
    const { seq } = this.#log.append(decision.at, { kind: "decision", body: decisionBody(decision) });
    return { ...decision, seq };
  }

  #transaction<T>(now: number, work: () => T): T {
    return this.#run(() => {
      try {
        const result = transaction(this.#database, () => {
          const made = work();
          this.#log.seal(now);
          return made;
        });
        this.#commits += 1;
        return result;
      } catch (error) {
        this.#log.forget();
        throw error;
      }
    });
  }

  #run<T>(work: () => T): T {
    if (this.#closed) throw new StoreError("the store is closed");
    try {
      return work();
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      this.#failures += 1;
      throw new StoreError("the store could not be read or written", { cause: error });
    }
  }
}
