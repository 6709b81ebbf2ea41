/** What entries of the record say. Names are those of the API; `trace_id` and `agent_id` are searched for. */
import { createHash } from "node:crypto";
import type { CallFacts } from "../../types.js";
import type { Approval, Decision, RecordedDecision, RecordedReport, StoredBody } from "../store/store.js";
import type { AuditEntry } from "./chain.js";

/** Something that happened beside a decision. */
export interface AuditEvent {
  kind: string;
  body: {
    actor: "administrator" | "approver" | "agent" | "gateway";
    trace_id?: string;
    agent_id?: string;
    [name: string]: unknown;
  };
}

/** A decision. */
export function decisionBody(decision: Decision): object {
  return {
    trace_id: decision.traceId,
    agent_id: decision.agentId,
    source: decision.source,
    action: decision.action,
    mode: decision.mode,
    method: decision.method,
    approval_id: decision.approvalId,
    report: decision.report,
    ...(decision.credential === undefined ? {} : { credential: decision.credential }),
    ...(decision.body === undefined ? {} : { body: decision.body }),
    ...(decision.facts === undefined ? {} : { facts: decision.facts }),
  };
}

/** What became of an approval. The preview is told by its hash: what a person has seen cannot be changed unnoticed. */
export function approvalEvent(
  kind: "requested" | "approved" | "denied" | "revoked" | "edited" | "extended" | "deferred" | "executed" | "expired",
  approval: Approval,
): AuditEvent {
  const decided = kind === "approved" || kind === "denied" || kind === "revoked";
  return {
    kind: `approval.${kind}`,
    body: {
      actor: actorOf(kind, approval),
      trace_id: approval.traceId,
      agent_id: approval.agentId,
      approval_id: approval.id,
      digest: approval.digest,
      preview_sha256: createHash("sha256").update(JSON.stringify(approval.preview)).digest("hex"),
      ...(approval.preview.edited_version === undefined ? {} : { edited_version: approval.preview.edited_version }),
      ...(decided ? { note: approval.note, reason: approval.reason, decided_by: approval.decidedBy } : {}),
      ...(kind === "deferred" ? { deferred_until: approval.deferredUntil } : {}),
      expires_at: approval.expiresAt,
    },
  };
}

function actorOf(kind: string, { decidedBy }: Approval): AuditEvent["body"]["actor"] {
  if (kind === "requested" || kind === "executed") return "agent";
  if (kind === "expired") return "gateway";
  // Only the administrator edits, extends and defers; a decision names who made it.
  return (kind === "approved" || kind === "denied") && decidedBy?.startsWith("slack:") ? "approver" : "administrator";
}

interface DecisionBody {
  trace_id: string;
  agent_id: string;
  source: Decision["source"];
  action: Decision["action"];
  mode: Decision["mode"];
  method: string;
  approval_id: string | null;
  report: RecordedReport;
  credential?: string;
  body?: StoredBody;
  facts?: CallFacts;
}

/** An entry of kind `decision` as a decision. */
export function decisionOf(entry: AuditEntry): RecordedDecision {
  const told = JSON.parse(entry.body) as DecisionBody;
  return {
    seq: entry.seq,
    at: entry.at,
    traceId: told.trace_id,
    agentId: told.agent_id,
    source: told.source,
    action: told.action,
    mode: told.mode,
    method: told.method,
    approvalId: told.approval_id,
    report: told.report,
    ...(told.credential === undefined ? {} : { credential: told.credential }),
    ...(told.body === undefined ? {} : { body: told.body }),
    ...(told.facts === undefined ? {} : { facts: told.facts }),
  };
}
