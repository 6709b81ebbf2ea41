/** The body of `POST /v1/scan`, checked field by field. */

import { isRecord } from "../../record.js";
import type { DataClass, ScanContext, WireRequest } from "../../types.js";
import { ANONYMOUS } from "../agents/claimed-name.js";
import { decodeUtf8 } from "../body.js";
import { jsonObject } from "../json-object.js";
import { DuplicateMemberError, topLevelMembers } from "../members.js";
import { invalid } from "../reply.js";

/** What a client asks to have scanned. */
export interface ScanRequest {
  request: WireRequest;
  /** How the bytes of the request's body are to be turned back into the client's value. */
  bodyKind: "json" | "text";
  agentId: string;
  requestDigest?: string;
  context: ScanContext;
}

const MAX_URL_LENGTH = 65_536;
const MAX_AGENT_LENGTH = 200;
const CLASSES: readonly string[] = ["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"];
const encoder = new TextEncoder();

/** Parses and validates; throws a 400 that names the field. */
export function parseScanRequest(bytes: Uint8Array): ScanRequest {
  const text = decodeUtf8(bytes);
  const expected = "The body must be a JSON object with 'method' and 'url'.";
  const { fields: value, members } = jsonObject(text, expected, "The body is not JSON.");
  const method = requireString(value, "method");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}$/.test(method)) throw invalid("method", "must be an HTTP method, such as POST");
  const url = parseUrl(requireString(value, "url"));
  const headers = parseHeaders(value.headers, members.get("headers"));
  const { body, kind } = bodyBytes(value.body, members.get("body"));
  if (kind === "json" && body.length > 0 && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["content-type", "application/json"]);
  }
  for (const field of ["agent_name", "runtime_type"] as const) optionalString(value, field, MAX_AGENT_LENGTH);
  optionalString(value, "context", bytes.length);
  const requestDigest = optionalString(value, "request_digest", 64);
  if (requestDigest !== undefined && !/^[0-9a-f]{64}$/.test(requestDigest)) {
    throw invalid("request_digest", "must be a SHA-256 in 64 lower-case hex digits");
  }
  return {
    request: { method, url, headers, body },
    bodyKind: kind,
    agentId:
      optionalString(value, "agent_id", MAX_AGENT_LENGTH) || optionalString(value, "agent_name", MAX_AGENT_LENGTH) || ANONYMOUS,
    ...(requestDigest === undefined ? {} : { requestDigest }),
    context: { ...parseFloor(value.decision_floor), ...parseClasses(value.classifications) },
  };
}

/** Text bodies are scanned as themselves, everything else as the JSON source that arrived. */
function bodyBytes(value: unknown, source: string | undefined): { body: Uint8Array; kind: "json" | "text" } {
  if (source === undefined || value === null) return { body: new Uint8Array(0), kind: "json" };
  // A string with half a surrogate pair has no UTF-8 form: its JSON source keeps the escape for the engine to judge.
  if (typeof value === "string" && isWellFormed(value)) return { body: encoder.encode(value), kind: "text" };
  return { body: encoder.encode(source), kind: "json" };
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The URL in the form in which it would be connected to, so that what is scanned, shown and stored is that form. */
function parseUrl(text: string): string {
  if (text.length > MAX_URL_LENGTH) throw invalid("url", `must be at most ${MAX_URL_LENGTH} characters`);
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text)) throw invalid("url", "must be absolute, such as https://api.example.com/v1/notes");
  if (URL.canParse(text)) return new URL(text).href;
  if (/^https?:/i.test(text)) throw invalid("url", "must be a valid URL, such as https://api.example.com/v1/notes");
  // Names of tools are the engine's to judge.
  return text;
}

function parseHeaders(value: unknown, source: string | undefined): [string, string][] {
  if (value === undefined || value === null || source === undefined) return [];
  if (!isRecord(value)) throw invalid("headers", "must be an object of header names and texts");
  refuseRepeated(source);
  return Object.entries(value).map(([name, text]) => {
    if (typeof text !== "string") throw invalid(`headers.${name}`, "must be a string");
    return [name, text];
  });
}

/** `JSON.parse` keeps the last of two members, and clients may send the first; so may they with two spellings of a name. */
function refuseRepeated(source: string): void {
  const names = new Set<string>();
  try {
    for (const name of topLevelMembers(source).keys()) {
      const lower = name.toLowerCase();
      if (names.has(lower)) throw new DuplicateMemberError(name);
      names.add(lower);
    }
  } catch (error) {
    if (error instanceof DuplicateMemberError) throw invalid(`headers.${error.member}`, "is given twice");
    throw error;
  }
}

function parseFloor(value: unknown): Pick<ScanContext, "floor"> {
  if (value === undefined || value === null) return {};
  if (value === "ALLOW" || value === "REQUIRE_APPROVAL" || value === "DENY") return { floor: value };
  throw invalid("decision_floor", "must be ALLOW, REQUIRE_APPROVAL or DENY");
}

function parseClasses(value: unknown): Pick<ScanContext, "claimed"> {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value) || !value.every((item) => CLASSES.includes(item as string))) {
    throw invalid("classifications", `must be a list of ${CLASSES.join(", ")}`);
  }
  return { claimed: value as DataClass[] };
}

function requireString(value: Record<string, unknown>, field: string): string {
  const text = value[field];
  if (text === undefined) throw invalid(field, "is required");
  if (typeof text !== "string" || text === "") throw invalid(field, "must be a non-empty string");
  return text;
}

function optionalString(value: Record<string, unknown>, field: string, maxLength: number): string | undefined {
  const text = value[field];
  if (text === undefined || text === null) return undefined;
  if (typeof text !== "string") throw invalid(field, "must be a string");
  if (text.length > maxLength) throw invalid(field, `must be at most ${maxLength} characters`);
  return text;
}
