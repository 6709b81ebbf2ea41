/** What became of a call, as `/invoke` and `/approvals/{id}/execute` tell it. */
import type { Report } from "../../types.js";
import { decisionHeaders, json, jsonText, type Refusal } from "../reply.js";
import type { Approval } from "../store/store.js";
import { answerSource } from "../tools/answer.js";
import { approvalStatusView, retryHeader } from "../views.js";
import type { MadeCall } from "./calls.js";

/** Makes the answer. Under monitor mode a call that was made is an ALLOW, with the reasons that it would not have been. */
export function invokeAnswer(made: MadeCall): Response {
  const { call, outcome, answer, failure } = made;
  const { report, approval } = outcome;
  // What is sent under monitor mode is sent as it was given.
  const decision = answer && call.mode === "monitor" ? "ALLOW" : report.decision;
  const problem = failure?.message ?? explanation(decision, report);
  const fields = {
    decision,
    risk: risk(report),
    matched_policies: matchedPolicies(report),
    reason_codes: report.reason_codes,
    trace_id: call.traceId,
    tool_name: report.tool_name,
    operation: report.operation,
    ...(approval ? { approval_id: approval.id, approval_url: approval.url } : {}),
    ...(problem === undefined ? {} : { error: problem }),
    ...(failure === undefined ? {} : { error_code: failure.code }),
  };
  const text = JSON.stringify(fields);
  const body = answer ? `${text.slice(0, -1)},"upstream_response":${answerSource(answer)}}` : text;
  const headers = { ...decisionHeaders(report.decision, call.traceId, report.reason_codes), ...retryHeader(outcome) };
  return jsonText(statusOf(made), body, call.mode === "monitor" ? { ...headers, "x-interven-mode": "monitor" } : headers);
}

/** The answer to an execution that was not begun. */
export function notExecuted(approvalId: string, { status, code, message }: Refusal): Response {
  if (status === 401 || status === 404) return json(status, { approval_id: approvalId, error: message, error_code: code });
  const pending = code === "APPROVAL_PENDING";
  return json(pending ? 202 : 403, {
    decision: pending ? "REQUIRE_APPROVAL" : "DENY",
    matched_policies: [],
    reason_codes: [code],
    approval_id: approvalId,
    error: message,
    error_code: code,
  });
}

/** Where an approval stands, for whoever knows its id: nothing of the call, and nothing that a person has made of it. */
export function statusAnswer(approval: Approval, now: number, outcomeUnknown: boolean): Response {
  const { edited_body: _body, edited_version: _version, ...view } = approvalStatusView(approval, now);
  const next = outcomeUnknown
    ? "The approval was used, and it is not known how the call has ended. Look at the tool before you ask for it again."
    : NEXT[approval.status];
  return json(200, { ...view, retry_guidance: next });
}

const NEXT: Record<Approval["status"], string> = {
  pending: "Ask for the status again.",
  approved: "Execute the approval before it expires.",
  denied: "Do not ask for this call again.",
  expired: "Ask for the call again to ask for another approval.",
  executed: "The call was made. Ask for it again to ask for another approval.",
};

function statusOf({ outcome, answer, failure }: MadeCall): number {
  if (answer) return 200;
  if (outcome.report.decision === "DENY") return 403;
  if (outcome.approval) return 202;
  return failure?.status ?? 500;
}

function explanation(decision: Report["decision"], report: Report): string | undefined {
  if (decision === "DENY") return `Blocked by interven: ${report.reason_codes.join(", ")}. Nothing was sent.`;
  if (decision === "REQUIRE_APPROVAL") return "Held by interven: nothing was sent. A person must approve.";
  return undefined;
}

function risk({ risk_score: score, risk_band: band, signals, risk_contributions: contributions }: Report) {
  return { score, band, signals: signals.map((name) => ({ name, contribution: contributions[name] ?? 0 })) };
}

function matchedPolicies(report: Report) {
  const rules = report.matched_rules.filter(({ suppressed }) => !suppressed);
  return [...new Set(rules.map(({ policy }) => policy))].map((policy) => ({
    policy_id: policy,
    rule_ids: rules.filter((rule) => rule.policy === policy).map(({ rule_id: id }) => id),
    policy_version: null,
  }));
}
