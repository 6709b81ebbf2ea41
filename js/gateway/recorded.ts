/** What is kept of a call: bounded in size, and without the secrets and personal data that an agent may put anywhere. */
import { redactText } from "../engine.js";
import type { LocalVerdict, Report, WireRequest } from "../types.js";
import type { RecordedReport, StoredBody } from "./store/store.js";

/** Findings of one report that are kept; the rest is counted. */
export const MAX_RECORDED_FINDINGS = 100;
const MAX_LABEL_LENGTH = 200;
/** Largest body whose text is kept, in bytes, and how much of it, in characters. */
const MAX_STORED_BODY_BYTES = 1024 * 1024;
const MAX_STORED_TEXT_LENGTH = 64 * 1024;

/** A name that an agent chose, as it may be stored, logged and shown. Redacted before it is cut: half a secret is not found. */
export function recordedLabel(text: string): string {
  return redactText(text).slice(0, MAX_LABEL_LENGTH);
}

/** A report as it is stored. */
export function recordedReport(report: Report): RecordedReport {
  return {
    ...report,
    findings: report.findings.slice(0, MAX_RECORDED_FINDINGS),
    findings_total: report.findings.length,
  };
}

/** The body of a call as it is stored. Whatever is found in it is redacted, also what the policies let through. */
export function storedBody(request: WireRequest, verdict: LocalVerdict): StoredBody {
  const bytes = request.body.length;
  const text = readable(verdict) && bytes <= MAX_STORED_BODY_BYTES ? utf8((verdict.preview ?? request).body) : undefined;
  if (text === undefined) return { bytes, truncated: bytes > 0 };
  const redacted = redactText(text);
  return {
    text: redacted.slice(0, MAX_STORED_TEXT_LENGTH),
    bytes,
    truncated: redacted.length > MAX_STORED_TEXT_LENGTH,
  };
}

/** What could not be looked at may hold anything. */
function readable({ report }: LocalVerdict): boolean {
  return report.coverage.skipped.length === 0 && !report.reason_codes.includes("GATEWAY_INTERNAL_ERROR");
}

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
