/** What was decided, and what became of it. */
import { type Area, about, anything, count, flag, list, object, oneOf, orNull, ref, sha256, text, time, uuid } from "../parts.js";
import { decision, REPORT_MEMBERS } from "../report.js";

const moment = about("Such as 2026-01-31, 2026-01-31T12:00:00Z, or milliseconds since 1970.", text);
const limit = { type: "integer", minimum: 1, maximum: 1000, default: 100 };

/** Area of the description. */
export const records: Area = {
  tag: "records",
  about: "The record of decisions and of what people made of them: append-only, each entry with the hash of the one before.",
  schemas: {
    Decision: object({
      ...REPORT_MEMBERS,
      seq: count,
      trace_id: uuid,
      at: time,
      agent_id: text,
      source: oneOf("scan", "proxy", "tools", "inbound", "invoke", "mcp", "a2a", "consume"),
      action: oneOf("forward", "refuse", "hold", "answer"),
      mode: oneOf("enforce", "monitor"),
      method: text,
      approval_id: orNull(uuid),
    }),
    Entry: object({
      seq: count,
      at: time,
      kind: text,
      body: about("What happened; its members depend on the kind.", anything),
      previous: sha256,
      hash: sha256,
    }),
    Trace: object({
      trace_id: uuid,
      seq: count,
      started_at: time,
      ended_at: time,
      entries: count,
      last_kind: text,
      agent_id: orNull(text),
      decision: orNull(decision),
      tool_name: orNull(text),
    }),
  },
  operations: [
    {
      method: "get",
      path: "/v1/decisions",
      id: "listDecisions",
      summary: "Decisions, newest first; all filters that are given must hold.",
      who: "administrator",
      query: {
        decision,
        agent: text,
        tool: text,
        trace_id: text,
        since: moment,
        until: moment,
        after: about("`next` of the page before.", count),
        limit,
      },
      answers: {
        200: object({
          decisions: list(ref("Decision")),
          truncated: about("Whether less than `limit` are shown because there is too much to say.", flag),
          next: orNull(count),
        }),
      },
    },
    {
      method: "get",
      path: "/v1/decisions/export",
      id: "exportDecisions",
      summary: "All of the record, oldest first, streamed.",
      who: "administrator",
      query: { format: oneOf("ndjson", "csv", "splunk", "datadog", "ocsf"), since: moment, until: moment },
      answers: { 200: { about: "One entry a line.", types: ["application/x-ndjson", "text/csv", "application/json"] } },
    },
    {
      method: "get",
      path: "/v1/traces",
      id: "listTraces",
      summary: "Traces, newest first.",
      who: "administrator",
      query: { limit, after: count },
      answers: { 200: object({ traces: list(ref("Trace")), next: orNull(count) }) },
    },
    {
      method: "get",
      path: "/v1/traces/{id}",
      id: "readTrace",
      summary: "What hangs on one call, in order.",
      who: "administrator",
      answers: { 200: object({ trace_id: uuid, records: list(ref("Entry")) }) },
    },
    {
      method: "get",
      path: "/v1/audit/head",
      id: "auditHead",
      summary: "The head of the record, signed, to be kept elsewhere.",
      who: "administrator",
      answers: {
        200: object({
          name: oneOf("head"),
          seq: count,
          hash: sha256,
          at: about("Milliseconds since 1970.", count),
          public_key: text,
          signature: about("Ed25519, base64.", text),
        }),
      },
    },
  ],
};
