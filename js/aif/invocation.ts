// An invocation: read once, scanned as the call that the gateway makes of it, and written once.

import type { Outcome } from "../core/outcome.js";
import type { InvalidRequestError } from "../errors.js";
import { writtenJson } from "../json.js";
import { invalidRequest } from "../refusal.js";
import { isJson } from "../strict-json.js";
import type { WireRequest } from "../types.js";
import { baseOf } from "./upstreams.js";

/** A call that the gateway shall make. */
export interface InvokeParams {
  /** `slack`, `github`, … */
  toolName: string;
  /** What the call does, in the gateway's words, such as `create_pr`. Default: the gateway derives it. */
  operation?: string;
  method: string;
  /** Path and query at the tool's own API; begins with `/`. */
  urlPath: string;
  /** Anything that can be written as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The kind of the credential with which the gateway makes the call. Default `none`. */
  credentialType?: string;
  /** The credential. It leaves for the gateway as it is: this is its place, and nowhere else is. */
  credentialToken?: string;
  scopes?: readonly string[];
  /** Default: a random UUID. */
  traceId?: string;
  signal?: AbortSignal;
}

/** What is known of an invocation before it is scanned. */
export interface Invocation {
  /** The call that the gateway makes of it. */
  wire: WireRequest;
  /** What stands before the path, in `wire.url`. */
  base: string;
  toolName: string;
  operation: string | undefined;
  hasBody: boolean;
  /** Whether `wire` has a content type that the caller did not name. */
  typed: boolean;
  identity: { credential_type: string; credential_token: string; scopes: string[] };
  traceId: string;
  signal: AbortSignal | undefined;
}

const NAME = /^[\w.:-]{1,128}$/;

/** @throws {InvalidRequestError} for what is no invocation. */
export function readInvocation(params: InvokeParams, upstreams: Map<string, string>): Invocation {
  const given = members(params);
  const { toolName, operation, method, urlPath, body, signal } = given;
  if (typeof toolName !== "string" || !/^[A-Za-z0-9][\w-]{0,63}$/.test(toolName))
    throw bad("toolName is not the name of a tool.");
  if (operation !== undefined && !(typeof operation === "string" && NAME.test(operation))) throw bad("operation is not a name.");
  if (typeof method !== "string" || !/^[A-Za-z]{1,16}$/.test(method)) throw bad("method is not a method.");
  const base = baseOf(upstreams, toolName);
  const text = body === undefined ? undefined : writtenJson(body);
  if (body !== undefined && text === undefined) throw bad("its body cannot be written as JSON.");
  const headers = headerPairs(given.headers);
  const typed = text !== undefined && !headers.some(([name]) => name.toLowerCase() === "content-type");
  if (typed) headers.push(["content-type", "application/json"]);
  return {
    wire: { method: method.toUpperCase(), url: urlOf(base, urlPath), headers, body: new TextEncoder().encode(text ?? "") },
    base,
    toolName,
    operation,
    hasBody: text !== undefined,
    typed,
    identity: identity(given),
    traceId: named("traceId", given.traceId) ?? crypto.randomUUID(),
    signal,
  };
}

/** The members, read once. */
function members(params: unknown): InvokeParams {
  if (typeof params !== "object" || params === null) throw bad("it must be an object with toolName, method and urlPath.");
  try {
    return { ...(params as InvokeParams) };
  } catch {
    throw bad("its members cannot be read.");
  }
}

/** What the path becomes; it must stay below its base. */
function urlOf(base: string, path: unknown): string {
  const wrong = bad("urlPath must be a path that begins with one `/`, without steps upwards.");
  // Two slashes, or a backslash, would make a host of what follows.
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path) || !URL.canParse(base + path)) throw wrong;
  const { href } = new URL(base + path);
  if (!href.startsWith(`${base}/`) || /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path.split(/[?#]/, 1)[0] ?? "")) throw wrong;
  return href;
}

function headerPairs(headers: unknown): [string, string][] {
  try {
    const given = Object(headers ?? {}) as Record<string, unknown>;
    const pairs = Symbol.iterator in given ? [...(given as unknown as Iterable<[string, unknown]>)] : Object.entries(given);
    return pairs.map(([name, value]) => {
      if (typeof value !== "string") throw new TypeError("not a text");
      new Headers([[name, value]]);
      return [name, value];
    });
  } catch {
    throw bad("a header has a name or a value that cannot be sent.");
  }
}

/** How the gateway authenticates the call: from the parameters of an invocation or of an execution. */
export function identity(given: Pick<InvokeParams, "credentialType" | "credentialToken" | "scopes">): Invocation["identity"] {
  const { credentialType = "none", credentialToken = "", scopes = [] } = given;
  if (!NAME.test(String(credentialType))) throw bad("credentialType is not a name.");
  if (typeof credentialToken !== "string") throw bad("credentialToken must be a text.");
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === "string" && /^[\x21-\x7e]{1,256}$/.test(scope)))
    throw bad("scopes must be a list of names.");
  return { credential_type: String(credentialType), credential_token: credentialToken, scopes: [...(scopes as string[])] };
}

function named(what: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && NAME.test(value))) return value;
  throw bad(`${what} is not an id.`);
}

/** What is sent of the call: what the scan released, compact, with the body as it was written and redacted. */
export function upstreamRequest(call: Invocation, outcome: Outcome): string {
  const { url, headers, body } = outcome.request as WireRequest;
  const written = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  if (!url.startsWith(`${call.base}/`) || (call.hasBody && !isJson(written))) throw bad("its redaction cannot be sent.");
  const given = call.typed ? headers.slice(0, -1) : headers;
  const fields = [
    `"method":${JSON.stringify(call.wire.method)}`,
    `"url_path":${JSON.stringify(url.slice(call.base.length))}`,
    ...(call.hasBody ? [`"body":${written}`] : []),
    ...(given.length > 0 ? [`"headers":${JSON.stringify(Object.fromEntries(given))}`] : []),
  ];
  return `{${fields.join()}}`;
}

function bad(reason: string): InvalidRequestError {
  return invalidRequest(`The invocation is not valid, so nothing was sent: ${reason}`);
}
