/** The answer to one line of `interven scan --jsonl`. */
import { isUtf8 } from "node:buffer";
import { type Engine, redactText } from "../patterns/engine.js";
import type { Finding, LocalVerdict, WireRequest } from "../types.js";
import type { Row } from "./row.js";
import type { ScanCommand } from "./scan-options.js";

/** Scans a row; what is written about it. */
export function answer(engine: Engine, row: Row, command: Pick<ScanCommand, "all" | "redact">): Record<string, unknown> {
  const verdict = engine.scan(row.request);
  const { report } = verdict;
  const listed = command.all ? report.findings : report.findings.filter((f) => !f.placeholder && !f.in_place);
  const redacted = sanitized(row, verdict, command.redact);
  return {
    id: row.id,
    decision: report.decision,
    reason_codes: report.reason_codes,
    risk_score: report.risk_score,
    findings: listed.map((finding) => described(finding, row, report.findings)),
    ...(redacted === undefined ? {} : { sanitized: redacted }),
    coverage: { ...report.coverage, bytes: report.coverage.bytes - (row.text === undefined ? 0 : row.url.length) },
  };
}

function described(finding: Finding, row: Row, all: readonly Finding[]): Record<string, unknown> {
  const { rule_id, severity, confidence, part, header, placeholder, in_place } = finding;
  const [start, end] = part === "url" ? inGivenUrl(finding, row) : [finding.start, finding.end];
  // A name in which something was found is not written.
  const named = header !== undefined && !all.some((other) => other.part === "header_name" && other.header === header);
  return {
    ...{ rule_id, class: finding.class, severity, confidence, start, end },
    part: row.text === undefined ? part : "text",
    ...(named ? { header: row.request.headers[header]?.[0] } : {}),
    ...(placeholder ? { placeholder } : {}),
    ...(in_place ? { in_place } : {}),
  };
}

/** What was scanned is the URL as it would be sent. What differs from the one that was given is between the same ends. */
function inGivenUrl({ start, end }: Finding, row: Row): [number, number] {
  const [given, sent] = [Buffer.from(row.url), Buffer.from(row.request.url)];
  if (given.equals(sent)) return [start, end];
  const shorter = Math.min(given.length, sent.length);
  let head = 0;
  while (head < shorter && given[head] === sent[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && given[given.length - 1 - tail] === sent[sent.length - 1 - tail]) tail += 1;
  const place = (at: number, otherwise: number) => {
    if (at <= head) return at;
    return at >= sent.length - tail ? at - sent.length + given.length : otherwise;
  };
  return [place(start, head), place(end, given.length - tail)];
}

/** What may be sent instead; with `--redact`, a text without secrets and personal data, whatever is decided. */
function sanitized(row: Row, verdict: LocalVerdict, redact: boolean): unknown {
  if (row.text !== undefined && redact) return verdict.report.findings.length > 0 ? redactText(row.text) : undefined;
  if (verdict.decision !== "SANITIZE" || verdict.forward === undefined) return undefined;
  return row.text === undefined ? sendable(verdict.forward) : Buffer.from(verdict.forward.body).toString();
}

function sendable({ method, url, headers, body }: WireRequest): Record<string, unknown> {
  const text = isUtf8(body) ? { body: Buffer.from(body).toString() } : undefined;
  return { method, url, headers, ...(text ?? { body: Buffer.from(body).toString("base64"), body_encoding: "base64" }) };
}
