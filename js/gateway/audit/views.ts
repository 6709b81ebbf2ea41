/** Entries of the record as the JSON that the API shows. */
import { iso } from "../iso-time.js";
import type { TraceSummary } from "../store/store.js";
import type { AuditEntry } from "./chain.js";

/** An entry; what it says is the member `body`. */
export function entryView({ seq, at, kind, body, previous, hash }: AuditEntry) {
  return { seq, at: iso(at), kind, body: JSON.parse(body) as unknown, previous, hash };
}

/** A trace in a list. */
export function traceView(trace: TraceSummary) {
  return {
    trace_id: trace.traceId,
    seq: trace.seq,
    started_at: iso(trace.startedAt),
    ended_at: iso(trace.endedAt),
    entries: trace.entries,
    last_kind: trace.lastKind,
    agent_id: trace.agentId,
    decision: trace.decision,
    tool_name: trace.tool,
  };
}
