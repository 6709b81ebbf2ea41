/** An entry of the record as one level of names, which is what tables and log tools take. */

import type { AuditEntry } from "../audit/chain.js";
import { iso } from "../iso-time.js";

/** The fields, in the order of the CSV's columns. Lists are texts separated by spaces; what does not apply is `null`. */
export const FLAT_FIELDS = [
  "seq",
  "time",
  "kind",
  "trace_id",
  "agent_id",
  "actor",
  "decision",
  "action",
  "mode",
  "source",
  "method",
  "host",
  "tool_name",
  "operation",
  "verb",
  "risk_score",
  "risk_band",
  "reason_codes",
  "classifications",
  "signals",
  "findings_total",
  "matched_rules",
  "policy_version",
  "approval_id",
  "note",
  "hash",
] as const;

/** Name of a field. */
export type FlatField = (typeof FLAT_FIELDS)[number];
/** An entry by field. */
export type FlatEntry = Record<FlatField, string | number | null>;

/** Flattens an entry. Bodies that `--store-bodies` keeps stay out: they are only in NDJSON. */
export function flatEntry(entry: AuditEntry): FlatEntry {
  const body = JSON.parse(entry.body) as Record<string, unknown>;
  const report = (body.report ?? {}) as Record<string, unknown>;
  const rules = Array.isArray(report.matched_rules) ? (report.matched_rules as { policy: string; rule_id: string }[]) : undefined;
  return {
    seq: entry.seq,
    time: iso(entry.at),
    kind: entry.kind,
    trace_id: scalar(body.trace_id),
    agent_id: scalar(body.agent_id),
    actor: scalar(body.actor ?? (entry.kind === "decision" ? "agent" : null)),
    decision: scalar(report.decision),
    action: scalar(body.action),
    mode: scalar(body.mode),
    source: scalar(body.source),
    method: scalar(body.method),
    host: scalar(report.host),
    tool_name: scalar(report.tool_name),
    operation: scalar(report.operation),
    verb: scalar(report.verb),
    risk_score: scalar(report.risk_score),
    risk_band: scalar(report.risk_band),
    reason_codes: list(report.reason_codes),
    classifications: list(report.classifications),
    signals: list(report.signals),
    findings_total: scalar(report.findings_total),
    matched_rules: list(rules?.map(({ policy, rule_id }) => `${policy}/${rule_id}`)),
    policy_version: scalar(report.policy_version),
    approval_id: scalar(body.approval_id),
    note: scalar(body.note),
    hash: entry.hash,
  };
}

function scalar(value: unknown): string | number | null {
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function list(value: unknown): string | null {
  return Array.isArray(value) ? value.join(" ") : null;
}
