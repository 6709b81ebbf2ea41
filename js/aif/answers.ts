// What a gateway of the older protocol answers, believed only where it is exactly what the protocol knows.

import { GatewayError } from "../errors.js";
import { isRecord, textAt, textsAt } from "../record.js";
import type { Decision } from "../types.js";
import { type AifAnswer, why } from "./call.js";

/** What became of an invocation. */
export interface InvokeResponse {
  decision: Decision;
  risk: { score: number; band: string; signals: string[] } | undefined;
  matchedPolicies: { policyId: string; ruleIds: string[]; policyVersion: string | undefined }[];
  reasonCodes: string[];
  /** With `REQUIRE_APPROVAL`: what to wait for. */
  approvalId: string | undefined;
  /** The gateway's own words. They may quote the call. */
  error: string | undefined;
  /** What the tool answered; only after `ALLOW` and `SANITIZE`. */
  upstreamResponse: unknown;
  responseActions: unknown;
  traceId: string | undefined;
  httpStatus: number;
  /** The whole answer. */
  raw: Record<string, unknown>;
  /** ALLOW or SANITIZE: the gateway made the call, in the latter case redacted. */
  allowed: boolean;
  /** DENY. */
  blocked: boolean;
  /** REQUIRE_APPROVAL. */
  needsApproval: boolean;
}

const STATUSES = ["pending", "approved", "denied", "expired", "executed"] as const;

/** Where an approval stands. */
export interface ApprovalStatus {
  approvalId: string;
  status: (typeof STATUSES)[number];
  decision: string | undefined;
  decidedAt: string | undefined;
  expiresAt: string | undefined;
  remainingSeconds: number | undefined;
  pollGuidance: unknown;
  retryGuidance: unknown;
  /** The whole answer. */
  raw: Record<string, unknown>;
  /** Nothing will change any more. */
  terminal: boolean;
}

/** Which statuses may stand over which decision. */
const FITTING: Record<Decision, number[]> = {
  ALLOW: [200],
  SANITIZE: [200],
  REQUIRE_APPROVAL: [200, 202],
  DENY: [200, 400, 403],
};

/** Ids go into paths. */
export const isId = (value: unknown): value is string => typeof value === "string" && /^[\w-]{1,128}$/.test(value);

/** @throws {GatewayError} for what is not exactly an answer to an invocation. */
export function invokeResponse({ status, json }: AifAnswer): InvokeResponse {
  const decision = isRecord(json) && Object.hasOwn(json, "decision") ? (json.decision as Decision) : undefined;
  if (!isRecord(json) || decision === undefined || typeof decision !== "string" || !Object.hasOwn(FITTING, decision))
    throw unbelievable();
  if (!FITTING[decision].includes(status)) throw unbelievable();
  const denied = decision === "DENY";
  const approvalId = json.approval_id ?? undefined;
  // A denial is one, whatever else is wrong with it.
  const reasonCodes = textsAt(json, "reason_codes") ?? (denied ? [] : undefined);
  if (reasonCodes === undefined || (approvalId !== undefined && !isId(approvalId) && !denied)) throw unbelievable();
  if (decision === "REQUIRE_APPROVAL" && approvalId === undefined) throw unbelievable();
  const made = decision === "ALLOW" || decision === "SANITIZE";
  return {
    decision,
    risk: risk(json.risk),
    matchedPolicies: policies(json.matched_policies),
    reasonCodes: reasonCodes.filter((code) => /^[A-Z0-9_]{1,64}$/.test(code)),
    approvalId: isId(approvalId) ? approvalId : undefined,
    error: textAt(json, "error"),
    upstreamResponse: made ? json.upstream_response : undefined,
    responseActions: json.response_actions,
    traceId: isId(json.trace_id) ? json.trace_id : undefined,
    httpStatus: status,
    raw: json,
    allowed: made,
    blocked: denied,
    needsApproval: decision === "REQUIRE_APPROVAL",
  };
}

function risk(given: unknown): InvokeResponse["risk"] {
  if (!isRecord(given) || typeof given.score !== "number") return undefined;
  const band = textAt(given, "band") ?? "";
  return { score: given.score, band: band === "MED" ? "MEDIUM" : band, signals: signals(given.signals) };
}

/** Gateways tell signals as names, or as objects with a name. */
function signals(given: unknown): string[] {
  const names = Array.isArray(given) ? given.map((one) => (isRecord(one) ? one.name : one)) : [];
  return names.filter((name) => typeof name === "string");
}

function policies(given: unknown): InvokeResponse["matchedPolicies"] {
  const rows = Array.isArray(given) ? given.filter(isRecord) : [];
  return rows.map((row) => ({
    policyId: textAt(row, "policy_id") ?? "",
    ruleIds: textsAt(row, "rule_ids") ?? [],
    policyVersion: ["string", "number"].includes(typeof row.policy_version) ? String(row.policy_version) : undefined,
  }));
}

/** @throws {GatewayError} for what is not exactly the status of this approval. */
export function approvalStatus({ status: http, json }: AifAnswer, approvalId: string): ApprovalStatus {
  if (!isRecord(json) || http !== 200 || json.approval_id !== approvalId) throw unbelievable(false);
  const status = STATUSES.find((known) => known === json.status);
  const decision = textAt(json, "decision");
  const remaining = typeof json.remaining_seconds === "number" ? json.remaining_seconds : undefined;
  if (status === undefined) throw unbelievable(false);
  // Approved, but by its own words denied, or no longer.
  const contradicts = (decision !== undefined && !["APPROVED", "approved", "ALLOW"].includes(decision)) || (remaining ?? 1) <= 0;
  if (status === "approved" && contradicts) throw unbelievable(false);
  return {
    approvalId,
    status,
    decision,
    decidedAt: textAt(json, "decided_at"),
    expiresAt: textAt(json, "expires_at"),
    remainingSeconds: remaining,
    pollGuidance: json.poll_guidance,
    retryGuidance: json.retry_guidance,
    raw: json,
    terminal: status !== "pending",
  };
}

function unbelievable(mayHaveRun = true): GatewayError {
  return new GatewayError("The gateway's answer is not one that the protocol knows.", why("GATEWAY_ANSWER_INVALID", mayHaveRun));
}
