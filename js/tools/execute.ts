// One call that the gateway makes: decided here first, so that what is denied never leaves; then sent as it was decided.

import { ApprovalDeniedError } from "../approvals/errors.js";
import { executed } from "../approvals/executed.js";
import { PendingApproval } from "../approvals/pending.js";
import { waitForApproval } from "../approvals/status.js";
import { type Arguments, type CallTarget, toolUrl } from "../call-target.js";
import { knownOptions } from "../checks.js";
import type { Outcome } from "../core/outcome.js";
import { CALL_OPTIONS, type CallOptions, callOptions, type Decide, decideCall } from "../decide-call.js";
import type { GatewayAnswer } from "../gateway-call.js";
import { askOnce, gatewayError, refusedBy, requireGateway } from "../gateway-json.js";
import type { Inside } from "../guarding-client.js";
import type { Settings } from "../options.js";
import { NotPlain, plainCopy } from "../plain-copy.js";
import { isRecord } from "../record.js";
import { invalidRequest, refusal } from "../refusal.js";
import { readAnswer, type ToolAnswer } from "./answer.js";
import type { ToolResult } from "./types.js";

/** An operation with its parameters. */
interface ToolCall {
  tool: string;
  operation: string;
  params: Record<string, unknown>;
  leads: ((params: Arguments) => CallTarget | undefined) | undefined;
}

/** Has the gateway make the call, after a person's approval where one is needed. */
export async function execute(inside: Inside, call: ToolCall, options: CallOptions): Promise<ToolResult> {
  knownOptions(options, CALL_OPTIONS);
  requireGateway(inside.settings, "A tool");
  const { signal, ...rest } = callOptions(options);
  let approvalWaited = false;
  const onPending: typeof rest.onPending = (pending) => {
    approvalWaited = true;
    return (rest.onPending ?? inside.settings.onPending)?.(pending);
  };
  const own = { ...rest, onPending, signal };
  const { outcome, body } = await decided(inside, call, own);
  return await executed(outcome, async () => {
    const answer = await made(inside, call, body, onPending, signal);
    const redacted = outcome.report.decision === "SANITIZE";
    return { ...answer, decision: redacted ? "SANITIZE" : answer.decision, approvalWaited };
  });
}

/** The answer of the gateway, after a person's approval where it asks for one. */
async function made(
  { core, settings }: Inside,
  { tool, operation }: ToolCall,
  body: string,
  onPending: NonNullable<CallOptions["onPending"]>,
  signal: AbortSignal | undefined,
): Promise<Exclude<ToolAnswer, { approvalId: string }>> {
  const path = `/v1/tools/${tool}/${operation}`;
  const answer = readAnswer(await sent(settings, path, body, signal));
  if (!("approvalId" in answer)) return answer;
  const { approvalId } = answer;
  await onPending(PendingApproval.elsewhere(approvalId, "POST", toolUrl(tool, operation)));
  await waitForApproval(core, settings, approvalId, { ...(signal && { signal }) });
  // The gateway lets exactly this call through once, by the approval.
  const again = readAnswer(await sent(settings, path, body, signal));
  if (!("approvalId" in again)) return again;
  throw new ApprovalDeniedError("A person approved it, and the gateway asks for another approval: it was not made.", {
    decision: "DENY",
    reasonCodes: ["APPROVAL_MISMATCH"],
    approvalId,
  });
}

/** The local decision; where a person is needed, the gateway is asked for one before it makes the call. */
async function decided(
  inside: Inside,
  { tool, operation, params, leads }: ToolCall,
  options: CallOptions,
): Promise<{ outcome: Outcome; body: string }> {
  const text = JSON.stringify(copied(params));
  const targets = (body: string): CallTarget[] => {
    const lead = leads?.(JSON.parse(body) as Arguments);
    return [{ method: "POST", url: toolUrl(tool, operation) }, ...(lead === undefined ? [] : [lead])];
  };
  const call = { body: text, targets };
  let outcome = await decideCall(inside, alone(inside), call, { ...options, wait: false });
  if (!outcome.forward && outcome.report.decision === "REQUIRE_APPROVAL")
    outcome = await decideCall(inside, inside.decide, call, { ...options, wait: true });
  if (!outcome.forward || outcome.request === undefined) throw refusal(outcome, "", "The tool was not called");
  return { outcome, body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(outcome.request.body) };
}

/** The engine's own decision: it asks nobody. */
const alone =
  ({ engine }: Inside): Decide =>
  async (request, { wait: _wait, onPending: _onPending, announce: _announce, isFunction: _isFunction, ...context }, signal) => {
    signal?.throwIfAborted();
    return engine.decideHere(request, context);
  };

function copied(params: unknown): unknown {
  try {
    const copy = plainCopy(params);
    if (isRecord(copy)) return copy;
  } catch (error) {
    const why = error instanceof NotPlain ? error.message : "something that cannot be read";
    throw invalidRequest(`The parameters cannot be scanned, so nothing was sent: they hold ${why}.`);
  }
  throw invalidRequest("The parameters must be an object.");
}

/** Sends a call once. Only what the gateway has turned away unread (429) is sent again: anything else may have been made. */
async function sent(settings: Settings, path: string, body: string, signal: AbortSignal | undefined): Promise<GatewayAnswer> {
  const deadline = settings.clock.now() + settings.timeoutMs;
  for (let tries = 0; ; tries++) {
    const timeoutMs = Math.max(1, Math.floor(deadline - settings.clock.now()));
    const answer = await askOnce(settings, { method: "POST", path, body, timeoutMs }, signal);
    if (answer === undefined) throw gatewayError(`The gateway did not answer. ${UNKNOWN}`, "GATEWAY_UNREACHABLE");
    const pause = Math.min(Math.max(answer.retryAfterMs ?? 0, 250 * 2 ** tries), 20_000);
    const again = answer.status === 429 && tries < settings.maxRetries && settings.clock.now() + pause < deadline;
    if (!again) {
      if ([200, 202, 403].includes(answer.status)) return answer;
      if (answer.status >= 500) throw gatewayError(`The gateway answered ${answer.status}. ${UNKNOWN}`, "GATEWAY_UNREACHABLE");
      throw refusedBy(answer);
    }
    await settings.clock.sleep(pause, signal);
  }
}

const UNKNOWN = "Whether the call was made is not known, so it was not sent again: look at the service before you do.";
