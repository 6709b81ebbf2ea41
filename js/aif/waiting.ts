// Waiting for a person, who may take longer than an outage.

import { ApprovalDeniedError, ApprovalExpiredError, ApprovalTimeoutError } from "../approvals/errors.js";
import { whole } from "../checks.js";
import { GatewayError, type IntervenBlockedError } from "../errors.js";
import type { Telemetry } from "../telemetry.js";
import type { ApprovalStatus } from "./answers.js";
import { why } from "./call.js";
import { pause } from "./pause.js";

/** How to wait for a person. */
export interface WaitOptions {
  /** How long. Default 3,600,000. */
  timeoutMs?: number;
  /** The same, by its older name. */
  maxWaitMs?: number;
  /** Between two questions. Default 5,000, at least 2,500. */
  pollIntervalMs?: number;
  /** Whether every end but `approved` throws. Default true. */
  raiseOnTerminal?: boolean;
  signal?: AbortSignal;
}

type Poll = (id: string, timeoutMs: number) => Promise<ApprovalStatus>;

/** Asks until there is an end, and throws for every end that does not release the call. */
export async function waitFor(
  id: string,
  options: WaitOptions,
  poll: Poll,
  telemetry: Telemetry | undefined,
): Promise<ApprovalStatus> {
  const timeoutMs = whole("timeoutMs", options.timeoutMs ?? options.maxWaitMs, 3_600_000, 1, 86_400_000);
  const pollIntervalMs = whole("pollIntervalMs", options.pollIntervalMs, 5_000, 2_500, 600_000);
  const end = telemetry?.approval(id);
  let came = "ABORTED";
  try {
    const status = await decided(id, timeoutMs, pollIntervalMs, options.signal, poll, telemetry);
    came = status.status.toUpperCase();
    if ((options.raiseOnTerminal ?? true) && status.status !== "approved") throw ended(status);
    return status;
  } catch (error) {
    if (error instanceof ApprovalTimeoutError) came = "TIMEOUT";
    throw error;
  } finally {
    end?.(came);
  }
}

async function decided(
  id: string,
  timeoutMs: number,
  pollIntervalMs: number,
  signal: AbortSignal | undefined,
  poll: Poll,
  telemetry: Telemetry | undefined,
): Promise<ApprovalStatus> {
  const deadline = performance.now() + timeoutMs;
  const left = () => Math.max(1, Math.ceil(deadline - performance.now()));
  for (;;) {
    try {
      const status = await poll(id, left());
      if (status.terminal) return status;
    } catch (error) {
      // What is wrong with the question itself will not become right.
      const passing = error instanceof GatewayError && /RATE_LIMITED|GATEWAY_UNREACHABLE/.test(error.reasonCodes.join());
      if (!passing) throw error;
    }
    const wait = Math.min(pollIntervalMs, left());
    telemetry?.waits(wait, id);
    await pause(wait, signal);
    if (wait < pollIntervalMs)
      throw new ApprovalTimeoutError("Nobody decided in the time that this client waits.", pendingOf(id, "APPROVAL_TIMEOUT"));
  }
}

const pendingOf = (approvalId: string, code: string) => ({ ...why(code), decision: "REQUIRE_APPROVAL" as const, approvalId });

function ended({ status, approvalId }: ApprovalStatus): IntervenBlockedError {
  if (status === "expired")
    return new ApprovalExpiredError("Nobody decided before the approval expired.", pendingOf(approvalId, "APPROVAL_EXPIRED"));
  const used = status === "executed";
  return new ApprovalDeniedError(used ? "The approval was used already." : "A person denied the call.", {
    ...why(used ? "APPROVAL_MISMATCH" : "APPROVAL_DENIED"),
    approvalId,
  });
}
