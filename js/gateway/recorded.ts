/** What is kept of a call: bounded in size, and without the secrets and personal data that an agent may put anywhere. */
import { redactText } from "../engine.js";
import type { CallFacts, LocalVerdict, Report, WireRequest } from "../types.js";
import type { RecordedReport, StoredBody } from "./store/store.js";

/** Findings of one report that are kept; the rest is counted. */
const MAX_RECORDED_FINDINGS = 100;
const MAX_LABEL_LENGTH = 200;
/** Largest body whose text is kept, in bytes, and how much of it, in characters. */
const MAX_STORED_BODY_BYTES = 1024 * 1024;
const MAX_STORED_URL_LENGTH = 2048;
const MAX_STORED_TEXT_LENGTH = 64 * 1024;

/** Names that come with every call, found to hold nothing that would be redacted: what does is never kept. */
const plainLabels = new Set<string>();
const MOST_PLAIN_LABELS = 1024;

/** A name that an agent chose, as it may be stored, logged and shown. Redacted before it is cut: half a secret is not found. */
export function recordedLabel(text: string): string {
  if (plainLabels.has(text)) return text;
  const label = redactText(text).slice(0, MAX_LABEL_LENGTH);
  if (label === text) {
    if (plainLabels.size >= MOST_PLAIN_LABELS) plainLabels.clear();
    plainLabels.add(text);
  }
  return label;
}

/** A report as it is stored. */
export function recordedReport(report: Report): RecordedReport {
  return {
    ...report,
    findings: report.findings.slice(0, MAX_RECORDED_FINDINGS),
    findings_total: report.findings.length,
  };
}

/** The body of a call as it is stored. Whatever is found in it is redacted, also what the policies let through. */
export function storedBody(request: WireRequest, verdict: LocalVerdict): StoredBody {
  const bytes = request.body.length;
  const text = readable(verdict) && bytes <= MAX_STORED_BODY_BYTES ? utf8((verdict.preview ?? request).body) : undefined;
  if (text === undefined) return { bytes, truncated: bytes > 0 };
  const redacted = redactText(text);
  return {
    text: redacted.slice(0, MAX_STORED_TEXT_LENGTH),
    bytes,
    truncated: redacted.length > MAX_STORED_TEXT_LENGTH,
  };
}

/**
 * What trying other policies on the call needs, where the engine said so. With bodies that are stored, also the URL without
 * its query and whether the text is the very body: each only where nothing was found that would have to be redacted.
 */
export function recordedFacts(
  request: WireRequest,
  { facts, report }: LocalVerdict,
  isAgentExact: boolean,
  stored: { body: StoredBody | undefined } | undefined,
): CallFacts | undefined {
  if (facts === undefined) return undefined;
  const told: CallFacts = { ...facts, agent_exact: isAgentExact };
  if (!stored) return told;
  const url = report.findings.some(({ part }) => part === "url") ? undefined : plainUrl(request.url);
  if (url !== undefined) told.url = url;
  const media = mediaType(request);
  const { body } = stored;
  if (media !== undefined && body?.text !== undefined && !body.truncated && body.text === utf8(request.body)) {
    Object.assign(told, { content_type: media, body_exact: true });
  }
  return told;
}

/** A URL without its query, where nothing of it would have to be redacted. */
function plainUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  const plain = `${protocol}//${host}${pathname}`;
  if (plain.length > MAX_STORED_URL_LENGTH) return undefined;
  return [plain, ...segments(pathname)].every((piece) => redactText(piece) === piece) ? plain : undefined;
}

/** What stands between slashes, as it is meant: a secret may be one only by itself. */
function segments(path: string): string[] {
  try {
    return decodeURIComponent(path).split("/");
  } catch {
    return path.split("/");
  }
}

/** The type of a body that can be read again from its text alone. */
function mediaType({ headers }: WireRequest): string | undefined {
  const of = (name: string) => headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  const [type, ...others] = of("content-type");
  if (type === undefined || others.length > 0 || of("content-encoding").length > 0) return undefined;
  return /^(application\/json|application\/x-www-form-urlencoded|text\/plain)(?: *; *charset="?utf-8"?)?$/i
    .exec(type)?.[1]
    ?.toLowerCase();
}

/** What could not be looked at may hold anything. */
function readable({ report }: LocalVerdict): boolean {
  return report.coverage.skipped.length === 0 && !report.reason_codes.includes("GATEWAY_INTERNAL_ERROR");
}

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
