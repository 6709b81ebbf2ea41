// One call to a gateway of the older protocol, from signed bytes to JSON that can be read in one way only.

import {
  AuthenticationError,
  type BlockDetails,
  GatewayError,
  PayloadTooLargeError,
  RateLimitError,
  ReplayRejectedError,
} from "../errors.js";
import { type Asking, askGateway, type GatewayAnswer, UNUSABLE } from "../gateway-call.js";
import { isRecord, textAt } from "../record.js";
import { strictJsonBytes } from "../strict-json.js";
import { pause } from "./pause.js";

/** What to ask. `make` is called for each try, so that each is signed and dated anew. */
export interface AifCall {
  asking: Asking;
  method: "GET" | "POST";
  path: string;
  make(): { body: Uint8Array<ArrayBuffer> | null; headers: Record<string, string> };
  timeoutMs: number;
  maxRetries: number;
  /** The gateway does nothing but answer, so it may be asked again after any fault. */
  reads: boolean;
  signal: AbortSignal | undefined;
}

/** An answer that is JSON, with a status that may stand over one. */
export interface AifAnswer {
  status: number;
  json: unknown;
}

/** Between two tries, before it grows; with up to half of it more. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Asks until there is an answer, the time is over, or asking again could do something twice.
 *
 * @throws the signal's reason when it aborts.
 */
export async function callGateway(call: AifCall): Promise<AifAnswer> {
  const deadline = performance.now() + call.timeoutMs;
  for (let tries = 0; ; tries++) {
    const answer = await attempt(call, deadline);
    call.signal?.throwIfAborted();
    const status = answer === undefined || answer === UNUSABLE ? 0 : answer.status;
    // Of a call that was refused for its number nothing was done.
    const again =
      answer !== UNUSABLE && ([429, 503].includes(status) || (call.reads && (status === 0 || status >= 500 || status === 408)));
    const left = deadline - performance.now();
    const wait = pauseMs(tries, answer);
    if (!again || tries >= call.maxRetries || wait >= left) return read(answer, call.reads);
    call.asking.telemetry?.waits(wait);
    await pause(wait, call.signal);
  }
}

async function attempt(call: AifCall, deadline: number): Promise<GatewayAnswer | typeof UNUSABLE | undefined> {
  const { asking, method, path, signal } = call;
  const timeoutMs = Math.max(1, Math.ceil(deadline - performance.now()));
  const made = call.make();
  try {
    return await askGateway(asking, { method, path, timeoutMs, ...made }, signal);
  } catch {
    // What a transport fails with may quote what was sent.
    return undefined;
  }
}

function pauseMs(tries: number, answer: GatewayAnswer | typeof UNUSABLE | undefined): number {
  const asked = answer === UNUSABLE ? undefined : answer?.retryAfterMs;
  const own = FIRST_PAUSE_MS * 2 ** tries * (1 + Math.random() / 2);
  return Math.min(Math.max(asked ?? 0, own), LONGEST_PAUSE_MS);
}

function read(answer: GatewayAnswer | typeof UNUSABLE | undefined, reads: boolean): AifAnswer {
  const unknown = reads ? "" : " Whether it did what it was asked is not known, so it was not asked again.";
  if (answer === undefined) throw new GatewayError(`The gateway gave no answer.${unknown}`, why("GATEWAY_UNREACHABLE", !reads));
  if (answer === UNUSABLE)
    throw new GatewayError(`The gateway's answer is a redirect or too long.${unknown}`, why("GATEWAY_ANSWER_INVALID", !reads));
  const { status, body } = answer;
  if (status === 401)
    throw new AuthenticationError(
      "The gateway did not accept the signature: check agentId and agentSecret.",
      why("GATEWAY_UNAUTHORIZED"),
    );
  if (status === 413) throw new PayloadTooLargeError("The request is larger than the gateway takes.", why("PAYLOAD_TOO_LARGE"));
  if (status === 429) throw new RateLimitError("The gateway had too many requests: try again later.", why("RATE_LIMITED"));
  const json = strictJsonBytes(body);
  if (status === 400 && isReplay(json?.value))
    throw new ReplayRejectedError(
      "The gateway has seen the request before, or this machine's clock is wrong.",
      why("REPLAY_REJECTED"),
    );
  if (status >= 500)
    throw new GatewayError(
      `The gateway failed with status ${status}.${unknown}`,
      why("GATEWAY_UNREACHABLE", !reads && status !== 503),
    );
  if (json === undefined)
    throw new GatewayError(
      `The gateway's answer is not JSON, or can be read in two ways.${unknown}`,
      why("GATEWAY_ANSWER_INVALID", !reads),
    );
  return { status, json: json.value };
}

function isReplay(json: unknown): boolean {
  return isRecord(json) && (textAt(json, "error") ?? "").toLowerCase().includes("replay");
}

/** `unknown`: the gateway may have done what it was asked. */
export function why(code: string, unknown = false): BlockDetails {
  return { decision: "DENY", reasonCodes: unknown ? [code, "OUTCOME_UNKNOWN"] : [code] };
}
