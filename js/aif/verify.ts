// The other side of the signature: what a host checks before it believes a request of the older protocol.

import { copiedBytes } from "../bytes.js";
import { knownOptions, whole } from "../checks.js";
import type { Core } from "../core/instance.js";
import { AuthenticationError, ConfigurationError, ReplayRejectedError } from "../errors.js";
import { isRecord, textAt } from "../record.js";
import { strictJsonBytes } from "../strict-json.js";
import { MemoryNonces, type NonceStore } from "./nonces.js";
import { isSignature } from "./signature.js";
import { MCP_TIME, parseTime } from "./time.js";

/** A signed request, as it arrived. */
export interface SignedRequest {
  /** The raw body: bytes, or the text that they are in UTF-8. Never what a parser made of it. */
  body: Uint8Array | ArrayBuffer | string;
  /** `X-AIF-Signature`. */
  signature: string | null | undefined;
  /** The secret of the agent that the request names. */
  secret: string;
  /** `X-AIF-Timestamp`. The signature does not cover it, so it must be the same as the time in the body. */
  timestamp?: string | null | undefined;
  /**
   * Believes `timestamp` where the body says no time, as requests to `/mcp` of other clients do not: whoever has seen such a
   * request can send it again at any later time. Default false.
   */
  dangerouslyBelieveTimestamp?: boolean;
  /** How far that time may be from now, to either side. Default 60,000. */
  toleranceMs?: number;
  /**
   * Remembers requests that were accepted, so that none is twice. Default: one store for this process. `false`: do not look,
   * where whatever is asked may be asked twice.
   */
  nonces?: NonceStore | false;
  /** The time now, in milliseconds since 1970. Default: the clock's. */
  nowMs?: number;
}

const KNOWN = ["body", "signature", "secret", "timestamp", "dangerouslyBelieveTimestamp", "toleranceMs", "nonces", "nowMs"];
const ours = new MemoryNonces();

/**
 * Accepts a request once, or throws.
 *
 * @throws {AuthenticationError} for a signature that is not the one of this body under this secret.
 * @throws {ReplayRejectedError} for a request that is too old, from the future, says no time, or was accepted before.
 * @throws {ConfigurationError} for an argument that cannot be used, such as an empty secret.
 */
export async function verify(core: Core, request: SignedRequest): Promise<void> {
  knownOptions(request, KNOWN);
  const { secret, nonces = ours, nowMs = Date.now() } = request;
  if (typeof secret !== "string" || secret === "") throw new ConfigurationError("secret must be a text that is not empty.");
  if (nonces !== false && typeof nonces?.claim !== "function")
    throw new ConfigurationError("nonces must have the function claim, or be false.");
  if (!Number.isFinite(nowMs)) throw new ConfigurationError("nowMs must be milliseconds since 1970.");
  const toleranceMs = whole("toleranceMs", request.toleranceMs, 60_000, 1, 86_400_000);
  const body = typeof request.body === "string" ? new TextEncoder().encode(request.body) : copiedBytes(request.body);
  if (body === undefined) throw new ConfigurationError("body must be bytes or a text.");
  const given = request.signature;
  if (typeof given !== "string" || !isSignature(core, secret, body, given))
    throw new AuthenticationError("The signature is not the one of this body.", {
      decision: "DENY",
      reasonCodes: ["SIGNATURE_INVALID"],
    });
  const saidMs = time(body, request.timestamp ?? undefined, request.dangerouslyBelieveTimestamp === true);
  if (saidMs === undefined) throw replay("says no time that is signed, or two times");
  if (Math.abs(nowMs - saidMs) > toleranceMs) throw replay("is too old or from the future");
  // Until its time alone would refuse it. Only what is signed gets so far, so strangers cannot fill the store.
  const untilMs = saidMs + toleranceMs + 1;
  if (nonces !== false && (await nonces.claim(given, untilMs, nowMs)) !== true) throw replay("was accepted before");
}

/** What the request says its time is; nothing when it says none that can be read, or two. */
function time(body: Uint8Array, timestamp: string | undefined, believed: boolean): number | undefined {
  const inside = timeInside(body);
  if (inside === undefined) return believed ? parseTime(timestamp) : undefined;
  return timestamp === undefined || timestamp === inside ? parseTime(inside) : undefined;
}

/** `ts` of an invocation, or what `AifMcpMiddleware` adds to a JSON-RPC request. */
function timeInside(body: Uint8Array): string | undefined {
  const root = strictJsonBytes(body)?.value;
  if (!isRecord(root)) return undefined;
  const { params } = root;
  const meta = isRecord(params) ? params._meta : undefined;
  return textAt(root, "ts") ?? (isRecord(meta) ? textAt(meta, MCP_TIME) : undefined);
}

function replay(why: string): ReplayRejectedError {
  return new ReplayRejectedError(`The request ${why}.`, { decision: "DENY", reasonCodes: ["REPLAY_REJECTED"] });
}
