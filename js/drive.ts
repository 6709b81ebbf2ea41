// The only loop: performs the machine's calls, sleeps its waits, returns its verdict. It decides nothing.

import type { Call, Outcome, ScanHandle } from "./core/scan-handle.js";
import { askGateway, UNUSABLE } from "./gateway-call.js";
import type { Settings } from "./options.js";
import type { WireRequest } from "./types.js";

/** Milliseconds on a clock that never goes back. */
export const monotonicNow = (): number => performance.now();

/**
 * Runs a scan to its end.
 *
 * @throws the signal's reason when it aborts; the scan has then ended in a refusal.
 */
export async function drive(
  scan: ScanHandle,
  scanned: WireRequest,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  let announced = false;
  let limited = false;
  for (;;) {
    if (signal?.aborted) {
      scan.handleCancel();
      throw signal.reason;
    }
    const output = scan.poll();
    if ("forward" in output || "block" in output) return withLimit(scan.outcome(output, scanned), limited);
    if ("wait" in output) {
      const approvalId = scan.pendingApproval();
      if (approvalId !== undefined && !announced) {
        announced = true;
        settings.onPending?.({ approvalId, method: scanned.method, url: scanned.url });
      }
      settings.telemetry?.waits(output.wait, approvalId);
      await sleep(output.wait, signal);
      scan.handleTimeout(monotonicNow());
    } else {
      limited = await perform(scan, output.call, settings, signal);
    }
  }
}

/** The machine knows that nobody could be asked; the caller should also know when that was for asking too often. */
function withLimit(outcome: Outcome, limited: boolean): Outcome {
  return limited && outcome.cause === "GATEWAY_UNREACHABLE" ? { ...outcome, cause: "RATE_LIMITED" } : outcome;
}

/** Whether the gateway said that it is asked too often. */
async function perform(scan: ScanHandle, call: Call, settings: Settings, signal: AbortSignal | undefined): Promise<boolean> {
  const { method, path, body, timeout_ms: timeoutMs } = call;
  let answer: Awaited<ReturnType<typeof askGateway>>;
  try {
    answer = await askGateway(settings, { method, path, body, timeoutMs }, signal);
  } catch {
    scan.handleFailure(true, monotonicNow());
    return false;
  }
  if (answer === UNUSABLE) {
    scan.handleFailure(false, monotonicNow());
    return false;
  }
  scan.handleResponse(answer.status, answer.body, answer.retryAfterMs, monotonicNow());
  return answer.status === 429;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener("abort", wake, { once: true });
  });
}
