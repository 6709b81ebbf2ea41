// Decides the call of a function under every reading that it has: the strictest holds, and all redactions are made.

import { handedOver } from "./approvals/executed.js";
import type { PendingApproval } from "./approvals/pending.js";
import { type CallTarget, toolUrl } from "./call-target.js";
import { optional } from "./checks.js";
import { amended, type Outcome } from "./core/outcome.js";
import type { Deciding } from "./decide.js";
import type { Inside } from "./guarding-client.js";
import { normaliseUrl } from "./local-engine.js";
import { refused } from "./refusal.js";
import type { Decision, Report, WireRequest } from "./types.js";

/** What the calls of functions can be told, beside where they lead. */
export interface CallOptions {
  /** Who calls. Default: the client's. */
  agentId?: string | undefined;
  /** What the agent is built with: `langchain`, `custom`, … */
  runtimeType?: string | undefined;
  /** Called when the call begins to wait for a person. Default: the client's. */
  onPending?: ((pending: PendingApproval) => unknown) | undefined;
  signal?: AbortSignal | undefined;
}

/** The names of the options above. */
export const CALL_OPTIONS = ["agentId", "runtimeType", "onPending", "signal"] as const;

/** @throws {ConfigurationError} for one of them with a value that cannot be used. */
export function callOptions({ agentId, runtimeType, onPending, signal }: CallOptions): CallOptions {
  return {
    agentId: optional("agentId", agentId, "string"),
    runtimeType: optional("runtimeType", runtimeType, "string"),
    onPending: optional("onPending", onPending, "function"),
    signal: optional("signal", signal ?? undefined, "object"),
  };
}

/** A call of a function: what it is given, as JSON, and its readings. */
export interface FunctionCall {
  body: string;
  /** The reading that always counts, and others beside it, made from the arguments as they then are. */
  targets: (body: string) => CallTarget[];
}

/** Who decides one reading; `decide` of a client, or the local engine alone. */
export type Decide = Inside["decide"];

/** Redactions were needed where a function call has no place for them. */
const NOT_REDACTABLE = "NOT_REDACTABLE";

/**
 * Decides a call. `outcome.request.body` is what the function may be given.
 *
 * Waiting for a person happens once, at the last reading: a person sees the same arguments under each.
 *
 * @throws the signal's reason when it aborts.
 */
export async function decideCall(
  { settings, engine }: Inside,
  decide: Decide,
  call: FunctionCall,
  options: CallOptions & { wait: boolean },
): Promise<Outcome> {
  const { agentId = settings.agentId, runtimeType, onPending, signal, wait } = options;
  const told = { agent: agentId, runtime: runtimeType, onPending, isFunction: true };
  const readings = call.targets(call.body);
  // Before anything is redacted: what the one reading hides, a rule about another may want to see.
  const floor = readings.length > 1 ? strictest(readings, (target) => explained(target, call.body)) : undefined;
  function explained(target: CallTarget, body: string): Decision {
    return engine.explain(wireRequest(target, body), { agentId, runtimeType }).report.decision;
  }
  if (floor?.decision === "DENY") return await decide(wireRequest(floor.target, call.body), { ...told, floor: "DENY" }, signal);

  const outcomes: Outcome[] = [];
  let body = call.body;
  let asks = floor?.decision === "REQUIRE_APPROVAL";
  const asked = askedReadings(readings);
  for (let index = 0; index < asked.length; index++) {
    const target = askedReadings(call.targets(body))[index] ?? (asked[index] as CallTarget);
    const last = index === asked.length - 1;
    const request = wireRequest(target, body);
    const context: Deciding = { ...told, claimed: outcomes.at(-1)?.report.classifications, wait: last && wait, announce: last };
    if (last && asks) context.floor = "REQUIRE_APPROVAL";
    const outcome = await decide(request, context, signal);
    outcomes.push(outcome);
    const held = !outcome.forward && outcome.report.decision === "REQUIRE_APPROVAL" && outcome.request !== undefined;
    if (outcome.request === undefined || !(outcome.forward || held)) return joined(outcomes, false);
    if (!sameHead(outcome.request, request)) return unredactable(outcome);
    asks ||= held;
    const shown = body;
    body = new TextDecoder("utf-8", { ignoreBOM: true }).decode(outcome.request.body);
    // A person may have changed the arguments, and with them where the other readings lead.
    if (last && outcome.forward && body !== shown) {
      const worst = strictest(call.targets(body), (target) => explained(target, body))?.decision;
      if (worst === "DENY" || worst === "SANITIZE") {
        await handedOver(outcome);
        return refused(outcome, "POLICY_MATCH");
      }
    }
  }
  return joined(outcomes, body !== call.body);
}

/** The reading with the strictest decision. */
function strictest(
  targets: CallTarget[],
  decide: (target: CallTarget) => Decision,
): { target: CallTarget; decision: Decision } | undefined {
  const decided = targets.map((target) => ({ target, decision: decide(target) }));
  return decided.sort((one, other) => RANK[other.decision] - RANK[one.decision])[0];
}

const RANK: Record<Decision, number> = { ALLOW: 0, SANITIZE: 1, REQUIRE_APPROVAL: 2, DENY: 3 };

/** The readings that are worth a question: of those that differ in their method alone, not the ones that only read. */
function askedReadings(targets: CallTarget[]): CallTarget[] {
  const reads = ({ method }: CallTarget) => method === "GET" || method === "HEAD";
  return targets.filter((target, index) => {
    const same = targets.filter(({ url }) => url === target.url);
    return reads(target) ? same.every(reads) && targets.findIndex(({ url }) => url === target.url) === index : true;
  });
}

/** What the engine and a gateway are shown of a reading. */
function wireRequest({ method, url }: CallTarget, body: string): WireRequest {
  const headers: [string, string][] = [["content-type", "application/json"]];
  return { method, url: normaliseUrl(url), headers, body: encoder.encode(body) };
}

const encoder = new TextEncoder();

/** Whether all but the body is as it was. */
export const sameHead = (one: WireRequest, other: WireRequest): boolean =>
  one.method === other.method && one.url === other.url && JSON.stringify(one.headers) === JSON.stringify(other.headers);

function unredactable(outcome: Outcome): Outcome {
  const report: Report = {
    ...outcome.report,
    decision: "DENY",
    reason_codes: union(outcome.report.reason_codes, [NOT_REDACTABLE]).sort(),
  };
  return amended(outcome, { forward: false, request: undefined, report, reportText: JSON.stringify(report) });
}

/** The last outcome, with what the others found. */
function joined(outcomes: Outcome[], redacted: boolean): Outcome {
  const last = outcomes.at(-1) as Outcome;
  if (outcomes.length === 1) return last;
  const reports = outcomes.map(({ report }) => report);
  const riskiest = reports.reduce((one, other) => (other.risk_score > one.risk_score ? other : one));
  const report: Report = {
    ...last.report,
    decision: last.report.decision === "ALLOW" && redacted ? "SANITIZE" : last.report.decision,
    reason_codes: union(...reports.map(({ reason_codes }) => reason_codes)).sort(),
    classifications: union(...reports.map(({ classifications }) => classifications)),
    signals: union(...reports.map(({ signals }) => signals)),
    findings: reports.flatMap(({ findings }) => findings),
    risk_score: riskiest.risk_score,
    risk_band: riskiest.risk_band,
  };
  return amended(last, { report, reportText: JSON.stringify(report) });
}

const union = <T>(...lists: T[][]): T[] => [...new Set(lists.flat())];

/** The outcome for a call that could not be read: a refusal, made without asking anybody. */
export async function unreadable({ decide, settings }: Inside, framework: string, options: CallOptions): Promise<Outcome> {
  const target = { method: "POST", url: toolUrl(framework, "unreadable") };
  const { agentId = settings.agentId, signal } = options;
  return await decide(wireRequest(target, "{}"), { agent: agentId, floor: "DENY" }, signal);
}
