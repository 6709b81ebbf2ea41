/** The request that an operation stands for: all of it but the credential. */
import type { WireRequest } from "../../types.js";
import { upstreamUrl } from "../proxy/target.js";
import { invalid, Refusal } from "../reply.js";
import { formText, query, segment, segments } from "./encoding.js";
import type { Operation, ToolTable } from "./operation.js";
import type { Params } from "./params.js";

/** What every call bears. An answer that is compressed could not be looked at. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  accept: "application/json",
  "accept-encoding": "identity",
  "user-agent": "interven",
};

const encoder = new TextEncoder();

/** Makes the request; throws a 400 that names the parameter that is missing or wrong. */
export function requestOf(base: string, table: ToolTable, operation: Operation, params: Params): WireRequest {
  const path = operation.path.replace(/\{(\w+)(\*?)\}/g, (_, name: string, many: string) => {
    const value = params.take(name);
    if (value === undefined) throw invalid(name, "is required");
    return many ? segments(name, value) : segment(name, value);
  });
  const headers: Record<string, string> = { ...COMMON_HEADERS, ...table.headers };
  for (const [header, name] of Object.entries(operation.headers ?? {})) headers[header] = headerValue(name, params.take(name));
  const { rest } = operation;
  const fields = rest === "json" ? [] : named(operation, params.rest());
  const search = rest === "query" ? query(fields) : "";
  const body = rest === "query" ? "" : rest === "form" ? formText(fields) : json(operation, params);
  if (rest !== "query") headers["content-type"] = rest === "form" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    method: operation.method,
    url: below(base, `${path}${search === "" ? "" : `?${search}`}`),
    headers: Object.entries(headers),
    body: encoder.encode(body),
  };
}

/** A URL below a base. Throws a 400 for a path that would leave it, in whatever way. */
export function below(base: string, path: string): string {
  const url = upstreamUrl(`${base}${path}`);
  if (url.href.startsWith(`${base}/`)) return url.href;
  throw new Refusal(400, "INVALID_REQUEST", "The parameters do not make a path of this tool's API.");
}

/** A header's value; throws a 400 for what could end it. */
export function headerValue(name: string, value: unknown): string {
  if (typeof value === "string" && /^[\x21-\x7e]([\x20-\x7e\t]{0,8190}[\x21-\x7e])?$/.test(value)) return value;
  throw invalid(name, value === undefined ? "is required" : "must be a text of printable ASCII, as headers hold it");
}

/** The rest under the names that the service has for it. */
function named({ renamed = {}, defaults = {} }: Operation, rest: [string, unknown][]): [string, unknown][] {
  const given = new Map<string, unknown>();
  for (const [name, value] of rest) {
    if (value === null) continue;
    const wire = Object.hasOwn(renamed, name) ? (renamed[name] as string) : name;
    if (given.has(wire)) throw invalid(name, "is given twice");
    given.set(wire, value);
  }
  for (const [name, value] of Object.entries(defaults)) if (!given.has(name)) given.set(name, value);
  return [...given];
}

/** The rest as a JSON object, of the very source that arrived. */
function json(operation: Operation, params: Params): string {
  const { renamed = {}, document } = operation;
  const sources = new Map<string, string>();
  for (const [name] of params.rest())
    sources.set(Object.hasOwn(renamed, name) ? (renamed[name] as string) : name, params.source(name));
  if (sources.size < params.rest().length) throw invalid(Object.keys(renamed)[0] ?? "", "is given twice");
  for (const [name, value] of Object.entries(operation.defaults ?? {}))
    if (!sources.has(name)) sources.set(name, JSON.stringify(value));
  const members = [...sources].map(([name, source]) => `${JSON.stringify(name)}:${source}`);
  const object = `{${members.join(",")}}`;
  if (!document) return object;
  const variables = document.variable === undefined ? object : `{${JSON.stringify(document.variable)}:${object}}`;
  return `{"query":${JSON.stringify(document.text)},"variables":${variables}}`;
}
