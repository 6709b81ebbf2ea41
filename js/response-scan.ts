// What an agent is about to read: inspected here, and made known to the gateway, which sees none of it but what is left when
// everything sensitive is replaced.

import { copiedBytes } from "./bytes.js";
import { knownOptions, optional } from "./checks.js";
import { ConfigurationError } from "./errors.js";
import { type Answer, answered, askRepeatedly, isTransient, notUnderstood, refusedBy, texts } from "./gateway-json.js";
import type { Inside } from "./guarding-client.js";
import { writtenJson } from "./json.js";
import { LocalEngine } from "./local-engine.js";
import { invalidRequest } from "./refusal.js";
import type { ResponseReport } from "./scan-response.js";
import type { DataClass, Finding } from "./types.js";

/** A response to inspect. */
export interface ScanResponseInput {
  /** The `traceId` of the scan that the response answers; a later call that carries a piece of it names it as its source. */
  traceId: string;
  /** Text and bytes as they are; objects and lists as JSON. */
  responseBody: unknown;
  /** HTTP status. */
  responseStatus?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What was found in a response. */
export interface ScanResponseResult {
  traceId: string;
  /** What was found here, and what the gateway found. */
  dataClasses: DataClass[];
  /** How many findings a redaction would replace. */
  fieldsRedactedCount: number;
  /** The same for the same body, under a key: the client's, or with a gateway the gateway's. */
  contentFingerprint: string | null;
  /** `injection_marker` where it gives orders to the agent. */
  signals: string[];
  findings: Finding[];
  /** What could not be read within the limits, and so was not inspected. */
  skipped: string[];
}

/** Inspects a response. */
export async function scanResponse(inside: Inside, input: ScanResponseInput): Promise<ScanResponseResult> {
  const { traceId, status, body, signal } = readResponse(input);
  const report = inside.engine.scanResponse({ traceId, body });
  const local = ofReport(traceId, report);
  if (inside.settings.gatewayUrl === undefined) return local;
  // What was not read is not shown either.
  const shown = report.coverage.skipped.length > 0 ? "[UNINSPECTED]" : shownToGateway(inside, body);
  const question = JSON.stringify({ trace_id: traceId, response_body: shown, response_status: status });
  return await tell(inside, question, local, signal);
}

function readResponse(input: ScanResponseInput) {
  knownOptions(input, ["traceId", "responseBody", "responseStatus", "signal"]);
  const { traceId, responseBody, responseStatus: status, signal } = input;
  if (typeof traceId !== "string" || !/^[\w.:-]{1,128}$/.test(traceId))
    throw invalidRequest("traceId must be the traceId of a scan: letters, digits, dots, colons, hyphens and underscores.");
  if (status !== undefined && !(Number.isInteger(status) && status >= 100 && status <= 599))
    throw new ConfigurationError("responseStatus must be an HTTP status.");
  const body = typeof responseBody === "string" ? responseBody : (copiedBytes(responseBody) ?? writtenJson(responseBody));
  if (body === undefined) throw invalidRequest("responseBody must be text, bytes, or what JSON can say in full.");
  return { traceId, status, body, signal: optional("signal", signal ?? undefined, "object") };
}

function ofReport(traceId: string, report: ResponseReport): ScanResponseResult {
  return {
    traceId,
    dataClasses: report.data_classes,
    fieldsRedactedCount: report.fields_redacted_count,
    contentFingerprint: report.content_fingerprint,
    signals: report.signals,
    findings: report.findings,
    skipped: report.coverage.skipped,
  };
}

async function tell(
  { settings }: Inside,
  body: string,
  local: ScanResponseResult,
  signal: AbortSignal | undefined,
): Promise<ScanResponseResult> {
  const open = settings.failMode === "open";
  let answer: Awaited<ReturnType<typeof askRepeatedly>>;
  try {
    answer = await askRepeatedly(settings, { method: "POST", path: "/v1/scan/response", body }, signal);
  } catch (error) {
    // Only where there was no answer: one that is not to be believed opens nothing.
    if (open && (error as { reasonCodes?: string[] }).reasonCodes?.includes("GATEWAY_UNREACHABLE")) return local;
    throw error;
  }
  if (open && isTransient(answer.status)) return local;
  if (answer.status !== 200) throw refusedBy(answer);
  return withRemote(local, answered(answer));
}

const CLASSES: readonly string[] = ["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"] satisfies DataClass[];

function withRemote(local: ScanResponseResult, remote: Answer): ScanResponseResult {
  const { data_classes, fields_redacted_count: count, content_fingerprint: fingerprint = null } = remote;
  const classes = texts(data_classes);
  if (!classes.every((name) => CLASSES.includes(name))) throw notUnderstood();
  if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0) throw notUnderstood();
  if (fingerprint !== null && typeof fingerprint !== "string") throw notUnderstood();
  return {
    ...local,
    dataClasses: [...new Set([...local.dataClasses, ...(classes as DataClass[])])],
    fieldsRedactedCount: Math.max(local.fieldsRedactedCount, count),
    contentFingerprint: fingerprint ?? local.contentFingerprint,
  };
}

/** Engines that replace by placeholders, for clients whose own operators leave something of a value. */
const replacing = new WeakMap<Inside["settings"], LocalEngine>();

/** The body with everything sensitive replaced: JSON where it was, else text. */
function shownToGateway({ core, settings, engine }: Inside, body: string | Uint8Array): unknown {
  const { redaction, memory: _, ...rest } = settings.engine;
  let by = redaction === undefined ? engine : replacing.get(settings);
  if (by === undefined) {
    by = new LocalEngine(core, rest);
    replacing.set(settings, by);
  }
  const text = by.redact(typeof body === "string" ? body : new TextDecoder().decode(body));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
