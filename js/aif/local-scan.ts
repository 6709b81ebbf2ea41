// The scan before anything is sent: what a gateway of the older protocol gets of a call is what the local verdict releases.

import { ApprovalRequiredError } from "../approvals/errors.js";
import type { Outcome } from "../core/outcome.js";
import type { Context } from "../core/scan-handle.js";
import { PolicyDeniedError } from "../errors.js";
import type { LocalEngine } from "../local-engine.js";
import { invalidRequest, refusal } from "../refusal.js";
import type { WireRequest } from "../types.js";
import type { AifSettings } from "./options.js";

/** Decides a call by the local engine alone. */
export async function localScan(settings: AifSettings, request: WireRequest, runtime: string): Promise<Outcome> {
  const { engine, agentId, agentName } = settings;
  const context: Context = { agent: agentId, agent_name: agentName, runtime };
  const decide = async (): Promise<Outcome> => engine.decideHere(request, context);
  const { telemetry } = settings.asking;
  return telemetry === undefined ? await decide() : await telemetry.scan(agentId, (text) => engine.redact(text), true, decide);
}

/** @throws {InvalidRequestError} when a name or an id that is sent beside the call is a secret. */
export function requireClean(engine: LocalEngine, names: readonly (string | undefined)[]): void {
  const body = new TextEncoder().encode(names.filter((name) => name !== undefined).join("\n"));
  // By itself, and not as a call that is remembered.
  const { report } = engine.explain({ method: "POST", url: "tool://interven/scan", headers: [], body });
  if (report.findings.some((finding) => finding.class === "SECRETS" && finding.confidence !== "low"))
    throw invalidRequest("The call is not valid, so nothing was sent: a name or an id in it is a secret.");
}

/** The error for a call that the local engine does not release. */
export function localRefusal(outcome: Outcome, method: string): Error {
  const { report } = outcome;
  const details = { decision: report.decision, reasonCodes: report.reason_codes, report };
  if (report.decision === "REQUIRE_APPROVAL")
    return new ApprovalRequiredError(
      `It was not sent: a policy of this client wants a person's approval (${report.reason_codes.join(", ")}), and in the older protocol only the gateway can ask for one.`,
      details,
    );
  const error = refusal(outcome, method);
  if (error.code !== "ERR_INTERVEN_BLOCKED") return error;
  const matchedPolicies = [...new Set(report.matched_rules.map(({ policy }) => policy))];
  return new PolicyDeniedError(error.message, { ...details, matchedPolicies });
}
