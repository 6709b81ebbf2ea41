/**
 * A call to a tool that lies at an address of one's own is read as if it went to its vendor, too: what rules say of the
 * tool and its operations holds there as well. Of the two readings the stricter counts.
 */
import type { LocalVerdict, Report, ScanContext, WireRequest } from "../types.js";

/** How the engine decides. */
type Scan = (request: WireRequest, context: ScanContext) => LocalVerdict;

/** The verdict of both readings, about the request as it will be sent. */
export function readTwice(scan: Scan, request: WireRequest, vendorUrl: string, context: ScanContext): LocalVerdict {
  const { grant: _, ...alone } = context;
  const vendor = scan({ ...request, url: vendorUrl }, alone);
  const { url, headers, body } = vendor.forward ?? vendor.preview ?? { ...request, url: vendorUrl };
  // What was redacted in one URL has no place in the other.
  const floor = url === vendorUrl ? gateOf(vendor) : "DENY";
  const own = scan({ ...request, headers, body }, { ...context, floor: stricter(floor, context.floor) });
  const redacted = !sameHeaders(headers, request.headers) || !sameBytes(body, request.body);
  const decision = own.decision === "ALLOW" && redacted ? "SANITIZE" : own.decision;
  const report = joined(vendor.report, { ...own.report, decision });
  const shown = decision === "SANITIZE" && own.forward ? { preview: own.forward } : {};
  return { ...own, ...shown, decision, report, reportText: JSON.stringify(report) };
}

/** What both readings say, under the host that is called. */
export function joined(vendor: Report, own: Report): Report {
  const heavier = vendor.risk_score > own.risk_score ? vendor : own;
  const rules = new Map([...vendor.matched_rules, ...own.matched_rules].map((rule) => [`${rule.policy}/${rule.rule_id}`, rule]));
  const union = <T>(one: readonly T[], other: readonly T[]) => [...new Set([...one, ...other])];
  return {
    ...own,
    tool_name: vendor.tool_name,
    operation: vendor.operation,
    verb: vendor.verb,
    categories: vendor.categories,
    resource: vendor.resource,
    reason_codes: union(own.reason_codes, vendor.reason_codes),
    classifications: union(own.classifications, vendor.classifications),
    signals: union(heavier.signals, [...own.signals, ...vendor.signals]),
    findings: vendor.findings.length > own.findings.length ? vendor.findings : own.findings,
    risk_score: heavier.risk_score,
    risk_band: heavier.risk_band,
    risk_contributions: heavier.risk_contributions,
    incident: own.incident ?? vendor.incident,
    matched_rules: [...rules.values()],
  };
}

const GATES = ["ALLOW", "REQUIRE_APPROVAL", "DENY"] as const;
type Gate = (typeof GATES)[number];

const gateOf = ({ decision }: LocalVerdict): Gate => (decision === "SANITIZE" ? "ALLOW" : decision);

const stricter = (one: Gate, other: Gate = "ALLOW"): Gate => (GATES.indexOf(one) > GATES.indexOf(other) ? one : other);

const sameHeaders = (one: WireRequest["headers"], other: WireRequest["headers"]) => JSON.stringify(one) === JSON.stringify(other);

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
