// One call to the gateway: with the key, without redirects, in a given time, and no longer than an answer should be.

import type { Settings } from "./options.js";
import { readStream } from "./read-stream.js";

/** Largest answer of a gateway that is read. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Whom to ask, and with what. */
export type Asking = Pick<Settings, "gatewayUrl" | "apiKey" | "fetch" | "telemetry">;

/** What to ask. */
export interface GatewayCall {
  method: "GET" | "POST";
  /** Below the gateway's URL. */
  path: string;
  /** JSON. */
  body: string | Uint8Array<ArrayBuffer> | null;
  /** Beside the ones that every call has. */
  headers?: Record<string, string>;
  timeoutMs: number;
}

/** What it said. The body is not believed yet. */
export interface GatewayAnswer {
  status: number;
  body: Uint8Array;
  retryAfterMs: number | undefined;
}

/** The answer that is none: a redirect would take the key and the scan to another host, and nothing is as long as that. */
export const UNUSABLE = "unusable";

/**
 * Asks the gateway.
 *
 * @throws whatever the transport fails with, and when the time is over or the signal aborts.
 */
export async function askGateway(
  settings: Asking,
  call: GatewayCall,
  signal: AbortSignal | undefined,
): Promise<GatewayAnswer | typeof UNUSABLE> {
  const { telemetry } = settings;
  if (telemetry === undefined) return await ask(settings, call, signal);
  const startedMs = performance.now();
  let answer: GatewayAnswer | typeof UNUSABLE | undefined;
  try {
    answer = await ask(settings, call, signal);
    return answer;
  } finally {
    const { method, path } = call;
    const status = answer === UNUSABLE ? "redirected or too large" : (answer?.status ?? "no answer");
    telemetry.asked({ host: new URL(settings.gatewayUrl ?? "").host, method, path, startedMs, status });
  }
}

async function ask(
  settings: Asking,
  call: GatewayCall,
  signal: AbortSignal | undefined,
): Promise<GatewayAnswer | typeof UNUSABLE> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), call.timeoutMs);
  const abort = () => deadline.abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const response = await settings.fetch(`${settings.gatewayUrl}${call.path}`, {
      method: call.method,
      headers: { ...headers(settings, call.body !== null), ...call.headers },
      body: call.body,
      redirect: "manual",
      signal: deadline.signal,
    });
    const redirected = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    if (redirected) response.body?.cancel().catch(() => {});
    const body = redirected ? undefined : await readAnswer(response, deadline.signal);
    if (body === undefined) return UNUSABLE;
    return { status: response.status, body, retryAfterMs: retryAfterMs(response.headers.get("retry-after")) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function headers(settings: Asking, withBody: boolean): Record<string, string> {
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
