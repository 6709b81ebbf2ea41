// The only loop: performs the machine's calls, sleeps its waits, returns its verdict. It decides nothing.

import type { Call, Outcome, ScanHandle } from "./core/scan-handle.js";
import type { Settings } from "./options.js";
import { readStream } from "./read-stream.js";
import type { WireRequest } from "./types.js";

/** Largest answer of a gateway that is read. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

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
  for (;;) {
    if (signal?.aborted) {
      scan.handleCancel();
      throw signal.reason;
    }
    const output = scan.poll();
    if ("forward" in output || "block" in output) return scan.outcome(output, scanned);
    if ("wait" in output) {
      const approvalId = scan.pendingApproval();
      if (approvalId !== undefined && !announced) {
        announced = true;
        settings.onPending?.({ approvalId, method: scanned.method, url: scanned.url });
      }
      await sleep(output.wait, signal);
      scan.handleTimeout(monotonicNow());
    } else {
      await perform(scan, output.call, settings, signal);
    }
  }
}

async function perform(scan: ScanHandle, call: Call, settings: Settings, signal: AbortSignal | undefined): Promise<void> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), call.timeout_ms);
  const abort = () => deadline.abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const response = await settings.fetch(`${settings.gatewayUrl}${call.path}`, {
      method: call.method,
      headers: headers(settings, call.body !== null),
      body: call.body,
      redirect: "manual",
      signal: deadline.signal,
    });
    // A redirect would take the key and the scan to another host: it is not an answer.
    const redirected = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    if (redirected) response.body?.cancel().catch(() => {});
    const body = redirected ? undefined : await readAnswer(response, deadline.signal);
    if (body === undefined) return scan.handleFailure(false, monotonicNow());
    scan.handleResponse(response.status, body, retryAfterMs(response.headers.get("retry-after")), monotonicNow());
  } catch (error) {
    if (error instanceof Error && error.name === "EngineError") throw error;
    scan.handleFailure(true, monotonicNow());
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function headers(settings: Settings, withBody: boolean): Record<string, string> {
  const fields: Record<string, string> = { accept: "application/json" };
  if (withBody) fields["content-type"] = "application/json";
  if (settings.apiKey !== undefined) fields.authorization = `Bearer ${settings.apiKey}`;
  return fields;
}

/** The whole answer, or nothing when it is larger than any answer should be. Read bit by bit: it may not end. */
async function readAnswer(response: Response, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { body } = response;
  if (body === null) return new Uint8Array();
  // A `fetch` of the caller's may give answers whose body is no stream of this platform.
  if (typeof body?.getReader !== "function") {
    const whole = new Uint8Array(await response.arrayBuffer());
    return whole.byteLength > MAX_ANSWER_BYTES ? undefined : whole;
  }
  return await readStream(body, MAX_ANSWER_BYTES, signal);
}

/** Seconds only: a date would need a clock that both sides share. */
function retryAfterMs(value: string | null): number | undefined {
  return value !== null && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : undefined;
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
