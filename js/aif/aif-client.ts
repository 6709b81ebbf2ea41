// The client of the older protocol, in which the gateway makes the calls: over any build of the core.

import { optional } from "../checks.js";
import type { Core } from "../core/instance.js";
import { ConfigurationError, PolicyDeniedError } from "../errors.js";
import { checkedGateway } from "../options.js";
import { invalidRequest } from "../refusal.js";
import { type ApprovalStatus, approvalStatus, type InvokeResponse, invokeResponse, isId } from "./answers.js";
import { callGateway } from "./call.js";
import { type InvokeParams, identity, readInvocation, upstreamRequest } from "./invocation.js";
import { localRefusal, localScan, requireClean } from "./local-scan.js";
import { type AifOptions, type AifSettings, settleAif } from "./options.js";
import { settleUpstreams, type Upstreams } from "./upstreams.js";
import { type WaitOptions, waitFor } from "./waiting.js";

/** Options of an `AifClient`. */
export interface AifClientOptions extends AifOptions {
  /** What the agent is built with. Default `javascript`. */
  runtimeType?: string;
  /** Default `dev`. */
  deploymentEnv?: string;
  /** Where approvals are asked for. Default: the gateway, with port 4100 in place of 4000. */
  telemetryUrl?: string;
  /** Whether `invoke` throws a `PolicyDeniedError` on DENY. Default true; false: the answer says it. */
  raiseOnDeny?: boolean;
  /** Where the gateway sends the calls of tools of your own, such as `{ jira: "https://corp.atlassian.net" }`. */
  upstreams?: Upstreams;
}

/** The credential for an approved call. */
export type ExecuteParams = Pick<InvokeParams, "credentialType" | "credentialToken" | "scopes" | "signal">;

const OWN = ["runtimeType", "deploymentEnv", "telemetryUrl", "raiseOnDeny", "upstreams"];

/** What the clients of all entries have in common. */
export class LocalAifClient {
  readonly #settings: AifSettings;
  readonly #telemetryUrl: string;
  readonly #context: { runtime_type: string; deployment_env: string };
  readonly #raises: boolean;
  readonly #upstreams: Map<string, string>;

  /** @throws {ConfigurationError} for an option that is unknown, missing, or cannot be used. */
  constructor(core: Core, options: AifClientOptions) {
    this.#settings = settleAif(core, options, OWN);
    const { raiseOnDeny = true } = options;
    if (typeof raiseOnDeny !== "boolean") throw new ConfigurationError("raiseOnDeny must be true or false.");
    this.#raises = raiseOnDeny;
    this.#context = {
      runtime_type: optional("runtimeType", options.runtimeType, "string") ?? "javascript",
      deployment_env: optional("deploymentEnv", options.deploymentEnv, "string") ?? "dev",
    };
    this.#upstreams = settleUpstreams(options.upstreams);
    const given = optional("telemetryUrl", options.telemetryUrl, "string");
    this.#telemetryUrl = given === undefined ? besides(this.#settings.asking.gatewayUrl) : checkedGateway(given, "telemetryUrl");
  }

  /**
   * Has the gateway make a call. It is scanned here first: what a local DENY names does not leave, and what is redacted leaves
   * redacted. The credential alone leaves as it is.
   *
   * @throws {PolicyDeniedError} on DENY, of the gateway or of the local scan.
   * @throws {IntervenBlockedError} or another of its subclasses when the call could not be made; with the reason code
   * `OUTCOME_UNKNOWN` the gateway may have made it.
   */
  async invoke(params: InvokeParams): Promise<InvokeResponse> {
    const call = readInvocation(params, this.#upstreams);
    requireClean(this.#settings.engine, [call.toolName, call.operation, call.traceId, ...call.identity.scopes]);
    const outcome = await localScan(this.#settings, call.wire, this.#context.runtime_type);
    call.signal?.throwIfAborted();
    if (!outcome.forward) {
      const error = localRefusal(outcome, call.wire.method);
      if (this.#raises || !(error instanceof PolicyDeniedError)) throw error;
      return denied(error, call.traceId);
    }
    const { agentId, agentName } = this.#settings;
    // Written once; only the time is of each try.
    const head = [
      `"tool_name":${JSON.stringify(call.toolName)}`,
      ...(call.operation === undefined ? [] : [`"operation":${JSON.stringify(call.operation)}`]),
      `"upstream_request":${upstreamRequest(call, outcome)}`,
      `"agent_context":${JSON.stringify({ agent_id: agentId, agent_name: agentName, ...this.#context })}`,
      `"identity_context":${JSON.stringify(call.identity)}`,
      `"trace_id":${JSON.stringify(call.traceId)}`,
    ].join();
    const response = await this.#post("/invoke", () => `{${head},"ts":"${new Date().toISOString()}"}`, {}, call.signal);
    return this.#settled(response, call.traceId);
  }

  /**
   * Where an approval stands. Asks once, and again only after a fault.
   *
   * @throws {GatewayError} for an answer that is not about this approval.
   */
  async pollApproval(approvalId: string, options: { signal?: AbortSignal } = {}): Promise<ApprovalStatus> {
    return await this.#poll(checkedId(approvalId), this.#settings.timeoutMs, options.signal);
  }

  /**
   * Waits until a person has decided.
   *
   * @throws {ApprovalDeniedError} when it was denied, or was executed already, {ApprovalExpiredError} when nobody decided, and
   * {ApprovalTimeoutError} after `timeoutMs`.
   */
  async waitForApproval(approvalId: string, options: WaitOptions = {}): Promise<ApprovalStatus> {
    const poll = (id: string, timeoutMs: number) => this.#poll(id, Math.min(this.#settings.timeoutMs, timeoutMs), options.signal);
    return await waitFor(checkedId(approvalId), options, poll, this.#settings.asking.telemetry);
  }

  /**
   * Has the gateway make the call that was approved; it does so once.
   *
   * @throws as `invoke` does.
   */
  async executeApproval(approvalId: string, params: ExecuteParams = {}): Promise<InvokeResponse> {
    const path = `/approvals/${checkedId(approvalId)}/execute`;
    const { credential_token, credential_type, scopes } = identity(params);
    const body = JSON.stringify({ credential_token, credential_type, scopes });
    const { agentId } = this.#settings;
    const who = () => ({ "x-aif-agent-id": agentId, "x-aif-timestamp": new Date().toISOString() });
    return this.#settled(await this.#post(path, () => body, who, params.signal), undefined);
  }

  #settled(response: InvokeResponse, traceId: string | undefined): InvokeResponse {
    const settled = { ...response, traceId: response.traceId ?? traceId };
    if (!settled.blocked || !this.#raises) return settled;
    const { reasonCodes, matchedPolicies, approvalId } = settled;
    throw new PolicyDeniedError(`The gateway denied the call (${reasonCodes.join(", ")}).`, {
      decision: "DENY",
      reasonCodes,
      approvalId,
      traceId: settled.traceId,
      matchedPolicies: matchedPolicies.map(({ policyId }) => policyId),
    });
  }

  async #post(
    path: string,
    write: () => string,
    who: Record<string, string> | (() => Record<string, string>),
    signal: AbortSignal | undefined,
  ): Promise<InvokeResponse> {
    const { asking, sign, timeoutMs, maxRetries } = this.#settings;
    const make = () => {
      const body = new TextEncoder().encode(write());
      return { body, headers: { ...(typeof who === "function" ? who() : who), "x-aif-signature": sign(body) } };
    };
    const call = { asking, method: "POST", path, make, timeoutMs, maxRetries, reads: false, signal } as const;
    return invokeResponse(await callGateway(call));
  }

  async #poll(id: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<ApprovalStatus> {
    const { asking, maxRetries } = this.#settings;
    const answer = await callGateway({
      asking: { ...asking, gatewayUrl: this.#telemetryUrl },
      method: "GET",
      path: `/approvals/${id}/status`,
      make: () => ({ body: null, headers: {} }),
      timeoutMs,
      maxRetries,
      reads: true,
      signal,
    });
    return approvalStatus(answer, id);
  }
}

/** In the older protocol approvals are asked for at another port. */
function besides(gatewayUrl: string | undefined): string {
  const url = new URL(gatewayUrl ?? "");
  if (url.port === "4000") url.port = "4100";
  return url.href.replace(/\/+$/, "");
}

/** @throws {InvalidRequestError} for what would be another path. */
function checkedId(approvalId: unknown): string {
  if (isId(approvalId)) return approvalId;
  throw invalidRequest("The id of an approval is 1 to 128 letters, digits, `-` and `_`.");
}

/** What a DENY of the local scan looks like to a caller that wants answers and no errors. */
function denied(error: PolicyDeniedError, traceId: string): InvokeResponse {
  return {
    decision: "DENY",
    risk: undefined,
    matchedPolicies: error.matchedPolicies.map((policyId) => ({ policyId, ruleIds: [], policyVersion: undefined })),
    reasonCodes: [...error.reasonCodes],
    approvalId: undefined,
    error: error.message,
    upstreamResponse: undefined,
    responseActions: undefined,
    traceId,
    httpStatus: 0,
    raw: {},
    allowed: false,
    blocked: true,
    needsApproval: false,
  };
}
