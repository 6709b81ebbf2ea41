/** `POST /v1/scan`: decides a call that its client will send by itself. */
import type { Context } from "hono";
import type { LocalVerdict, WireRequest } from "../../types.js";
import type { Admission } from "../agents/admission.js";
import { requestBody } from "../body.js";
import { type Call, newCall, type Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import type { RemoteGateway } from "../remote/remote-gateway.js";
import { decisionHeaders, jsonText } from "../reply.js";
import type { GatewayEnv } from "../surface.js";
import { outcomeFields, retryHeader } from "../views.js";
import { parseScanRequest, type ScanRequest } from "./scan-request.js";

/** Largest body of a scan, in bytes. */
export const MAX_SCAN_BYTES = 256 * 1024;

/** What the route works with. */
export interface ScanParts {
  gatekeeper: Gatekeeper;
  admission: Admission;
  mode: Mode;
  remote: RemoteGateway | undefined;
}

/** Makes the route. */
export function scanRoute({ gatekeeper, admission, mode, remote }: ScanParts) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const raw = context.req.raw;
    const scan = parseScanRequest(await requestBody(context, MAX_SCAN_BYTES));
    const key = context.get("caller")?.key;
    // A key says who its agent is, whatever the agent says.
    const agentId = key?.agentId ?? scan.agentId;
    const call: Call = {
      ...newCall(scan.request, agentId, "scan", mode),
      context: scan.context,
      bodyKind: scan.bodyKind,
      ...(remote ? { hops: remote.hops(raw.headers) } : {}),
      ...(scan.requestDigest === undefined ? {} : { clientDigest: scan.requestDigest }),
    };
    context.set("agentId", call.agentLabel);

    const outcome = (await admission.refusal(call, key)) ?? (await decided(gatekeeper, scan, call));
    context.set("host", outcome.report.host);
    return answer(scan, call, outcome);
  };
}

/** The settled outcome of a scan whose client can do what the verdict asks; a refusal of any other. */
export async function decided(gatekeeper: Gatekeeper, scan: ScanRequest, call: Call): Promise<Outcome> {
  const verdict = await gatekeeper.decide(call);
  return canBeApplied(scan, verdict) ? gatekeeper.settle(call, verdict) : gatekeeper.refuse(call, "REDACTION_OUTSIDE_BODY");
}

/** The answer to a scan. */
export function answer(scan: ScanRequest, call: Call, outcome: Outcome): Response {
  const { report, approval } = outcome;
  const fields = {
    ...outcomeFields(call.traceId, outcome),
    ...(approval ? { approval_id: approval.id, approval_url: approval.url } : {}),
  };
  const sanitized = sanitizedSource(scan, outcome.verdict);
  const text = JSON.stringify(fields);
  const headers = { ...decisionHeaders(report.decision, call.traceId, report.reason_codes), ...retryHeader(outcome) };
  return jsonText(200, sanitized === undefined ? text : `${text.slice(0, -1)},"sanitized_body":${sanitized}}`, headers);
}

/** JSON source of the redacted body; always there on SANITIZE, because older clients send the original without it. */
function sanitizedSource(scan: ScanRequest, verdict: LocalVerdict): string | undefined {
  const redacted = redactedRequest(verdict);
  if (!redacted) return undefined;
  const text = new TextDecoder().decode(redacted.body);
  if (verdict.decision === "REQUIRE_APPROVAL" && text === new TextDecoder().decode(scan.request.body)) return undefined;
  if (scan.bodyKind === "text") return JSON.stringify(text);
  return text === "" ? "null" : text;
}

/** True when the client can do what the verdict asks: it can replace its body by one of the same type, nothing else. */
function canBeApplied(scan: ScanRequest, verdict: LocalVerdict): boolean {
  const redacted = redactedRequest(verdict);
  if (!redacted) return verdict.decision === "ALLOW" || verdict.decision === "DENY" || verdict.preview === undefined;
  const { request } = scan;
  if (redacted.url !== request.url || JSON.stringify(redacted.headers) !== JSON.stringify(request.headers)) return false;
  return scan.bodyKind === "text" || jsonType(redacted.body) === jsonType(request.body);
}

function redactedRequest(verdict: LocalVerdict): WireRequest | undefined {
  if (verdict.decision === "SANITIZE") return verdict.forward;
  return verdict.decision === "REQUIRE_APPROVAL" ? verdict.preview : undefined;
}

function jsonType(body: Uint8Array): string {
  const first = new TextDecoder().decode(body.subarray(0, 64)).trimStart().charAt(0);
  if (first === "-" || (first >= "0" && first <= "9")) return "number";
  return first === "t" || first === "f" ? "boolean" : first;
}
