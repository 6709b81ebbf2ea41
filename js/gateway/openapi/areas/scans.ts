/** Calls that are decided. */
import {
  type Area,
  about,
  anything,
  count,
  flag,
  list,
  mapOf,
  object,
  oneOf,
  orNull,
  ref,
  type Schema,
  sha256,
  text,
  uuid,
} from "../parts.js";
import { band, decision, score, verb } from "../report.js";

/** What is answered of a call that was decided. */
const SCANNED: Record<string, Schema> = {
  decision,
  risk_score: score,
  risk_band: band,
  reason_codes: list(text),
  trace_id: uuid,
  tool_name: text,
  operation: text,
  verb,
  classifications: list(text),
  signals: list(text),
  policy_version: text,
  "policy_id?": text,
  "policy_name?": text,
  "approval_id?": uuid,
  "approval_url?": text,
  "source_trace?": text,
  "violations?": list(text),
  "retry_guidance?": object({ retry_after_seconds: count }),
  "sanitized_body?": about("What to send instead; always there on SANITIZE.", anything),
};

const CALLED: Record<string, Schema> = {
  ...SCANNED,
  "mode?": oneOf("monitor"),
  "monitored_decision?": about("What would have been decided.", decision),
  "error?": about("Why there is no answer of the service. Where the call was allowed, it may have been made.", text),
  "upstream?": about(
    "What the service answered, at most 1 MiB.",
    object({ status: count, body: anything, "truncated?": flag, "body_omitted?": text }),
  ),
};

/** Area of the description. */
export const scans: Area = {
  tag: "scans",
  about: "Calls that their clients make by themselves, once they were decided.",
  schemas: { Scanned: object(SCANNED), ToolCall: object(CALLED) },
  operations: [
    {
      method: "post",
      path: "/v1/scan",
      id: "scan",
      summary: "Decides a call. At most 256 KB.",
      who: "agent",
      body: {
        ...object({
          method: about("HTTP method.", text),
          url: about("Absolute.", text),
          "body?": about("A text is scanned as itself, anything else as its JSON.", anything),
          "headers?": orNull(mapOf(text)),
          "agent_id?": orNull(text),
          "agent_name?": orNull(text),
          "runtime_type?": orNull(text),
          "context?": about("Text of the conversation.", orNull(text)),
          "request_digest?": about("The client's own digest of what it will send.", orNull(sha256)),
          "decision_floor?": about(
            "The client's own decision, which is not undercut.",
            orNull(oneOf("ALLOW", "REQUIRE_APPROVAL", "DENY")),
          ),
          "classifications?": about("What the client has hidden.", orNull(list(text))),
        }),
        additionalProperties: true,
      },
      answers: {
        200: ref("Scanned"),
      },
      errors: [429],
    },
    {
      method: "post",
      path: "/v1/scan/response",
      id: "scanResponse",
      summary: "Looks at what a call has returned. Nothing of it is kept but fingerprints.",
      who: "agent",
      body: {
        ...object({
          trace_id: uuid,
          response_body: about("A text, an object or a list.", anything),
          "response_status?": orNull(count),
        }),
        additionalProperties: true,
      },
      answers: {
        200: object({
          trace_id: uuid,
          data_classes: list(text),
          fields_redacted_count: count,
          content_fingerprint: orNull(text),
          signals: list(text),
        }),
      },
      errors: [404, 429],
    },
    {
      method: "post",
      path: "/v1/a2a/scan",
      id: "scanMessage",
      summary: "Decides a message that one agent wants to send to another.",
      who: "agent",
      body: object({
        from_agent_id: text,
        to_agent_id: text,
        method: about("Such as `message/send`.", text),
        "intent?": orNull(text),
        payload: anything,
      }),
      answers: { 200: ref("Scanned") },
      errors: [429],
    },
    {
      method: "post",
      path: "/v1/tools/{tool}/{operation}",
      id: "callTool",
      summary: "Makes a call with a credential that the gateway holds; the body has the parameters of the operation.",
      who: "agent",
      body: { type: "object" },
      answers: { 200: ref("ToolCall"), 202: ref("ToolCall"), 403: { anyOf: [ref("ToolCall"), ref("Error")] } },
      errors: [409, 429, 501],
    },
  ],
};
