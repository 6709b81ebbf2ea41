// Questions to the gateway that change nothing or may be asked twice, and the strict reading of its answers.

import {
  AuthenticationError,
  type BlockDetails,
  ConfigurationError,
  GatewayError,
  type IntervenBlockedError,
  PayloadTooLargeError,
  RateLimitError,
} from "./errors.js";
import { askGateway, type GatewayAnswer, type GatewayCall, UNUSABLE } from "./gateway-call.js";
import type { Settings } from "./options.js";
import { isRecord } from "./record.js";
import { strictJson } from "./strict-json.js";

/** An object of the gateway's; no member is believed yet. */
export type Answer = Record<string, unknown>;

/** @throws {ConfigurationError} without a gateway. */
export function requireGateway({ gatewayUrl }: Settings, what: string): void {
  if (gatewayUrl === undefined) throw new ConfigurationError(`${what} needs a gateway: set gatewayUrl, or an apiKey.`);
}

/** Statuses after which the same question may be answered. */
export const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** The longest pause between two tries, whatever the gateway says. */
const MOST_PAUSE_MS = 20_000;

/**
 * Asks, and asks again where the gateway could not be reached or could not answer, all within `timeoutMs`.
 *
 * @throws {GatewayError} when it cannot be asked, the signal's reason when it aborts.
 */
export async function askRepeatedly(
  settings: Settings,
  call: Omit<GatewayCall, "timeoutMs">,
  signal: AbortSignal | undefined,
): Promise<GatewayAnswer> {
  const deadline = settings.clock.now() + settings.timeoutMs;
  for (let tries = 0; ; tries++) {
    const timeoutMs = Math.max(1, Math.floor(deadline - settings.clock.now()));
    const answer = await askOnce(settings, { ...call, timeoutMs }, signal);
    if (answer !== undefined && !isTransient(answer.status)) return answer;
    // Spread, so that many clients do not come back at the same moment.
    const backoff = 250 * 2 ** Math.min(tries, 6) * (0.5 + Math.random());
    const pause = Math.min(Math.max(backoff, answer?.retryAfterMs ?? 0), MOST_PAUSE_MS);
    if (tries >= settings.maxRetries || settings.clock.now() + pause >= deadline) {
      if (answer !== undefined) return answer;
      throw gatewayError("The gateway could not be asked.", "GATEWAY_UNREACHABLE");
    }
    await settings.clock.sleep(pause, signal);
    signal?.throwIfAborted();
  }
}

/** One try: nothing where there was no answer. @throws {GatewayError} for an answer that is none. */
export async function askOnce(
  settings: Settings,
  call: GatewayCall,
  signal: AbortSignal | undefined,
): Promise<GatewayAnswer | undefined> {
  signal?.throwIfAborted();
  let answer: GatewayAnswer | typeof UNUSABLE;
  try {
    answer = await askGateway(settings, call, signal);
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
  if (answer === UNUSABLE) throw notUnderstood();
  return answer;
}

/** The object in an answer. @throws {GatewayError} for anything else. */
export function answered({ body }: GatewayAnswer): Answer {
  try {
    const value = strictJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (isRecord(value)) return value as Answer;
  } catch {
    // Told below, in words that quote nothing of it.
  }
  throw notUnderstood();
}

/** The error for a status that says the question was not taken. */
export function refusedBy({ status }: GatewayAnswer): IntervenBlockedError {
  const details = (code: string): BlockDetails => ({ decision: "DENY", reasonCodes: [code] });
  if (status === 401)
    return new AuthenticationError("The gateway did not accept the key: check apiKey.", details("GATEWAY_UNAUTHORIZED"));
  if (status === 429)
    return new RateLimitError("The gateway takes no more calls for now: ask later, or less often.", details("RATE_LIMITED"));
  if (status === 413) return new PayloadTooLargeError("It is larger than the gateway takes.", details("PAYLOAD_TOO_LARGE"));
  if (isTransient(status)) return gatewayError(`The gateway answered ${status}.`, "GATEWAY_UNREACHABLE");
  return gatewayError(`The gateway refused, with status ${status}: check gatewayUrl and apiKey.`, "GATEWAY_REFUSED");
}

export const gatewayError = (message: string, code: string): GatewayError =>
  new GatewayError(message, { decision: "DENY", reasonCodes: [code] });

export const notUnderstood = (): GatewayError =>
  gatewayError("The gateway's answer was not one that the protocol knows.", "GATEWAY_ANSWER_INVALID");

/** A member that is a list of texts. @throws {GatewayError} for anything else. */
export function texts(value: unknown): string[] {
  if (Array.isArray(value) && value.every((text) => typeof text === "string")) return value;
  throw notUnderstood();
}

/** Codes are repeated in errors, so what is no code is not. */
export const codes = (value: unknown): string[] =>
  texts(value).map((code) => (/^[A-Z0-9_]{1,64}$/.test(code) ? code : "UNRECOGNISED_REASON"));

/** An id as it may stand in a path and in an error; nothing for anything else. */
export const identifier = (value: unknown): string | undefined =>
  typeof value === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(value) ? value : undefined;
