/** OCSF 1.5.0, class API Activity (6003) with the profile `security_control`. */
import type { FlatEntry } from "./flat.js";

const CLASS = 6003;
const SEVERITY: Readonly<Record<string, number>> = { ALLOW: 1, SANITIZE: 2, REQUIRE_APPROVAL: 3, DENY: 4 };
const ACTIVITY: Readonly<Record<string, number>> = { POST: 1, PUT: 3, PATCH: 3, DELETE: 4 };
const OTHER = 99;

/** An entry as an OCSF event. */
export function ocsfEvent(entry: FlatEntry): object {
  const activity = activityOf(entry);
  return {
    activity_id: activity,
    ...(activity === OTHER ? { activity_name: String(entry.method ?? entry.kind) } : {}),
    category_uid: 6,
    class_uid: CLASS,
    type_uid: CLASS * 100 + activity,
    time: Date.parse(String(entry.time)),
    severity_id: SEVERITY[String(entry.decision)] ?? 1,
    metadata: {
      version: "1.5.0",
      profiles: ["security_control"],
      product: { name: "interven gateway", vendor_name: "interven" },
      event_code: entry.kind,
      uid: entry.hash,
      sequence: entry.seq,
      ...(entry.trace_id === null ? {} : { correlation_uid: entry.trace_id }),
    },
    actor: { app_name: String(entry.agent_id ?? entry.actor ?? "gateway") },
    src_endpoint: { name: String(entry.agent_id ?? entry.actor ?? "gateway") },
    api: {
      operation: String(entry.operation ?? entry.kind),
      ...(entry.tool_name === null ? {} : { service: { name: entry.tool_name } }),
    },
    ...(entry.host ? { dst_endpoint: { hostname: entry.host } } : {}),
    ...outcomeOf(entry),
    unmapped: entry,
  };
}

function activityOf({ kind, verb, method }: FlatEntry): number {
  if (kind !== "decision") return OTHER;
  if (verb === "READ") return 2;
  return ACTIVITY[String(method).toUpperCase()] ?? OTHER;
}

/** What became of the call: an id of the action, an id of the disposition, and the words where there is no id. */
function outcomeOf({ kind, decision, action }: FlatEntry): object {
  if (kind === "approval.approved") return outcome(1, 8, "Approved");
  if (kind === "approval.denied") return outcome(2, OTHER, "Denied by a person");
  if (kind !== "decision") return {};
  if (action === "hold" || decision === "REQUIRE_APPROVAL") {
    return action === "forward" ? outcome(3, 17, "Logged") : outcome(2, OTHER, "Held for approval");
  }
  // Monitor mode forwards what it would have refused or changed.
  if (decision === "DENY") return action === "forward" ? outcome(3, 17, "Logged") : outcome(2, 2, "Blocked");
  return decision === "SANITIZE" ? outcome(4, 11, "Corrected") : outcome(1, 1, "Allowed");
}

function outcome(action_id: number, disposition_id: number, disposition: string): object {
  return { action_id, disposition_id, disposition };
}
