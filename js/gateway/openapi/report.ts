/** What is said of a decision, in every place that says it. */
import { about, count, flag, list, mapOf, object, oneOf, orNull, ref, type Schema, sha256, text } from "./parts.js";

/** One of the four. */
export const decision = oneOf("ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY");
/** 0 to 1. */
export const score: Schema = { type: "number", minimum: 0, maximum: 1 };
/** How bad that is. */
export const band = oneOf("LOW", "MEDIUM", "HIGH", "CRITICAL");
/** What a call does. */
export const verb = oneOf("READ", "WRITE", "ADMIN");

const dataClass = oneOf("SECRETS", "PII", "PHI", "INTERNAL", "INJECTION");

/** Members of a recorded report. */
export const REPORT_MEMBERS: Record<string, Schema> = {
  decision,
  reason_codes: list(text),
  risk_score: score,
  risk_band: band,
  tool_name: text,
  operation: text,
  verb,
  host: text,
  categories: list(text),
  resource: mapOf(text),
  destinations: list(text),
  principals: count,
  external_principals: count,
  classifications: list(dataClass),
  signals: about("Heaviest first.", list(text)),
  risk_contributions: about("What each signal adds to the score.", mapOf({ type: "number" })),
  source_trace: about("The trace of the response that the call carries a piece of.", orNull(text)),
  findings: about("At most 100.", list(ref("Finding"))),
  findings_total: count,
  matched_rules: list(ref("MatchedRule")),
  incident: orNull(oneOf("low", "high")),
  policy_version: text,
  digest: about("SHA-256 of what may be sent.", orNull(sha256)),
  coverage: object({ bytes: count, skipped: list(text) }),
};

/** For `components.schemas`. */
export const REPORT_SCHEMAS: Record<string, Schema> = {
  Finding: about(
    "Where something was found, never what.",
    object({
      rule_id: text,
      class: dataClass,
      severity: oneOf("low", "high"),
      confidence: oneOf("low", "medium", "high"),
      part: oneOf("url", "header", "header_name", "body"),
      "header?": about("Index of the header.", count),
      start: about("Byte offset in that part.", count),
      end: count,
      pointer: about("JSON pointer or field name.", orNull(text)),
      in_place: about("The call's own way to authenticate: reported, never redacted.", flag),
      placeholder: about("A documentation value.", flag),
      allowed: about("Expected by an entry of the allowlist.", flag),
      "reason?": text,
    }),
  ),
  MatchedRule: object({
    policy: text,
    rule_id: text,
    action: oneOf("ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY", "OPEN_INCIDENT"),
    mode: oneOf("enforce", "monitor"),
    suppressed: flag,
    "escalate_to?": text,
  }),
  Report: object(REPORT_MEMBERS),
};
