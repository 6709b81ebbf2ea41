/**
 * What the gateway remembers. Methods resolve only after the change is durable, and reject when it is not:
 * the caller then refuses the call.
 */
import type { Report } from "../../types.js";
import type { AgentStore } from "./agents.js";
import type { KeyStore } from "./keys.js";
import type { MemoryStore } from "./memory.js";
import type { ResponseStore } from "./responses.js";
import type { UsageStore } from "./usage.js";

/** pending → approved | denied | expired; approved → executed | expired (the grant ran out unused) | denied (its agent was stopped). */
export type ApprovalStatus = "pending" | "approved" | "denied" | "expired" | "executed";

/** The request that a person looks at: redacted, with the call's own credentials hidden. */
export interface Preview {
  method: string;
  url: string;
  headers: [string, string][];
  /** Text, or base64 where the body is not UTF-8. */
  body: string;
  body_encoding: "utf8" | "base64";
  /** Bytes of the redacted body as it will be sent. */
  body_bytes: number;
  /** Bytes at the end that the preview leaves out. */
  omitted_bytes: number;
  /** How the client gave the body; only where it can take another one back. */
  body_kind?: "json" | "text";
  /** Names what a person has made of the body; absent when nobody has changed it. */
  edited_version?: string;
}

/** A report as it is kept: at most 100 findings, and how many there were. */
export interface RecordedReport extends Report {
  findings_total: number;
}

/** One approval. Times are milliseconds since the epoch. */
export interface Approval {
  id: string;
  traceId: string;
  agentId: string;
  /** SHA-256 of the exact request, hex; `client:` before it when a client states it and the gateway has not computed it. */
  digest: string;
  status: ApprovalStatus;
  preview: Preview;
  report: RecordedReport;
  note: string | null;
  createdAt: number;
  /** While pending: when it expires. Once approved: when the grant runs out. */
  expiresAt: number;
  decidedAt: number | null;
  executedAt: number | null;
}

/** One audit record: what was decided and what the gateway did then. Never any payload. */
export interface Decision {
  traceId: string;
  at: number;
  agentId: string;
  /** Where the call came in. */
  source: "scan" | "proxy" | "consume";
  /** What the gateway does next: send it, refuse it, wait for a person, or only answer the client. */
  action: "forward" | "refuse" | "hold" | "answer";
  mode: "enforce" | "monitor";
  method: string;
  report: RecordedReport;
  approvalId: string | null;
}

/** A decision with its place in the record. */
export interface RecordedDecision extends Decision {
  seq: number;
}

/** Asks for an approval, or finds the one that already stands for the same call of the same agent. */
export interface ApprovalRequest {
  candidate: Approval;
  /** Recorded with the id of the approval when the answer is a pending one. */
  decision: Decision;
  /** Denials decided before this are forgotten. */
  deniedSince: number;
  /** No new approval while the agent has `most` undecided ones that were made after `since`. */
  limit: { most: number; since: number };
}

/** The approval that stands; or, when no new one may be opened, when the oldest of those in the way was made. */
export type StandingApproval = { approval: Approval; recorded?: RecordedDecision } | { approval?: undefined; oldestOpen: number };

/** Every method is atomic. */
export interface Store {
  /** Appends to the audit record. */
  recordDecision(decision: Decision): Promise<RecordedDecision>;
  /** Newest first. */
  listDecisions(limit: number): Promise<RecordedDecision[]>;

  /** The approval that stands: pending (new or joined), approved and unused, or recently denied. */
  requestApproval(request: ApprovalRequest, now: number): Promise<StandingApproval>;
  findApproval(id: string): Promise<Approval | undefined>;
  /** Newest first. */
  listApprovals(status: ApprovalStatus | undefined, limit: number): Promise<Approval[]>;
  /** Moves a pending, unexpired approval; `undefined` when it was not pending any more. */
  decideApproval(
    id: string,
    verdict: { status: "approved" | "denied"; note: string | null; expiresAt: number },
    now: number,
  ): Promise<Approval | undefined>;
  /** Changes what a pending, unexpired approval is for; `undefined` when it was not pending any more. */
  editApproval(id: string, preview: Preview, now: number): Promise<Approval | undefined>;
  /** Moves an approved, unexpired approval with this digest to executed and records the decision, together or not at all. */
  consumeApproval(
    id: string,
    digest: string,
    decision: Decision,
    now: number,
  ): Promise<{ approval: Approval; recorded: RecordedDecision } | undefined>;
  /** Moves everything that is overdue to expired, and returns it. */
  expireApprovals(now: number): Promise<Approval[]>;

  /** SHA-256 of the administrator's credential, when one was set. */
  adminHash(): Promise<string | undefined>;
  setAdminHash(hash: string): Promise<void>;

  readonly keys: KeyStore;
  readonly agents: AgentStore;
  readonly usage: UsageStore;
  readonly memory: MemoryStore;
  readonly responses: ResponseStore;

  close(): Promise<void>;
}

/** The store could not be read or written. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
  }
}
