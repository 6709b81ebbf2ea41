/**
 * What the gateway remembers. Methods resolve only after the change is durable, and reject when it is not:
 * the caller then refuses the call.
 */
import type { CallFacts, Decision as Outcome } from "../../types.js";
import type { AuditEvent } from "../audit/bodies.js";
import type { AuditEntry } from "../audit/chain.js";
import type { SignedMark } from "../audit/marks.js";
import type { RecordStatistics, StatisticsRange } from "../audit/statistics.js";
import type { AgentStore } from "./agents.js";
import type { Approval, ApprovalRequest, Judgement, Preview, RecordedReport, StandingApproval } from "./approval.js";
import type { CredentialStore } from "./credentials.js";
import type { InboundRouteStore } from "./inbound-routes.js";
import type { InboxStore } from "./inbox.js";
import type { KeyStore } from "./keys.js";
import type { LegacyStore } from "./legacy.js";
import type { MemoryStore } from "./memory.js";
import type { OutboxStore } from "./outbox.js";
import type { PolicyStore } from "./policies.js";
import type { SlackCardStore } from "./slack-cards.js";
import type { UsageStore } from "./usage.js";

export type * from "./approval.js";

/** A body as it is kept with a decision where the gateway was told to: redacted as far as anything can be. */
export interface StoredBody {
  /** Absent where the body is not text, or could not be inspected to its end. */
  text?: string;
  /** Bytes of the body that was decided. */
  bytes: number;
  /** Whether the end of it is left out. */
  truncated: boolean;
}

/** One audit record: what was decided and what the gateway did then. No payload, unless `storeBodies` asks for the redacted body. */
export interface Decision {
  traceId: string;
  at: number;
  agentId: string;
  /** Where the call came in. */
  source: "scan" | "proxy" | "tools" | "inbound" | "invoke" | "mcp" | "a2a" | "connect" | "consume";
  /** What the gateway does next: send it, refuse it, wait for a person, or only answer the client. */
  action: "forward" | "refuse" | "hold" | "answer";
  mode: "enforce" | "monitor";
  method: string;
  report: RecordedReport;
  approvalId: string | null;
  /** The tool whose credential, held by the gateway, the call bears. */
  credential?: string;
  body?: StoredBody;
  /** What trying other policies on the call needs. */
  facts?: CallFacts;
}

/** Which decisions; all that is given must hold. Times are milliseconds since the epoch. */
export interface DecisionFilter {
  decision?: Outcome;
  /** The agent's name as it is stored. */
  agent?: string;
  /** `tool_name` of the report. */
  tool?: string;
  traceId?: string;
  /** Not before. */
  since?: number;
  /** Before. */
  until?: number;
  /** Only what stands behind this sequence number in the list, which is newest first. */
  after?: number;
  limit: number;
}

/** Which entries of the record. */
export interface EntryFilter extends Pick<DecisionFilter, "since" | "until" | "limit"> {
  kind?: string;
  /** Only what stands behind this sequence number in the list. */
  after?: number;
}

/** One trace: everything that hangs on one call. */
export interface TraceSummary {
  traceId: string;
  /** Of its first entry. */
  seq: number;
  startedAt: number;
  endedAt: number;
  entries: number;
  /** Kind of its last entry. */
  lastKind: string;
  agentId: string | null;
  /** Of its last decision. */
  decision: string | null;
  tool: string | null;
}

/** What a store says about itself. Counts are since it was opened. */
export interface StoreStatistics {
  commits: number;
  /** Reads and writes that failed. */
  failures: number;
  pendingApprovals: number;
  /** Sequence number of the last entry of the record. */
  lastSeq: number;
}

/** A decision with its place in the record. */
export interface RecordedDecision extends Decision {
  seq: number;
}

/** Every method is atomic. */
export interface Store {
  /** Appends to the audit record. */
  recordDecision(decision: Decision): Promise<RecordedDecision>;
  /** Appends something that is no decision, such as what an administrator has done. */
  recordEvent(event: AuditEvent, now: number): Promise<AuditEntry>;
  /** Newest first. */
  listDecisions(filter: DecisionFilter): Promise<RecordedDecision[]>;
  /** Oldest first. */
  readEntries(filter: EntryFilter): Promise<AuditEntry[]>;
  /** The same entries, newest first. */
  listEntries(filter: EntryFilter): Promise<AuditEntry[]>;
  /** By their first entry, newest first; `after` is the `seq` of the last one that was seen. */
  listTraces(limit: number, after?: number): Promise<TraceSummary[]>;
  /** Oldest first; empty when there is no such trace. */
  readTrace(traceId: string): Promise<AuditEntry[]>;
  /** The head of the record, signed. */
  auditHead(now: number): Promise<SignedMark>;
  /** Drops entries and ended approvals that are older than `before`, some thousands at a time; answers how many. */
  retain(before: number, now: number): Promise<number>;
  /** Writes a consistent copy beside the store; `file` is its path in the data directory. Blocks until it is written. */
  backup(now: number): Promise<{ file: string; bytes: number }>;
  statistics(): Promise<StoreStatistics>;
  /** Counts over a time of the record, of its newest 50,000 entries at most; lets others in meanwhile. */
  readStatistics(range: StatisticsRange): Promise<RecordStatistics>;

  /** The approval that stands: pending (new or joined), approved and unused, or recently denied. */
  requestApproval(request: ApprovalRequest, now: number): Promise<StandingApproval>;
  findApproval(id: string): Promise<Approval | undefined>;
  /** Moves a pending, unexpired approval; `undefined` when it was not pending any more, or has another body by now. */
  decideApproval(id: string, judgement: Judgement, now: number): Promise<Approval | undefined>;
  /** Changes what a pending, unexpired approval is for; `undefined` when it was not pending any more. */
  editApproval(id: string, preview: Preview, now: number): Promise<Approval | undefined>;
  /** Moves an approved, unexpired approval with this digest to executed and records the decision and who `holder` is, together or not at all. */
  consumeApproval(
    id: string,
    digest: string,
    decision: Decision,
    now: number,
    holder?: string | null,
  ): Promise<{ approval: Approval; recorded: RecordedDecision } | undefined>;
  /** Moves everything that is overdue to expired, and returns it. */
  expireApprovals(now: number): Promise<Approval[]>;

  /** SHA-256 of the administrator's credential, when one was set. */
  adminHash(): Promise<string | undefined>;
  setAdminHash(hash: string): Promise<void>;

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

  close(): Promise<void>;
}

/** The store could not be read or written. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
  }
}
