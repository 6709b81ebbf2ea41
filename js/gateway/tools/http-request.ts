/** `http.request` and the `request` of every tool: a request in the agent's own words. */
import type { WireRequest } from "../../types.js";
import { isSettable } from "../proxy/headers.js";
import { upstreamUrl } from "../proxy/target.js";
import { invalid, Refusal } from "../reply.js";
import { query } from "./encoding.js";
import type { ToolTable } from "./operation.js";
import type { Params } from "./params.js";
import { below, COMMON_HEADERS, headerValue } from "./request.js";

const HTTP_PARAMETERS = ["url", "method", "headers", "body"];
const TOOL_PARAMETERS = ["path", "method", "query", "headers", "body"];
const MAX_HEADERS = 64;
/** TRACE sends the credential back. */
const REFUSED_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
/** Fields that say how a message or its answer comes: in parts or compressed it could not be looked at. */
const REFUSED_HEADERS = ["accept-encoding", "content-encoding", "if-range", "range"];

const encoder = new TextEncoder();

/** The request of `http.request`; throws a 400 that names the parameter. */
export function httpRequest(params: Params): WireRequest {
  const given = params.takeText("url");
  if (given === undefined) throw invalid("url", "is required");
  return spoken(params, upstreamUrl(given).href, {}, HTTP_PARAMETERS);
}

/** The request of `request` at a tool: a path below its base. */
export function toolRequest(base: string, table: ToolTable | undefined, params: Params): WireRequest {
  const path = params.takeText("path");
  if (path === undefined || !path.startsWith("/") || path.includes("?"))
    throw invalid("path", "must be a path such as /v1/notes; what stands behind a '?' goes into 'query'");
  const fields = params.take("query") ?? {};
  if (typeof fields !== "object" || Array.isArray(fields)) throw invalid("query", "must be an object of names and values");
  const search = query(Object.entries(fields));
  return spoken(params, below(base, `${path}${search === "" ? "" : `?${search}`}`), table?.headers ?? {}, TOOL_PARAMETERS);
}

function spoken(params: Params, url: string, own: Readonly<Record<string, string>>, known: readonly string[]): WireRequest {
  const method = (params.takeText("method") ?? "GET").toUpperCase();
  if (!/^[A-Z][A-Z-]{0,31}$/.test(method) || REFUSED_METHODS.has(method))
    throw invalid("method", "must be an HTTP method, such as POST, and none that sends a request back");
  const headers = new Map([...Object.entries(COMMON_HEADERS), ...Object.entries(own)]);
  for (const [name, value] of givenHeaders(params.take("headers"))) headers.set(name, value);
  const source = params.source("body");
  const body = params.take("body");
  params.refuseRest(known);
  const text = typeof body === "string" ? body : source;
  if (body !== undefined && !headers.has("content-type"))
    headers.set("content-type", typeof body === "string" ? "text/plain;charset=utf-8" : "application/json");
  if (typeof body === "string" && /\p{Surrogate}/u.test(body)) throw invalid("body", "holds half a character");
  return { method, url, headers: [...headers], body: encoder.encode(body === undefined ? "" : text) };
}

/** Headers by their names in lower case. */
function givenHeaders(value: unknown): Map<string, string> {
  const headers = new Map<string, string>();
  if (value === undefined) return headers;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid("headers", "must be an object of header names and texts");
  const given = Object.entries(value);
  if (given.length > MAX_HEADERS) throw invalid("headers", `must be at most ${MAX_HEADERS}`);
  for (const [name, text] of given) {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]{1,128}$/.test(lower)) throw invalid("headers", "holds a name that no header can have");
    if (REFUSED_HEADERS.includes(lower) || !isSettable(lower))
      throw new Refusal(400, "INVALID_REQUEST", `The header '${lower}' is the gateway's own to set; leave it out.`);
    if (headers.has(lower)) throw invalid(`headers.${lower}`, "is given twice");
    headers.set(lower, headerValue(`headers.${lower}`, text));
  }
  return headers;
}
