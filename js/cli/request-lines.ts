/** The request log: lines for people on a terminal, JSON lines for programs otherwise. */
import type { RequestLogEntry } from "../gateway/options.js";
import { visible } from "../visible.js";
import type { Env } from "./secret-input.js";

const COLOURS: Readonly<Record<string, number>> = { ALLOW: 32, SANITIZE: 36, REQUIRE_APPROVAL: 33, DENY: 31 };

/** Whether a stream gets colours: terminals do, unless NO_COLOR; FORCE_COLOR wins over the terminal. */
export function wantsColour(isTerminal: boolean, env: Env): boolean {
  if (env.NO_COLOR) return false;
  return env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : isTerminal;
}

/** One line for a person. */
export function readableLine(entry: RequestLogEntry, colour: boolean): string {
  const time = new Date(entry.at).toTimeString().slice(0, 8);
  const label = (entry.decision ?? String(entry.status)).padEnd(16);
  const shown = colour && entry.decision ? `\u001b[${COLOURS[entry.decision] ?? 0}m${label}\u001b[0m` : label;
  const parts = [
    time,
    shown,
    entry.route.padEnd(9),
    visible(entry.method).padEnd(6),
    visible(entry.host || "-"),
    entry.reasons.length > 0 ? visible(entry.reasons.join(" ")) : "",
    entry.agentId && entry.agentId !== "anonymous" ? `agent=${visible(entry.agentId)}` : "",
    `${entry.status}`,
    `${entry.durationMs} ms`,
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** One line for a program. */
export function jsonLine(entry: RequestLogEntry): string {
  return JSON.stringify({
    time: new Date(entry.at).toISOString(),
    route: entry.route,
    method: visible(entry.method),
    host: entry.host === null ? null : visible(entry.host),
    agent_id: entry.agentId === null ? null : visible(entry.agentId),
    status: entry.status,
    decision: entry.decision,
    reason_codes: entry.reasons,
    trace_id: entry.traceId,
    duration_ms: entry.durationMs,
  });
}
