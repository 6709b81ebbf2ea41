/** Approvals as they are kept. */
import type { Report } from "../../types.js";
import type { Decision, RecordedDecision } from "./store.js";

/** pending → approved | denied | expired; approved → executed | expired (the grant ran out unused) | denied (it was revoked, or its agent stopped). */
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
  /** SHA-256 of the exact request, hex; `client:` before it when a client states it and the gateway has not computed it, `held:TOOL:` when the call is for a credential of the gateway. */
  digest: string;
  status: ApprovalStatus;
  preview: Preview;
  report: RecordedReport;
  note: string | null;
  /** Why it was decided so, in a word or a few. */
  reason: string | null;
  /** Who decided last: `administrator`, or `slack:U0123ABCD (alice)`. */
  decidedBy: string | null;
  createdAt: number;
  /** While pending: when it expires. Once approved: when the grant runs out. */
  expiresAt: number;
  decidedAt: number | null;
  executedAt: number | null;
  /** While pending: nobody wants to be bothered with it before this. It expires all the same. */
  deferredUntil: number | null;
  /** When the grant was taken back. */
  revokedAt: number | null;
  /** Who has used it, where a client has named that: a repeat by the same one is no second use. Shown to nobody. */
  holder: string | null;
}

/** What a person says about an approval. */
export interface Judgement {
  status: "approved" | "denied";
  note: string | null;
  reason?: string | null;
  /** Default `administrator`. */
  by?: string;
  /** When what is approved runs out. */
  expiresAt: number;
  /** `edited_version` of the body that the person has seen, `null` for the first one. Another body is not approved. */
  seenVersion?: string | null;
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
