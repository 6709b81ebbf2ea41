/** `POST /v1/tools/{tool}/{operation}`: a call that the gateway makes, with a credential that its agent never sees. */

import type { Context } from "hono";
import { claimedName } from "../agents/claimed-name.js";
import { requestBody } from "../body.js";
import { type Call, newCall, type Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import { type AddressRules, refuseOwnNames } from "../proxy/addresses.js";
import type { Forwarded, Forwarding } from "../proxy/forwarding.js";
import { decisionHeaders, jsonText, Refusal } from "../reply.js";
import type { Responses } from "../responses.js";
import type { GatewayEnv } from "../surface.js";
import { answerSource, isJson, readAndRecord, type ToolAnswer, UNRECORDED } from "../tools/answer.js";
import { toolCall } from "../tools/call.js";
import type { Catalogue } from "../tools/catalogue.js";
import { addedBy, type Credentials, heldBy, type OpenCredential } from "../tools/credentials.js";
import { Params } from "../tools/params.js";
import { outcomeFields, retryHeader } from "../views.js";

/** What the route works with. */
export interface ToolParts {
  gatekeeper: Gatekeeper;
  forwarding: Forwarding;
  catalogue: Catalogue;
  credentials: Credentials;
  responses: Responses;
  addressRules: () => AddressRules;
  mode: Mode;
  maxBodyBytes: number;
}

/** Makes the route. */
export function toolRoute(parts: ToolParts) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const raw = context.req.raw;
    const params = Params.read(await requestBody(context, parts.maxBodyBytes));
    const { tool = "", operation = "" } = context.req.param();
    const agentId = context.get("caller")?.key.agentId ?? claimedName(raw.headers);
    const made = await toolCall(parts.catalogue, parts.credentials, tool, operation, params);
    const { request, credential, vendorUrl } = made;
    const call: Call = {
      ...newCall(request, agentId, "tools", parts.mode),
      ...(vendorUrl === undefined ? {} : { vendorUrl }),
      ...heldBy(credential),
    };
    context.set("agentId", call.agentLabel);
    const forwarded = await forward(context, call, credential, parts);
    context.set("host", forwarded.outcome.report.host);
    if ("refusal" in forwarded) return said(403, call, forwarded.outcome, { error: forwarded.refusal.message });
    return answer(forwarded, call, credential, parts);
  };
}

/** What no policy is asked about is recorded, and answered like a denial: nothing was sent. */
async function forward(
  context: Context<GatewayEnv>,
  call: Call,
  credential: OpenCredential | undefined,
  { forwarding, gatekeeper, addressRules }: ToolParts,
): Promise<Forwarded | { refusal: Refusal; outcome: Outcome }> {
  try {
    refuseOwnNames(new URL(call.request.url), addressRules());
    return await forwarding.forward(call, {
      key: context.get("caller")?.key,
      signal: context.env.departure ?? context.req.raw.signal,
      added: addedBy(credential),
    });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const outcome = await gatekeeper.refuse(call, refusal.code);
    // About the key, not about the call.
    if (refusal.status === 401) throw refusal;
    return { refusal, outcome };
  }
}

async function answer(
  forwarded: Forwarded,
  call: Call,
  credential: OpenCredential | undefined,
  parts: ToolParts,
): Promise<Response> {
  const { kind, outcome } = forwarded;
  if (kind === "denied") return said(403, call, outcome, { error: "Blocked by interven. Nothing was sent." });
  if (kind === "held") {
    const { approval } = outcome;
    if (!approval) throw new Refusal(500, "GATEWAY_INTERNAL_ERROR", "The approval could not be made. Nothing was sent.");
    return said(202, call, outcome, { approval_id: approval.id, approval_url: approval.url });
  }
  if (credential) await parts.credentials.used(credential.tool);
  if (kind === "failed") return said(200, call, outcome, { error: forwarded.failure.message });
  const upstream = await readAndRecord(forwarded.answer, credential, call, parts.responses);
  if (upstream === "unrecorded") throw new Refusal(503, "AUDIT_UNAVAILABLE", UNRECORDED);
  if (upstream === "broken off")
    return said(200, call, outcome, { error: "The upstream broke off. Whether it acted on the request is unknown." });
  return said(200, call, outcome, {}, upstream);
}

/** The fields of a scan, and what became of the call. */
function said(status: number, call: Call, outcome: Outcome, more: object, upstream?: ToolAnswer): Response {
  const { report } = outcome;
  // In monitor mode everything is sent, as it was given.
  const monitored = status === 200 && call.mode === "monitor";
  const decision = monitored ? "ALLOW" : status === 403 ? "DENY" : report.decision;
  const fields = {
    ...outcomeFields(call.traceId, outcome),
    decision,
    ...(monitored ? { mode: "monitor", monitored_decision: report.decision } : {}),
    ...more,
  };
  const headers = {
    ...decisionHeaders(report.decision, call.traceId, report.reason_codes),
    ...(call.mode === "monitor" ? { "x-interven-mode": "monitor" } : {}),
    ...retryHeader(outcome),
  };
  const sanitized = monitored || status === 403 ? undefined : sanitizedSource(call, outcome);
  const members = [
    ...(sanitized === undefined ? [] : [`"sanitized_body":${sanitized}`]),
    ...(upstream ? [`"upstream":${answerSource(upstream)}`] : []),
  ];
  return jsonText(status, `${[JSON.stringify(fields).slice(0, -1), ...members].join(",")}}`, headers);
}

/** JSON source of the body that is sent instead of the one that was given, where there is another. */
function sanitizedSource({ request }: Call, { verdict }: Outcome): string | undefined {
  const given = new TextDecoder().decode(request.body);
  const body = new TextDecoder().decode((verdict.forward ?? verdict.preview)?.body ?? request.body);
  if (body === given) return undefined;
  return isJson(body) ? body : JSON.stringify(body);
}
