// Waits until a person has decided about a tool call that the gateway holds.

import { monotonicNow, sleep } from "../drive.js";
import { ApprovalDeniedError, ApprovalExpiredError, ApprovalTimeoutError, type BlockDetails } from "../errors.js";
import { answered, askOnce, isTransient, notUnderstood, refusedBy } from "../gateway-json.js";
import type { Settings } from "../options.js";

/** What may stand beside `approved`. */
const AGREES: readonly unknown[] = [undefined, null, "APPROVED", "approved", "ALLOW"];

/**
 * Resolves when the approval is given.
 *
 * @throws {ApprovalDeniedError} {@link ApprovalExpiredError} {@link ApprovalTimeoutError} when it is not, {@link GatewayError}
 * for an answer that is about something else.
 */
export async function approved(settings: Settings, approvalId: string, signal: AbortSignal | undefined): Promise<void> {
  const until = monotonicNow() + settings.approvalTimeoutMs;
  const details = (decision: BlockDetails["decision"], code: string) => ({ decision, reasonCodes: [code], approvalId });
  let pause = settings.pollIntervalMs;
  for (;;) {
    const left = until - monotonicNow();
    if (left <= 0)
      throw new ApprovalTimeoutError(
        "Nobody decided in the time that this client waits (approvalTimeoutMs); the call was not made.",
        details("REQUIRE_APPROVAL", "APPROVAL_TIMEOUT"),
      );
    await sleep(Math.min(pause, left), signal);
    const path = `/v1/approvals/${approvalId}/status`;
    const answer = await askOnce(settings, { method: "GET", path, body: null, timeoutMs: settings.timeoutMs }, signal);
    pause = Math.max(settings.pollIntervalMs, Math.min(answer?.retryAfterMs ?? 0, 60_000));
    if (answer === undefined || isTransient(answer.status)) continue;
    if (answer.status !== 200) throw refusedBy(answer);
    const { approval_id: id, status, decision, remaining_seconds: seconds } = answered(answer);
    if (id !== approvalId) throw notUnderstood();
    switch (status) {
      case "pending":
        break;
      case "approved":
        if (!AGREES.includes(decision) || (typeof seconds === "number" && seconds <= 0)) throw notUnderstood();
        return;
      case "denied":
        throw new ApprovalDeniedError("A person denied it; the call was not made.", details("DENY", "APPROVAL_DENIED"));
      case "expired":
        throw new ApprovalExpiredError("Nobody decided before the approval expired.", details("DENY", "APPROVAL_EXPIRED"));
      case "executed":
        throw new ApprovalDeniedError("The approval was used already.", details("DENY", "APPROVAL_MISMATCH"));
      default:
        throw notUnderstood();
    }
  }
}
