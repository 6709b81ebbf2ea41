// What `client.scan` gives.

import { isBuffer } from "./bytes.js";
import type { Outcome } from "./core/outcome.js";
import type { ReadInput } from "./scan-input.js";
import type { DataClass, Decision, Report } from "./types.js";

/** A decision, for code that makes the call itself. */
export interface ScanResult {
  decision: Decision;
  /** 0 to 1. */
  riskScore: number;
  riskBand: Report["risk_band"];
  reasonCodes: string[];
  classifications: DataClass[];
  signals: string[];
  toolName: string;
  operation: string;
  /**
   * The redacted body, in the form that `body` had (any view of bytes becomes a `Uint8Array`): what must be sent instead.
   * Present when something was redacted.
   */
  sanitizedBody: unknown;
  /** The redacted URL and headers, when something in them was redacted. */
  sanitizedUrl: string | undefined;
  sanitizedHeaders: [string, string][] | undefined;
  approvalId: string | undefined;
  traceId: string;
  /** The whole report. */
  raw: Report;
  /** ALLOW: may be sent as it is. */
  allowed: boolean;
  /** DENY. */
  blocked: boolean;
  /** SANITIZE: only the redacted form may be sent. */
  needsSanitization: boolean;
  /** REQUIRE_APPROVAL. */
  needsApproval: boolean;
}

/** The result of a scan. */
export function scanResult({ body, complete }: Pick<ReadInput, "body" | "complete">, outcome: Outcome): ScanResult {
  const { report, request } = outcome;
  // A gateway may have redacted where nothing was found here.
  const redacted =
    request !== undefined &&
    (report.decision === "SANITIZE" || (report.decision === "REQUIRE_APPROVAL" && report.findings.length > 0));
  const reasonCodes = complete ? report.reason_codes : [...new Set([...report.reason_codes, "INVALID_REQUEST"])].sort();
  return {
    decision: report.decision,
    riskScore: report.risk_score,
    riskBand: report.risk_band,
    reasonCodes,
    classifications: report.classifications,
    signals: report.signals,
    toolName: report.tool_name,
    operation: report.operation,
    sanitizedBody: redacted ? sameForm(body, request.body) : undefined,
    sanitizedUrl: redacted ? request.url : undefined,
    sanitizedHeaders: redacted ? request.headers : undefined,
    approvalId: outcome.approvalId,
    traceId: outcome.traceId ?? crypto.randomUUID(),
    raw: report,
    allowed: report.decision === "ALLOW",
    blocked: report.decision === "DENY",
    needsSanitization: report.decision === "SANITIZE",
    needsApproval: report.decision === "REQUIRE_APPROVAL",
  };
}

/** The bytes in the form that `given` has. */
export function sameForm(given: unknown, bytes: Uint8Array): unknown {
  if (ArrayBuffer.isView(given)) return bytes;
  if (isBuffer(given)) return bytes.slice().buffer;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (given === undefined || typeof given === "string") return text;
  if (given instanceof URLSearchParams) return new URLSearchParams(text);
  try {
    return JSON.parse(text);
  } catch {
    // Under a content type that is not JSON's, a number may have become a placeholder.
    return text;
  }
}
