/** Reports of decisions that the gateway makes without, or on top of, the engine. */
import type { LocalVerdict, Report } from "../types.js";
import type { RecordedReport } from "./store/store.js";

/** The report of a call that the gateway refuses by itself, on top of what the engine says about its URL. */
export function refusedReport(base: Report, reason: string): Report {
  return {
    ...base,
    decision: "DENY",
    reason_codes: [...new Set([reason, ...base.reason_codes])],
    risk_score: 1,
    risk_band: "CRITICAL",
    digest: null,
  };
}

/** The verdict that refuses a call with such a report. */
export function deniedVerdict(report: Report): LocalVerdict {
  return { decision: "DENY", report, reportText: JSON.stringify(report) };
}

/** The report of a scan that failed: nothing is known, so nothing is said. */
export function faultReport(policyVersion: string): Report {
  return {
    decision: "DENY",
    reason_codes: ["GATEWAY_INTERNAL_ERROR"],
    risk_score: 1,
    risk_band: "CRITICAL",
    tool_name: "custom_proxy",
    operation: "request",
    verb: "WRITE",
    host: "",
    categories: [],
    resource: {},
    destinations: [],
    principals: 0,
    external_principals: 0,
    classifications: [],
    signals: [],
    risk_contributions: {},
    source_trace: null,
    findings: [],
    matched_rules: [],
    incident: null,
    policy_version: policyVersion,
    digest: null,
    coverage: { bytes: 0, skipped: [] },
  };
}

/** The report of an approval that its client uses up. */
export function consumedReport(report: RecordedReport): RecordedReport {
  return { ...report, decision: "ALLOW", reason_codes: [...report.reason_codes, "RECENT_APPROVAL_GRANT"] };
}
