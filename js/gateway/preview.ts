/**
 * What a person looks at before approving, and all that is kept of a held request: the redacted request,
 * with the call's own credentials hidden too.
 */
import { isCredentialHeader as isNamedCredential } from "../credential-headers.js";
import type { LocalVerdict, Report, WireRequest } from "../types.js";
import { recordedLabel } from "./recorded.js";
import type { Preview } from "./store/store.js";

/** Bytes of a body that a preview keeps; the rest is counted. */
const MAX_PREVIEW_BODY_BYTES = 1024 * 1024;
/** Beyond the names that the core and the client know: the words anywhere in a name. Hiding too much here costs little. */
const CREDENTIAL_WORD = /api[-_]?key|token|secret|password|credential|signature|session|(^|[-_])auth([-_]|$)/i;
/** Parameters that carry a credential by their name. Exact names: what hides more than that hides what a person decides on. */
const CREDENTIAL_PARAMETERS = new Set([
  "access_token",
  "refresh_token",
  "id_token",
  "token",
  "sig",
  "signature",
  "key",
  "api_key",
  "apikey",
  "password",
  "passwd",
  "secret",
  "client_secret",
  "code",
  "x_amz_signature",
  "x_amz_security_token",
  "x_goog_signature",
]);

/** Makes the preview of a request that waits for approval; `held` is the credential that the gateway will add to it. */
export function makePreview(original: WireRequest, verdict: LocalVerdict, held?: { tool: string; header: string }): Preview {
  const request = verdict.preview ?? original;
  const values = inPlaceUrlValues(original.url, verdict.report);
  // A verdict redacts values; it never adds, drops or reorders headers.
  const inPlace = new Set(verdict.report.findings.filter((finding) => finding.in_place).map((finding) => finding.header));
  const body = hideIn(decode(request.body.subarray(0, MAX_PREVIEW_BODY_BYTES)), values);
  return {
    method: recordedLabel(request.method),
    url: hideParameters(values.reduce(hideValue, request.url)),
    headers: [
      ...request.headers.map(([name, value], index): [string, string] => [
        name,
        inPlace.has(index) || isCredentialHeader(name) ? hidden(value) : values.reduce(hideValue, value),
      ]),
      ...(held ? [[held.header, `[credential of the gateway: ${held.tool}]`] as [string, string]] : []),
    ],
    body: body.text,
    body_encoding: body.encoding,
    body_bytes: request.body.length,
    omitted_bytes: Math.max(0, request.body.length - MAX_PREVIEW_BODY_BYTES),
  };
}

/** True for headers that carry a credential by their name. */
export function isCredentialHeader(name: string): boolean {
  return isNamedCredential(name) || CREDENTIAL_WORD.test(name);
}

/** The texts of credentials that stand in their own place in the URL (a webhook's path, a signature). */
function inPlaceUrlValues(url: string, report: Report): string[] {
  const bytes = new TextEncoder().encode(url);
  return report.findings
    .filter((finding) => finding.in_place && finding.part === "url")
    .map((finding) => new TextDecoder().decode(bytes.subarray(finding.start, finding.end)))
    .filter((value) => value.length > 0);
}

function hideIn(body: { text: string; encoding: "utf8" | "base64" }, values: string[]) {
  return body.encoding === "utf8" ? { ...body, text: values.reduce(hideValue, body.text) } : body;
}

/** Hides what stands in credential parameters, in the query as in a fragment. */
function hideParameters(url: string): string {
  return url.replace(/([?&;#])([^?&;#=]+)=([^&;#]+)/g, (whole, mark: string, name: string, value: string) =>
    isCredentialParameter(name) && !isHidden(value) ? `${mark}${name}=${hidden(value)}` : whole,
  );
}

function isCredentialParameter(name: string): boolean {
  const plain = new URLSearchParams(`${name}=`).keys().next().value ?? "";
  return CREDENTIAL_PARAMETERS.has(plain.trim().toLowerCase().replaceAll("-", "_"));
}

/** True for what this gateway or its client has hidden already. */
function isHidden(value: string): boolean {
  return /^\[[^\]]*\]$/.test(value.replace(/%5B/i, "[").replace(/%5D$/i, "]"));
}

function hideValue(text: string, value: string): string {
  return text.replaceAll(value, () => hidden(value));
}

function hidden(value: string): string {
  const scheme = /^(Bearer|Basic|Token|Digest|AWS4-HMAC-SHA256) /i.exec(value)?.[0] ?? "";
  return `${scheme}[credential: ${value.length - scheme.length} characters]`;
}

function decode(body: Uint8Array): { text: string; encoding: "utf8" | "base64" } {
  try {
    // A cut may fall inside a character; `stream` leaves the torn end out instead of failing on it.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body, { stream: true });
    return { text, encoding: "utf8" };
  } catch {
    let binary = "";
    for (let i = 0; i < body.length; i += 0x8000) binary += String.fromCharCode(...body.subarray(i, i + 0x8000));
    return { text: btoa(binary), encoding: "base64" };
  }
}
