// A waiting call taken up again, in this process or another one.

import type { Deciding } from "../decide.js";
import { ConfigurationError } from "../errors.js";
import { type Sending, sendGuarded } from "../fetch.js";
import type { Settings } from "../options.js";
import { type Snapshot, snapshot } from "../request.js";
import type { WireRequest } from "../types.js";
import { DigestKey } from "./digest-key.js";
import { ApprovalTokenError } from "./errors.js";
import { honoursIdempotencyKey } from "./execution.js";
import type { Token } from "./token.js";

/** Waits for the approval of a token and sends the call, once. */
export async function resumeCall(
  by: Sending,
  token: string,
  input: RequestInfo | URL | undefined,
  init: RequestInit | undefined,
): Promise<Response> {
  const { settings, decide } = by;
  const { tokenKey, gatewayUrl = null, maxBodyBytes } = settings;
  if (tokenKey === undefined)
    throw new ConfigurationError("A token is signed: set tokenKey to the one that the token was made with.");
  const read = await tokenKey.read(token);
  const { approvalId, digest, agentId, gateway, isFunction, digestKey: sealed } = read.claims;
  if (gateway !== gatewayUrl)
    throw new ApprovalTokenError("The approval was asked for elsewhere: set gatewayUrl to the gateway that has it.");
  if (isFunction === true) throw new ApprovalTokenError("The token holds the call of a function: run that again.");
  const given = input === undefined ? unsealed(read, init) : await snapshot(input, init, maxBodyBytes);
  const digestKey = sealed === undefined ? undefined : await DigestKey.opened(tokenKey, sealed);
  const own: Deciding = { agent: agentId, resume: { approvalId, digest }, digestKey };
  const first: Sending["decide"] = async (request, known, signal) => {
    const outcome = await decide(request, known, signal);
    if (known !== own || outcome.cause !== "APPROVAL_USED") return outcome;
    const sentDigest = await repeatable(settings, read, request);
    if (sentDigest === undefined) return outcome;
    return await decide(request, { agent: agentId, again: { approvalId, digest: sentDigest } }, signal);
  };
  return await sendGuarded({ ...by, decide: first }, () => given, own);
}

function unsealed({ request }: Token, init: RequestInit | undefined): Snapshot {
  if (request === undefined)
    throw new ApprovalTokenError("The token holds no call: give the same one again, or make tokens with `payload: true`.");
  const signal = init?.signal ?? undefined;
  return { request, init: signal === undefined ? {} : { signal }, redirect: "follow", signal };
}

/** Services forget keys after a day. */
const REPEATABLE_MS = 23 * 3_600_000;

/**
 * A call that may have been sent is sent again only where the destination runs it once, under the `Idempotency-Key` that it went
 * out with, and only exactly as it was, by the digest that was kept before.
 */
async function repeatable({ approvalStore, idempotentHosts }: Settings, { claims }: Token, request: WireRequest) {
  const { record } = (await approvalStore?.read(claims.approvalId)) ?? {};
  if (record === undefined || record.digest !== claims.digest || record.keyed !== true) return undefined;
  const mayHave = record.state === "sending" || record.state === "unknown";
  const young = Date.now() - record.createdAtMs < REPEATABLE_MS;
  return mayHave && young && honoursIdempotencyKey(request, idempotentHosts) ? record.sentDigest : undefined;
}
