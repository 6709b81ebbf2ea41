// A waiting call taken up again, in this process or another one.

import type { Outcome } from "../core/scan-handle.js";
import type { Deciding } from "../decide.js";
import { ApprovalTokenError, ConfigurationError } from "../errors.js";
import { sendGuarded } from "../fetch.js";
import type { Settings } from "../options.js";
import { type Snapshot, snapshot } from "../request.js";
import type { WireRequest } from "../types.js";
import { honoursIdempotencyKey } from "./execution.js";
import type { Token } from "./token.js";

type Decide = (request: WireRequest, own: Deciding, signal: AbortSignal | undefined) => Promise<Outcome>;

/** Waits for the approval of a token and sends the call, once. */
export async function resumeCall(
  settings: Settings,
  decide: Decide,
  token: string,
  input: RequestInfo | URL | undefined,
  init: RequestInit | undefined,
): Promise<Response> {
  const { tokenKey, gatewayUrl = null, maxBodyBytes } = settings;
  if (tokenKey === undefined)
    throw new ConfigurationError("A token is signed: set tokenKey to the one that the token was made with.");
  const read = await tokenKey.read(token);
  const { approvalId, digest, agentId, gateway } = read.claims;
  if (gateway !== gatewayUrl)
    throw new ApprovalTokenError("The approval was asked for elsewhere: set gatewayUrl to the gateway that has it.");
  const given = input === undefined ? unsealed(read, init) : await snapshot(input, init, maxBodyBytes);
  const again = await sentBefore(settings, read, given.request);
  const own: Deciding = again ?? { agent: agentId, resume: { approvalId, digest } };
  return await sendGuarded(settings, decide, given, own);
}

function unsealed({ request }: Token, init: RequestInit | undefined): Snapshot {
  if (request === undefined)
    throw new ApprovalTokenError("The token holds no call: give the same one again, or make tokens with `payload: true`.");
  const signal = init?.signal ?? undefined;
  return { request, init: signal === undefined ? {} : { signal }, redirect: "follow", signal };
}

/**
 * A call that may have been sent is sent again only where the destination runs it once for its `Idempotency-Key`, and only
 * exactly as it was: by the digest that was kept before.
 */
async function sentBefore({ approvalStore, idempotentHosts }: Settings, { claims }: Token, request: WireRequest) {
  const { record } = (await approvalStore?.read(claims.approvalId)) ?? {};
  const mayHave = record?.state === "sending" || record?.state === "unknown";
  if (!mayHave || record.sentDigest === undefined || record.digest !== claims.digest) return undefined;
  if (!honoursIdempotencyKey(request, idempotentHosts)) return undefined;
  return { agent: claims.agentId, again: { approvalId: claims.approvalId, digest: record.sentDigest } };
}
