/**
 * `/proxy/<upstream-url>`: scans a call, then sends exactly what the verdict holds, or refuses it.
 * Order: where it goes, all of its body, what it holds, the addresses, the record, and only then the first byte.
 */
import type { Context } from "hono";
import { readBody } from "../body.js";
import type { Call, Gatekeeper, Outcome } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import { recordedLabel } from "../recorded.js";
import { decisionHeaders, json, Refusal } from "../reply.js";
import type { GatewayEnv } from "../surface.js";
import { denialDetails, retryHeader } from "../views.js";
import { type AddressRules, refuseOwnNames } from "./addresses.js";
import type { Forwarding } from "./forwarding.js";
import { requestHeaders } from "./headers.js";
import { relay } from "./relay.js";
import { type ProxyTarget, parseTarget } from "./target.js";

/** What the route works with. */
export interface ProxyParts {
  gatekeeper: Gatekeeper;
  forwarding: Forwarding;
  addressRules: () => AddressRules;
  mode: Mode;
  maxBodyBytes: number;
  approvalUrl: (id: string) => string;
}

/** Makes the route. */
export function proxyRoute(parts: ProxyParts) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const raw = context.req.raw;
    const agentId = context.get("caller")?.key.agentId ?? (raw.headers.get("x-interven-agent-id") || "anonymous");
    const call: Call = {
      request: { method: raw.method, url: "", headers: [], body: new Uint8Array(0) },
      agentId,
      agentLabel: recordedLabel(agentId),
      traceId: crypto.randomUUID(),
      source: "proxy",
      mode: parts.mode,
    };
    context.set("agentId", call.agentLabel);
    let answer: Response;
    try {
      const target = await readCall(context, call, parts);
      answer = await decideAndSend(context, call, target, parts);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = await refuse(context, call, error, parts);
    }
    if (parts.mode === "monitor") answer.headers.set("x-interven-mode", "monitor");
    return answer;
  };
}

/** Fills in the call from the wire; throws for what no policy is asked about. */
async function readCall(context: Context<GatewayEnv>, call: Call, parts: ProxyParts): Promise<ProxyTarget> {
  const raw = context.req.raw;
  const target = parseTarget(context.env.target ?? raw.url.slice(new URL(raw.url).origin.length));
  call.request.url = target.url.href;
  refuseUninspectable(raw.headers);
  refuseOwnNames(target.url, parts.addressRules());
  call.request.body = await readBody(context.env.body ?? raw.body, raw.headers.get("content-length"), parts.maxBodyBytes);
  const headers = requestHeaders(raw.headers, target.crossOriginRedirect);
  // The gateway's own key is nothing to an upstream.
  const key = context.get("caller")?.header;
  call.request.headers = headers.filter(([name]) => name !== key);
  return target;
}

async function decideAndSend(
  context: Context<GatewayEnv>,
  call: Call,
  { crossOriginRedirect }: ProxyTarget,
  parts: ProxyParts,
): Promise<Response> {
  const forwarded = await parts.forwarding.forward(call, {
    key: context.get("caller")?.key,
    signal: context.env.departure ?? context.req.raw.signal,
  });
  const { outcome } = forwarded;
  const { report } = outcome;
  context.set("host", report.host);
  const marks = decisionHeaders(report.decision, call.traceId, report.reason_codes);
  if (forwarded.kind === "denied") return denied(call, outcome);
  if (forwarded.kind === "held") return held(call, outcome, marks, parts);
  if (forwarded.kind === "failed") return marked(forwarded.failure, marks);
  try {
    return relay(forwarded.answer, {
      method: forwarded.request.method,
      upstream: forwarded.target,
      redirected: crossOriginRedirect,
      marks,
      breakOff: context.env.breakOff,
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

function refuseUninspectable(headers: Headers): void {
  // Fields that are sent twice arrive here as one list.
  const transfer = headers.get("transfer-encoding");
  if (transfer !== null && transfer.toLowerCase() !== "chunked") {
    throw new Refusal(
      415,
      "UNINSPECTABLE_ENCODING",
      "A body in another Transfer-Encoding than chunked cannot be scanned. Send it as it is.",
    );
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.trim().toLowerCase() !== "identity") {
    throw new Refusal(
      415,
      "UNINSPECTABLE_ENCODING",
      "A compressed request body cannot be scanned. Send it without Content-Encoding.",
    );
  }
  if (/(^|,)\s*websocket\s*(,|$)/i.test(headers.get("upgrade") ?? "")) {
    throw new Refusal(501, "UPGRADE_UNSUPPORTED", "WebSocket connections cannot be scanned and are not proxied.");
  }
  const destination = headers.get("sec-fetch-dest");
  if (destination !== null && destination !== "empty") {
    throw new Refusal(
      403,
      "BROWSER_NAVIGATION",
      "The proxy serves agents; a browser may not open an upstream as a page of the gateway.",
    );
  }
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

function held(call: Call, { report, approval }: Outcome, marks: Record<string, string>, parts: ProxyParts): Response {
  if (!approval) throw new Refusal(500, "GATEWAY_INTERNAL_ERROR", "The approval could not be made. Nothing was sent.");
  return json(
    202,
    {
      decision: "REQUIRE_APPROVAL",
      reason_codes: report.reason_codes,
      risk_score: report.risk_score,
      trace_id: call.traceId,
      approval_id: approval.id,
      approval_url: parts.approvalUrl(approval.id),
      message: "Held by interven: nothing was sent. A person must approve; then send the same request again.",
    },
    marks,
  );
}

/** Answers what the gateway refuses by itself, after recording it. */
async function refuse(context: Context<GatewayEnv>, call: Call, refusal: Refusal, parts: ProxyParts): Promise<Response> {
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
