/**
 * A request of an agent that the gateway makes for it: scans the call, then sends exactly what the verdict holds, or refuses
 * it. Order: where it goes, all of its body, what it holds, the addresses, the record, and only then the first byte.
 */
import type { Context } from "hono";
import { requestBody } from "../body.js";
import { type Call, newCall, type Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import { decisionHeaders, json, Refusal } from "../reply.js";
import type { AgentKey } from "../store/keys.js";
import type { GatewayEnv } from "../surface.js";
import { denialDetails, retryHeader } from "../views.js";
import { type AddressRules, refuseOwnNames } from "./addresses.js";
import type { Forwarding, Sending } from "./forwarding.js";
import { relay } from "./relay.js";
import { refuseUninspectable } from "./uninspectable.js";
import type { Ways } from "./ways.js";

/** What requests are served with. */
export interface ExchangeParts {
  gatekeeper: Gatekeeper;
  forwarding: Forwarding;
  addressRules: () => AddressRules;
  mode: Mode;
  maxBodyBytes: number;
}

/** Who asks, and by which way in. */
export interface Asker {
  agentId: string;
  key: AgentKey | undefined;
  source: "proxy" | "inbound";
  /** Sets the approvals of this way in apart from others for the same call. */
  approvedFor?: string;
}

/** Where a request goes and what it takes along. */
export interface Destination extends Pick<Sending, "added" | "allows"> {
  url: URL;
  headers: [string, string][];
  /** By which ways an answer from this URL sends the agent on. */
  ways: (upstream: URL) => Ways;
  /** The same call at the vendor of the tool that it is for. */
  vendorUrl?: string;
}

/** Serves one request. `find` says where it goes, and throws for what no policy is asked about. */
export async function exchange(
  context: Context<GatewayEnv>,
  { agentId, key, source, approvedFor }: Asker,
  find: () => Destination | Promise<Destination>,
  parts: ExchangeParts,
): Promise<Response> {
  const call: Call = {
    ...newCall({ method: context.req.raw.method, url: "", headers: [], body: new Uint8Array(0) }, agentId, source, parts.mode),
    ...(approvedFor === undefined ? {} : { approvedFor }),
  };
  context.set("agentId", call.agentLabel);
  let answer: Response;
  try {
    const destination = await find();
    await readCall(context, call, destination, parts);
    answer = await decideAndSend(context, call, key, destination, parts);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = await refuse(context, call, error, parts);
  }
  if (parts.mode === "monitor") answer.headers.set("x-interven-mode", "monitor");
  return answer;
}

/** Fills in the call from the wire; throws for what no policy is asked about. */
async function readCall(
  context: Context<GatewayEnv>,
  call: Call,
  { url, headers, vendorUrl }: Destination,
  parts: ExchangeParts,
): Promise<void> {
  call.request.url = url.href;
  refuseUninspectable(context.req.raw.headers);
  refuseOwnNames(url, parts.addressRules());
  call.request.body = await requestBody(context, parts.maxBodyBytes);
  call.request.headers = headers;
  if (vendorUrl !== undefined) call.vendorUrl = vendorUrl;
}

async function decideAndSend(
  context: Context<GatewayEnv>,
  call: Call,
  key: AgentKey | undefined,
  { added, allows, ways }: Destination,
  parts: ExchangeParts,
): Promise<Response> {
  const forwarded = await parts.forwarding.forward(call, {
    key,
    signal: context.env.departure ?? context.req.raw.signal,
    ...(added ? { added } : {}),
    ...(allows ? { allows } : {}),
  });
  const { outcome } = forwarded;
  const { report } = outcome;
  context.set("host", report.host);
  const marks = decisionHeaders(report.decision, call.traceId, report.reason_codes);
  if (forwarded.kind === "denied") return denied(call, outcome);
  if (forwarded.kind === "held") return held(call, outcome, marks);
  if (forwarded.kind === "failed") return marked(forwarded.failure, marks);
  try {
    return relay(forwarded.answer, {
      method: forwarded.request.method,
      ways: ways(forwarded.target),
      marks,
      carry: context.env.carry,
    });
  } catch (error) {
    if (error instanceof Refusal) return marked(error, marks);
    throw error;
  }
}

function marked(refusal: Refusal, marks: Record<string, string>): Response {
  const response = refusal.toResponse();
  for (const [name, value] of Object.entries(marks)) response.headers.set(name, value);
  return response;
}

function denied(call: Call, outcome: Outcome): Response {
  const { report } = outcome;
  return json(
    403,
    {
      decision: "DENY",
      reason_codes: report.reason_codes,
      risk_score: report.risk_score,
      trace_id: call.traceId,
      ...denialDetails(outcome),
      message: `Blocked by interven: ${describe(report)}. Nothing was sent.`,
    },
    { ...decisionHeaders("DENY", call.traceId, report.reason_codes), ...retryHeader(outcome) },
  );
}

function held(call: Call, { report, approval }: Outcome, marks: Record<string, string>): Response {
  if (!approval) throw new Refusal(500, "GATEWAY_INTERNAL_ERROR", "The approval could not be made. Nothing was sent.");
  return json(
    202,
    {
      decision: "REQUIRE_APPROVAL",
      reason_codes: report.reason_codes,
      risk_score: report.risk_score,
      trace_id: call.traceId,
      approval_id: approval.id,
      approval_url: approval.url,
      message: "Held by interven: nothing was sent. A person must approve; then send the same request again.",
    },
    marks,
  );
}

/** Answers what the gateway refuses by itself, after recording it. */
async function refuse(context: Context<GatewayEnv>, call: Call, refusal: Refusal, parts: ExchangeParts): Promise<Response> {
  const { report } = await parts.gatekeeper.refuse(call, refusal.code);
  context.set("host", report.host);
  return json(
    refusal.status,
    {
      decision: "DENY",
      reason_codes: report.reason_codes,
      risk_score: report.risk_score,
      trace_id: call.traceId,
      message: refusal.message,
      error: { code: refusal.code, message: refusal.message },
    },
    { ...refusal.headers, ...decisionHeaders("DENY", call.traceId, report.reason_codes) },
  );
}

function describe(report: Outcome["report"]): string {
  const found = report.findings
    .filter((finding) => !finding.placeholder && !finding.allowed)
    .map((finding) => `${finding.rule_id} in the ${finding.part.replace("_", " ")}`);
  const codes = report.reason_codes.join(", ");
  return found.length > 0 ? `${codes} (${[...new Set(found)].slice(0, 5).join(", ")})` : codes;
}
