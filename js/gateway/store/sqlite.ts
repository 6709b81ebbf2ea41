/** The store on one machine: SQLite in a data directory, one writer. */
import { type AuditEvent, approvalEvent, decisionBody, decisionOf } from "../audit/bodies.js";
import type { AuditEntry } from "../audit/chain.js";
import type { AuditLog } from "../audit/log.js";
import type { SignedMark } from "../audit/marks.js";
import { findDecisions, findEntries, findTraces, readCounts, readEntries, readTrace } from "../audit/queries.js";
import { countRecord, type RecordStatistics, type StatisticsRange } from "../audit/statistics.js";
import { StoreAccess, type StoreParts } from "./access.js";
import { type AgentStore, SqliteAgents } from "./agents.js";
import { anyOverdue, decidePending, editPending, expireOverdue, useGrant } from "./approval-moves.js";
import { backupDirectory, writeBackupBeside } from "./backup.js";
import { type CredentialStore, SqliteCredentials } from "./credentials.js";
import type { Database } from "./database.js";
import { DecisionQueue } from "./decision-queue.js";
import type { GroupSync } from "./group-sync.js";
import { type InboundRouteStore, SqliteInboundRoutes } from "./inbound-routes.js";
import { type InboxStore, SqliteInbox } from "./inbox.js";
import { type KeyStore, SqliteKeys } from "./keys.js";
import { type LegacyStore, SqliteLegacy } from "./legacy.js";
import { type MemoryStore, SqliteMemory } from "./memory.js";
import { type OutboxStore, SqliteOutbox } from "./outbox.js";
import { type PolicyStore, SqlitePolicies } from "./policies.js";
import { approvalFrom } from "./rows.js";
import { type SlackCardStore, SqliteSlackCards } from "./slack-cards.js";
import { expireOutdated, findStanding, insertApproval, oldestInTheWay } from "./standing.js";
import type {
  Approval,
  ApprovalRequest,
  Decision,
  DecisionFilter,
  EntryFilter,
  Judgement,
  Preview,
  RecordedDecision,
  StandingApproval,
  Store,
  StoreStatistics,
  TraceSummary,
} from "./store.js";
import { SqliteUsage, type UsageStore } from "./usage.js";

/**
 * The store on an open database. What it changes and what the record says of it are one transaction. Its answers come after
 * the commit; `durable` makes them wait for the disk as well.
 */
export class SqliteStore implements Store {
  readonly #database: Database;
  readonly #directory: string | undefined;
  readonly #log: AuditLog;
  readonly #release: () => void;
  readonly #sync: GroupSync;
  readonly #access: StoreAccess;
  readonly #queue: DecisionQueue;
  #closing: Promise<void> | undefined;
  readonly keys: KeyStore;
  readonly agents: AgentStore;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly slackCards: SlackCardStore;
  readonly usage: UsageStore;
  readonly memory: MemoryStore;
  readonly credentials: CredentialStore;
  readonly inboundRoutes: InboundRouteStore;
  readonly policies: PolicyStore;
  readonly legacy: LegacyStore;

  constructor({ database, directory, log, sync, release }: StoreParts) {
    this.#database = database;
    this.#directory = directory;
    this.#log = log;
    this.#sync = sync;
    this.#release = release;
    const access = new StoreAccess({ database, log, sync });
    this.#access = access;
    this.#queue = new DecisionQueue(
      (batch) => access.transaction(batch[0]?.at ?? Date.now(), () => batch.map((decision) => this.#insert(decision))),
      sync,
    );
    this.keys = new SqliteKeys(access);
    this.agents = new SqliteAgents(access);
    this.inbox = new SqliteInbox(access);
    this.outbox = new SqliteOutbox(access);
    this.slackCards = new SqliteSlackCards(access);
    this.usage = new SqliteUsage(access);
    this.memory = new SqliteMemory(access);
    this.credentials = new SqliteCredentials(access);
    this.inboundRoutes = new SqliteInboundRoutes(access);
    this.policies = new SqlitePolicies(access);
    this.legacy = new SqliteLegacy(access);
  }

  recordDecision(decision: Decision): Promise<RecordedDecision> {
    return this.#queue.add(decision);
  }

  async recordEvent(event: AuditEvent, now: number): Promise<AuditEntry> {
    return this.#access.transaction(now, () => this.#log.append(now, event));
  }

  async listDecisions(filter: DecisionFilter): Promise<RecordedDecision[]> {
    return this.#access.run(() => findDecisions(this.#database, filter)).map(decisionOf);
  }

  async readEntries(filter: EntryFilter): Promise<AuditEntry[]> {
    return this.#access.run(() => readEntries(this.#database, filter));
  }

  async listEntries(filter: EntryFilter): Promise<AuditEntry[]> {
    return this.#access.run(() => findEntries(this.#database, filter));
  }

  async listTraces(limit: number, after?: number): Promise<TraceSummary[]> {
    return this.#access.run(() => findTraces(this.#database, limit, after));
  }

  async readTrace(traceId: string): Promise<AuditEntry[]> {
    return this.#access.run(() => readTrace(this.#database, traceId));
  }

  async auditHead(now: number): Promise<SignedMark> {
    return this.#access.run(() => this.#log.head(now));
  }

  async retain(before: number, now: number): Promise<number> {
    return this.#access.transaction(now, () => {
      const ended = "status IN ('denied', 'expired', 'executed') AND coalesce(executed_at, decided_at, expires_at) < ?";
      const gone = this.#database.all(`DELETE FROM approvals WHERE ${ended} RETURNING id`, [before]).length;
      return gone + this.#log.retain(before, now);
    });
  }

  async backup(now: number): Promise<{ file: string; bytes: number }> {
    const directory = backupDirectory(this.#directory);
    this.#access.transaction(now, () => this.#log.append(now, { kind: "admin.backup", body: { actor: "administrator" } }));
    return this.#access.run(() => writeBackupBeside(this.#database, directory, now));
  }

  async statistics(): Promise<StoreStatistics> {
    return { ...this.#access.counts, ...this.#access.run(() => readCounts(this.#database)) };
  }

  async readStatistics(range: StatisticsRange): Promise<RecordStatistics> {
    return countRecord((work) => this.#access.run(work), range);
  }

  async requestApproval(request: ApprovalRequest, now: number): Promise<StandingApproval> {
    const { candidate, decision } = request;
    return this.#access.transaction(now, (): StandingApproval => {
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
    const [row] = this.#access.run(() => this.#database.all("SELECT * FROM approvals WHERE id = ?", [id]));
    return row && approvalFrom(row);
  }

  async decideApproval(id: string, judgement: Judgement, now: number): Promise<Approval | undefined> {
    return this.#move(now, judgement.status, () => decidePending(this.#database, id, judgement, now));
  }

  async editApproval(id: string, preview: Preview, now: number): Promise<Approval | undefined> {
    return this.#move(now, "edited", () => editPending(this.#database, id, preview, now));
  }

  async consumeApproval(id: string, digest: string, decision: Decision, now: number, holder: string | null = null) {
    return this.#access.transaction(now, () => {
      const approval = useGrant(this.#database, id, digest, holder, now);
      if (!approval) return undefined;
      this.#log.append(now, approvalEvent("executed", approval));
      return { approval, recorded: this.#insert({ ...decision, approvalId: id }) };
    });
  }

  async expireApprovals(now: number): Promise<Approval[]> {
    // Most calls find nothing: no write transaction for those, unless the head waits to be signed.
    const idle = this.#access.run(() => !anyOverdue(this.#database, now) && !this.#log.isDue());
    if (idle) return [];
    return this.#access.transaction(now, () => {
      const expired = expireOverdue(this.#database, now);
      for (const approval of expired) this.#log.append(now, approvalEvent("expired", approval));
      return expired;
    });
  }

  async adminHash(): Promise<string | undefined> {
    const [row] = this.#access.run(() => this.#database.all("SELECT value FROM meta WHERE key = 'admin_sha256'"));
    return row && String(row.value);
  }

  async setAdminHash(hash: string): Promise<void> {
    const now = Date.now();
    this.#access.transaction(now, () => {
      this.#database.all(
        "INSERT INTO meta (key, value) VALUES ('admin_sha256', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [hash],
      );
      this.#log.append(now, { kind: "admin.credential_set", body: { actor: "gateway" } });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#queue.flush();
    try {
      this.#access.transaction(Date.now(), () => this.#log.seal(Date.now(), true));
    } catch {
      // The record is whole without the last signature.
    }
    this.#access.close();
    // Whoever waits for the sync is told by it.
    await this.#sync.settled().catch(() => {});
    this.#database.close();
    this.#release();
  }

  /** Moves one approval, if it can be moved, and records that. */
  #move(now: number, kind: "approved" | "denied" | "edited", move: () => Approval | undefined): Approval | undefined {
    return this.#access.transaction(now, () => {
      const approval = move();
      if (approval) this.#log.append(now, approvalEvent(kind, approval));
      return approval;
    });
  }

  #insert(decision: Decision): RecordedDecision {
    const { seq } = this.#log.append(decision.at, { kind: "decision", body: decisionBody(decision) });
    return { ...decision, seq };
  }
}
