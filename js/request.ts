// One snapshot of a request: read once, scanned, and sent; the caller's objects are never read again.

import { type InvalidRequestError, PayloadTooLargeError } from "./errors.js";
import { type HeaderPairs, pairsOf } from "./header-pairs.js";
import { type PlainRequest, plainRequest } from "./plain-request.js";
import { readStream } from "./read-stream.js";
import { invalidRequest } from "./refusal.js";
import { sentUrl } from "./sent-url.js";
import type { WireRequest } from "./types.js";

/** A request as bytes, and what else `fetch` needs to send it. */
export interface Snapshot {
  request: WireRequest;
  /** Options that say how to send, not what: signal, cache, dispatcher and the like. */
  init: RequestInit;
  redirect: RequestRedirect;
  signal: AbortSignal | undefined;
}

/**
 * Takes the snapshot. `fetch(url)`, `fetch(url, init)`, `fetch(Request)` and `fetch(Request, init)` all become the same thing. A
 * promise only where the body has to be waited for.
 */
export function snapshot(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  maxBodyBytes: number,
): Snapshot | Promise<Snapshot> {
  const given = members(init);
  const plain = readPlain(input, given);
  return plain === undefined ? constructedSnapshot(input, init, given, maxBodyBytes) : plainSnapshot(plain, maxBodyBytes);
}

function plainSnapshot(plain: PlainRequest, maxBodyBytes: number): Snapshot {
  const { method, url, headers, body, signal, redirect, how } = plain;
  if (holdsCredentials(url)) throw invalid(URL_CREDENTIALS);
  if (body.byteLength > 0) signal?.throwIfAborted();
  if (body.byteLength > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const request = { method, url: sentUrl(url.href), headers: withoutHost(headers, url), body };
  return { request, init: how, redirect, signal };
}

async function constructedSnapshot(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  given: RequestInit,
  maxBodyBytes: number,
): Promise<Snapshot> {
  const own = input instanceof Request ? input : undefined;
  claimBody((given.body ?? undefined) === undefined ? own : init);
  const request = constructed(input, given);
  const signal = (given.signal === undefined ? own?.signal : given.signal) ?? undefined;
  const redirect = given.redirect ?? own?.redirect ?? "follow";
  if (!["follow", "error", "manual"].includes(redirect)) throw invalid("`redirect` must be `follow`, `error` or `manual`.");
  const url = new URL(request.url);
  if (holdsCredentials(url)) throw invalid(URL_CREDENTIALS);
  const body = await readBody(request, maxBodyBytes, signal);
  const headers = withoutHost(pairsOf(request.headers), url);
  return {
    request: { method: request.method, url: sentUrl(request.url), headers, body },
    init: sending(own, given, signal),
    redirect,
    signal,
  };
}

/** Requests whose body a snapshot has taken. */
const taken = new WeakSet<Request>();

/** Bun makes an empty Request from a used one instead of throwing. */
function claimBody(from: unknown): void {
  if (!(from instanceof Request) || from.body === null) return;
  if (from.bodyUsed || taken.has(from)) throw invalid("its body was read already.");
  taken.add(from);
}

/** How to send. A Request has them all, with values that say nothing and that some runtimes refuse to be told. */
const FIELDS = ["cache", "credentials", "integrity", "keepalive", "mode", "referrer", "referrerPolicy"] as const;

function fields(request: Request): RequestInit {
  const said: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value: unknown = request[field];
    if ((typeof value === "string" && value !== "" && value !== "about:client" && value !== "navigate") || value === true)
      said[field] = value;
  }
  return said;
}

/** The init, read once. */
function members(init: unknown): RequestInit {
  if (init === undefined || init === null) return {};
  if (typeof init !== "object") throw invalid("its options must be an object.");
  try {
    return readMembers(init);
  } catch {
    throw invalid("its options cannot be read.");
  }
}

/** What else is read of an init by name: members need not be its own, for a Request and an instance of a class are inits too. */
const NAMED = ["method", "headers", "body", "redirect", "signal", ...FIELDS] as const;

function readMembers(init: object): RequestInit {
  if (init instanceof Request) {
    const { method, headers, body, redirect, signal } = init;
    return { ...fields(init), method, headers, body, redirect, signal };
  }
  const given: Record<string, unknown> = { ...init };
  for (const name of NAMED) {
    if (given[name] !== undefined) continue;
    const value = (init as RequestInit)[name];
    if (value !== undefined) given[name] = value;
  }
  return given;
}

function readPlain(input: RequestInfo | URL, given: RequestInit): PlainRequest | undefined {
  try {
    return plainRequest(input, given);
  } catch {
    throw invalid(whyNot(input, given));
  }
}

function constructed(input: RequestInfo | URL, given: RequestInit): Request {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  // Streams need `duplex`, and callers should not have to know.
  const streaming = given.body instanceof ReadableStream ? { duplex: "half" } : {};
  let request: Request;
  try {
    request = new Request(input, { ...streaming, ...said, redirect: "manual" } as RequestInit);
  } catch {
    throw invalid(whyNot(input, given));
  }
  // Bun makes GET of what it does not know.
  if (given.method !== undefined && request.method.toUpperCase() !== String(given.method).toUpperCase())
    throw invalid("its method is not one that is sent here.");
  return request;
}

/** What is wrong with a request that cannot be made, in words that quote nothing of it. */
function whyNot(input: RequestInfo | URL, { headers }: RequestInit): string {
  const base = (globalThis as { location?: { href: string } }).location?.href;
  const url = input instanceof Request ? undefined : attempt(() => new URL(String(input), base));
  if (url === null) return "its URL is not an absolute URL.";
  if (url !== undefined && holdsCredentials(url)) return URL_CREDENTIALS;
  if (headers !== undefined && attempt(() => new Headers(headers)) === null)
    return "a header has a name or a value that cannot be sent.";
  return "its URL, method, body or options are not what `fetch` takes.";
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

// Browsers and Node.js refuse these; elsewhere they would be sent without having been a header that is scanned.
const URL_CREDENTIALS = "its URL holds a user name or a password: use a header.";
const holdsCredentials = (url: URL): boolean => url.username !== "" || url.password !== "";

/** The headers, without `host`: the URL says it, and one that says something else would reach what was not scanned. */
function withoutHost(pairs: HeaderPairs, url: URL): HeaderPairs {
  const hosts = pairs.filter(([name]) => name === "host");
  if (hosts.length === 0) return pairs;
  const same = [url.host, `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`];
  if (!hosts.every(([, value]) => same.includes(value.toLowerCase()))) throw invalid("its `host` header is not the URL's host.");
  return pairs.filter(([name]) => name !== "host");
}

function sending(own: Request | undefined, given: RequestInit, signal: AbortSignal | undefined): RequestInit {
  const { method: _m, headers: _h, body: _b, redirect: _r, signal: _s, ...rest } = given as RequestInit & { duplex?: unknown };
  delete rest.duplex;
  return { ...(own && fields(own)), ...rest, ...(signal && { signal }) };
}

async function readBody(request: Request, maxBodyBytes: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  let body: Uint8Array | undefined;
  try {
    if (request.body === null) return new Uint8Array();
    // Firefox has no streams here, so there is nothing in the body that could go on for ever.
    if (request.body === undefined) return new Uint8Array(await request.arrayBuffer());
    body = await readStream(request.body, maxBodyBytes, signal);
  } catch {
    signal?.throwIfAborted();
    throw invalid("its body cannot be read.");
  }
  if (body === undefined) throw tooLarge(maxBodyBytes);
  return body;
}

function invalid(reason: string): InvalidRequestError {
  return invalidRequest(`The request is not valid, so nothing was sent: ${reason}`);
}

function tooLarge(maxBodyBytes: number): PayloadTooLargeError {
  const details = { decision: "DENY", reasonCodes: ["PAYLOAD_TOO_LARGE"] } as const;
  const message = `The body is larger than ${maxBodyBytes} bytes, so nothing was sent. Raise maxBodyBytes if it should be scanned.`;
  return new PayloadTooLargeError(message, details);
}
