// What `client.scan` takes and gives.

import type { Outcome } from "./core/scan-handle.js";
import type { DataClass, Decision, Report, WireRequest } from "./types.js";

/** A call to decide. */
export interface ScanInput {
  /** Default `POST`. */
  method?: string;
  /** Absolute URL; `tool://framework/name` and `mcp://tool` stand for tool calls. */
  url: string;
  headers?: Record<string, string> | [string, string][] | Headers;
  /** Text and bytes as they are; anything else is written as JSON. */
  body?: unknown;
  /** Default: the client's. */
  agentId?: string;
  signal?: AbortSignal;
}

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
  /** The redacted body, in the form that `body` had: what must be sent instead. Present when something was redacted. */
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

/** The request of an input. `unwritable` when the body cannot be written: the request then has none and must be denied. */
export function wireRequest(input: ScanInput): { request: WireRequest; unwritable: boolean } {
  const headers = headerPairs(input.headers);
  const text = bodyBytes(input.body);
  const json = text !== undefined && isStructured(input.body) && !headers.some(([name]) => name.toLowerCase() === "content-type");
  if (json) headers.push(["content-type", "application/json"]);
  const request = { method: input.method ?? "POST", url: String(input.url), headers, body: text ?? new Uint8Array() };
  return { request, unwritable: text === undefined };
}

function headerPairs(headers: ScanInput["headers"]): [string, string][] {
  if (headers === undefined) return [];
  const pairs = headers instanceof Headers || Array.isArray(headers) ? [...headers] : Object.entries(headers);
  return pairs.map(([name, value]) => [String(name), String(value)]);
}

const isStructured = (body: unknown): boolean =>
  body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array) && !(body instanceof ArrayBuffer);

/** A private copy of the bytes, or nothing when there is no faithful way to write them. */
function bodyBytes(body: unknown): Uint8Array | undefined {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body.slice();
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  try {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  } catch {
    // A cycle, a BigInt, a getter that throws, more nesting than the stack holds: the caller gets a DENY.
    return undefined;
  }
}

/** The result of a scan. */
export function scanResult(input: ScanInput, outcome: Outcome, unwritable: boolean): ScanResult {
  const { report, request } = outcome;
  const redacted =
    request !== undefined &&
    report.findings.length > 0 &&
    (report.decision === "SANITIZE" || report.decision === "REQUIRE_APPROVAL");
  const reasonCodes = unwritable ? [...report.reason_codes, "INVALID_REQUEST"].sort() : report.reason_codes;
  return {
    decision: report.decision,
    riskScore: report.risk_score,
    riskBand: report.risk_band,
    reasonCodes,
    classifications: report.classifications,
    signals: report.signals,
    toolName: report.tool_name,
    operation: report.operation,
    sanitizedBody: redacted ? sameForm(input.body, request.body) : undefined,
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

function sameForm(given: unknown, bytes: Uint8Array): unknown {
  if (given instanceof Uint8Array) return bytes;
  if (given instanceof ArrayBuffer) return bytes.slice().buffer;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return given === undefined || typeof given === "string" ? text : JSON.parse(text);
}
