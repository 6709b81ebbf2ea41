/** What is told by webhook: ids, names and reasons, and the redacted preview only where that was asked for. */

import type { AuditEntry } from "../../audit/chain.js";
import { iso } from "../../iso-time.js";
import type { Approval, RecordedReport } from "../../store/store.js";
import { approvalStatusView } from "../../views.js";
import { email } from "../email.js";
import { beginning, readable } from "../readable.js";

const LONGEST_BODY = 4000;
const MOST_HEADERS = 30;
const LONGEST_URL = 1000;
const LONGEST_VALUE = 200;

/** By the kind of the entry. */
const TYPES: Readonly<Record<string, string>> = {
  "approval.requested": "approval.requested",
  "approval.approved": "approval.decided",
  "approval.denied": "approval.decided",
  "approval.revoked": "approval.decided",
  "approval.expired": "approval.expired",
  "approval.executed": "approval.executed",
  decision: "decision.denied",
};

/** How events are made. */
export interface EventParts {
  /** Whether they hold the redacted preview. */
  preview: boolean;
  approvalUrl: (id: string) => string;
}

/** Type and text of an event; `undefined` where an entry has nothing to tell. */
export function webhookEvent(
  entry: AuditEntry,
  approval: Approval | undefined,
  parts: EventParts,
): { type: string; body: string } | undefined {
  const type = TYPES[entry.kind];
  if (type === undefined) return undefined;
  if (entry.kind !== "decision" && !approval) return undefined;
  const data = approval ? approvalData(entry, approval, parts) : denialData(entry);
  return { type, body: JSON.stringify({ type, timestamp: iso(entry.at), data }) };
}

/** The approval as this entry left it, so that what happened later does not change what is told. */
function approvalData(entry: AuditEntry, now: Approval, { preview, approvalUrl }: EventParts) {
  const approval = asOf(entry, now);
  const { approval_id, status, decision, expires_at } = approvalStatusView(approval, entry.at);
  const url = approvalUrl(approval.id);
  return {
    ...{ approval_id, trace_id: approval.traceId, agent_id: approval.agentId, status, decision, expires_at },
    ...{ reason: approval.reason, note: approval.note, decided_by: approval.decidedBy, approval_url: url },
    ...callData(approval.preview.method, approval.report),
    ...(preview ? { preview: shortPreview(approval) } : {}),
    ...(entry.kind === "approval.executed" ? {} : { email: email(approval, url, preview) }),
  };
}

const STATUS_AFTER: Readonly<Record<string, Approval["status"]>> = {
  "approval.requested": "pending",
  "approval.approved": "approved",
  "approval.denied": "denied",
  "approval.revoked": "denied",
  "approval.expired": "expired",
  "approval.executed": "executed",
};

function asOf({ kind, body, at }: AuditEntry, approval: Approval): Approval {
  const told = JSON.parse(body) as { expires_at: number; note?: string; reason?: string; decided_by?: string };
  const words = { note: told.note ?? null, reason: told.reason ?? null, decidedBy: told.decided_by ?? null };
  const before = kind === "approval.expired" || kind === "approval.executed";
  return {
    ...approval,
    status: STATUS_AFTER[kind] ?? approval.status,
    expiresAt: told.expires_at,
    ...(before ? {} : words),
    revokedAt: kind === "approval.revoked" ? at : null,
  };
}

function denialData({ body }: AuditEntry) {
  const told = JSON.parse(body) as {
    trace_id: string;
    agent_id: string;
    source: string;
    action: string;
    mode: string;
    method: string;
    report: RecordedReport;
  };
  const { trace_id, agent_id, source, action, mode } = told;
  return { trace_id, agent_id, source, action, mode, ...callData(told.method, told.report) };
}

function callData(method: string, report: RecordedReport) {
  const { host, tool_name, operation, verb, risk_score, risk_band, reason_codes, classifications } = report;
  return { method, host, tool_name, operation, verb, risk_score, risk_band, reason_codes, classifications };
}

function shortPreview({ preview }: Approval) {
  const { method, url, headers, body, body_encoding, body_bytes } = preview;
  const cut = (value: string, most: number) => beginning(readable(beginning(value, most)), most);
  const whole = body_encoding === "utf8" ? readable(beginning(body, LONGEST_BODY), true) : "";
  const text = beginning(whole, LONGEST_BODY);
  return {
    method,
    url: cut(url, LONGEST_URL),
    headers: headers.slice(0, MOST_HEADERS).map(([name, value]) => [cut(name, LONGEST_VALUE), cut(value, LONGEST_VALUE)]),
    body: text,
    body_bytes,
    truncated: text !== whole || body.length > text.length || preview.omitted_bytes > 0 || headers.length > MOST_HEADERS,
  };
}
