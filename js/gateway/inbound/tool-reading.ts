/** A call to a tool's API at a host of one's own, decided as a call to the tool too. That can only make it stricter. */
import type { Call, Gatekeeper } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import { serviceOf } from "../services.js";
import type { InboundRoute } from "../store/inbound-routes.js";

/** What is done with a call before it is decided: redactions that the tool's rules ask for are made, the rest is a floor. */
export function toolReading(route: InboundRoute, tool: string, gatekeeper: Gatekeeper, mode: Mode) {
  const vendor = serviceOf(tool).base;
  return (call: Call): void => {
    if (vendor === undefined || route.upstreamUrl === vendor) return;
    const read = { ...call.request, url: vendor + call.request.url.slice(route.upstreamUrl.length) };
    const { decision, forward, preview, report } = gatekeeper.scan({ ...call, request: read });
    const redacted = forward ?? preview;
    const redactable = redacted === undefined || (redacted.url === read.url && same(redacted.headers, read.headers));
    const floor = decision === "SANITIZE" ? "ALLOW" : decision;
    call.context = { floor: redactable ? floor : "DENY", claimed: report.classifications };
    if (redacted && redactable && mode === "enforce") call.request.body = redacted.body;
  };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
