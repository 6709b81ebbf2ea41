/** What entries of the record say. Names are those of the API; `trace_id` and `agent_id` are searched for. */
import { createHash } from "node:crypto";
import type { Approval, Decision, RecordedDecision, RecordedReport, StoredBody } from "../store/store.js";
import type { AuditEntry } from "./chain.js";

/** Something that happened beside a decision. */
export interface AuditEvent {
  kind: string;
  body: { actor: "administrator" | "agent" | "gateway"; trace_id?: string; agent_id?: string; [name: string]: unknown };
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
  };
}

/** What became of an approval. The preview is told by its hash: what a person has seen cannot be changed unnoticed. */
export function approvalEvent(
  kind: "requested" | "approved" | "denied" | "edited" | "executed" | "expired",
  approval: Approval,
): AuditEvent {
  const decided = kind === "approved" || kind === "denied";
  return {
    kind: `approval.${kind}`,
    body: {
      actor: decided || kind === "edited" ? "administrator" : kind === "expired" ? "gateway" : "agent",
      trace_id: approval.traceId,
      agent_id: approval.agentId,
      approval_id: approval.id,
      digest: approval.digest,
      preview_sha256: createHash("sha256").update(JSON.stringify(approval.preview)).digest("hex"),
      ...(approval.preview.edited_version === undefined ? {} : { edited_version: approval.preview.edited_version }),
      ...(decided ? { note: approval.note } : {}),
      expires_at: approval.expiresAt,
    },
  };
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
  };
}
