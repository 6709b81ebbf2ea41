/** What is kept of a call: bounded in size, and without the secrets and personal data that an agent may put anywhere. */
import { redactText } from "../engine.js";
import type { Report } from "../types.js";
import type { RecordedReport } from "./store/store.js";

/** Findings of one report that are kept; the rest is counted. */
export const MAX_RECORDED_FINDINGS = 100;
const MAX_LABEL_LENGTH = 200;

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
