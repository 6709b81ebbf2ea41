// The gateway's answer to a tool call, read strictly: status and decision must say the same.

import { IntervenBlockedError } from "../errors.js";
import type { GatewayAnswer } from "../gateway-call.js";
import { type Answer, answered, codes, gatewayError, identifier, notUnderstood, refusedBy, texts } from "../gateway-json.js";
import type { Report } from "../types.js";
import type { ToolResult } from "./types.js";

/** A call that was made, or the approval that it needs. */
export type ToolAnswer = Omit<ToolResult, "approvalWaited"> | { approvalId: string };

const DECISIONS: Record<number, readonly unknown[]> = { 200: ["ALLOW", "SANITIZE"], 202: ["REQUIRE_APPROVAL"], 403: ["DENY"] };

/** @throws {IntervenBlockedError} for a DENY, {GatewayError} for what is no answer. */
export function readAnswer(given: GatewayAnswer): ToolAnswer {
  // Without a decision, 403 is about the key.
  const answer = given.status === 403 ? (attempt(() => answered(given)) ?? {}) : answered(given);
  const { decision } = answer;
  if (given.status === 403 && decision === undefined) throw refusedBy(given);
  if (!DECISIONS[given.status]?.includes(decision)) throw notUnderstood();
  const reasonCodes = codes(answer.reason_codes);
  const traceId = identifier(answer.trace_id);
  if (decision === "DENY")
    throw new IntervenBlockedError(`The gateway did not make the call: DENY (${reasonCodes.join(", ")}).`, {
      decision,
      reasonCodes,
      traceId,
    });
  if (decision === "REQUIRE_APPROVAL") {
    const approvalId = identifier(answer.approval_id);
    if (approvalId === undefined) throw notUnderstood();
    return { approvalId };
  }
  return {
    decision: decision as "ALLOW" | "SANITIZE",
    ...risk(answer),
    reasonCodes,
    classifications: texts(answer.classifications ?? []),
    signals: texts(answer.signals ?? []),
    toolName: text(answer.tool_name),
    operation: text(answer.operation),
    traceId,
    upstream: upstream(answer),
  };
}

const BANDS: Record<string, Report["risk_band"]> = {
  LOW: "LOW",
  MEDIUM: "MEDIUM",
  MED: "MEDIUM",
  HIGH: "HIGH",
  CRITICAL: "CRITICAL",
};

function risk({ risk_score: score, risk_band: band }: Answer): Pick<ToolResult, "riskScore" | "riskBand"> {
  if (typeof score !== "number" || typeof band !== "string" || !Object.hasOwn(BANDS, band)) throw notUnderstood();
  return { riskScore: score, riskBand: BANDS[band] as Report["risk_band"] };
}

function upstream({ upstream: given, error }: Answer): ToolResult["upstream"] {
  if (given === undefined || given === null) {
    if (typeof error === "string")
      throw gatewayError(
        "The gateway allowed the call and had no answer to it: whether it was made is not known.",
        "UPSTREAM_FAILED",
      );
    throw notUnderstood();
  }
  const { status, body = null } = given as Answer;
  if (!Number.isInteger(status) || (status as number) < 100 || (status as number) > 599) throw notUnderstood();
  return { status: status as number, body };
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw notUnderstood();
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
