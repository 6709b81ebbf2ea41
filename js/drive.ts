// The only loop: performs the machine's calls, sleeps its waits, returns its verdict. It decides nothing.

import { amended, type Outcome } from "./core/outcome.js";
import type { Call, ScanHandle } from "./core/scan-handle.js";
import { askGateway, UNUSABLE } from "./gateway-call.js";
import type { Settings } from "./options.js";
import type { WireRequest } from "./types.js";

/**
 * Who is told of an approval: when it is waited for, and right before it is used for a call. Both are waited for. `using` gives the
 * holder of the use, by which the gateway tells it from that of somebody else.
 */
export interface ApprovalWatch {
  opened(approvalId: string, asked: string): Promise<void>;
  using(digest: string): Promise<string | undefined>;
}

/**
 * Runs a scan to its end.
 *
 * @throws the signal's reason when it aborts; the scan has then ended in a refusal.
 */
export async function drive(
  scan: ScanHandle,
  scanned: WireRequest,
  settings: Settings,
  watch: ApprovalWatch,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { clock } = settings;
  let faulty: number | undefined;
  for (;;) {
    if (signal?.aborted) {
      scan.handleCancel();
      throw signal.reason;
    }
    const output = scan.poll();
    if ("forward" in output || "block" in output) return withLimit(scan.outcome(output, scanned), faulty === 429);
    if ("wait" in output) {
      const approval = scan.pendingApproval();
      if (approval !== undefined) await watch.opened(approval.approvalId, approval.asked);
      else if (!settings.retries.spend(faulty === 429)) {
        scan.handleExhausted();
        continue;
      }
      settings.telemetry?.waits(output.wait, approval?.approvalId);
      await clock.sleep(output.wait, signal);
      scan.handleTimeout(clock.now());
    } else {
      // Found open by a process that takes it up, an approval was never waited for here.
      const approval = output.call.kind === "consume" ? scan.pendingApproval() : undefined;
      let { call } = output;
      if (approval !== undefined) {
        await watch.opened(approval.approvalId, approval.asked);
        call = heldBy(await watch.using(approval.digest), call);
      }
      faulty = await perform(scan, call, settings, signal);
    }
  }
}

function heldBy(holder: string | undefined, call: Call): Call {
  return holder === undefined ? call : { ...call, body: JSON.stringify({ ...JSON.parse(call.body ?? "{}"), holder }) };
}

/** The machine knows that nobody could be asked; the caller should also know when that was for asking too often. */
function withLimit(outcome: Outcome, limited: boolean): Outcome {
  return limited && outcome.cause === "GATEWAY_UNREACHABLE" ? amended(outcome, { cause: "RATE_LIMITED" }) : outcome;
}

/** The status of the answer, if there was one. */
async function perform(
  scan: ScanHandle,
  call: Call,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { method, path, body, timeout_ms: timeoutMs } = call;
  const { clock } = settings;
  let answer: Awaited<ReturnType<typeof askGateway>>;
  try {
    answer = await askGateway(settings, { method, path, body, timeoutMs }, signal);
  } catch {
    scan.handleFailure(true, clock.now());
    return undefined;
  }
  if (answer === UNUSABLE) {
    scan.handleFailure(false, clock.now());
    return undefined;
  }
  if (answer.status < 400) settings.retries.succeeded();
  scan.handleResponse(answer.status, answer.body, answer.retryAfterMs, clock.now());
  return answer.status;
}
