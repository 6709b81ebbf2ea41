// The usual calls, read without making a `Request`, which takes some runtimes longer than all else: a URL, a method that needs
// no reading, headers, and a text or bytes. Everything else says nothing here, and a `Request` reads it.

import { copiedBytes } from "./bytes.js";
import { type HeaderPairs, headerPairs } from "./header-pairs.js";

/** What `new Request(input, init)` would say of a call. */
export interface PlainRequest {
  method: string;
  url: URL;
  headers: HeaderPairs;
  /** A private copy. */
  body: Uint8Array;
  redirect: RequestRedirect;
  signal: AbortSignal | undefined;
  /** The members that say how to send. */
  how: RequestInit;
}

const METHODS: readonly unknown[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const REDIRECTS: readonly unknown[] = ["follow", "error", "manual"];
/** Only the sending `fetch` of Node.js and of Deno looks at these. */
const PASSED = ["dispatcher", "client"] as const;
const MEMBERS: readonly string[] = ["method", "headers", "body", "redirect", "signal", ...PASSED];

/** Browsers leave out headers and know more members; Bun gives texts no type. */
const OTHERWISE = ["document", "importScripts", "Bun"].some((name) => name in globalThis);

/** Whatever other URLs may be relative to, these are not. */
const ABSOLUTE = /^https?:\/\//;

const encoder = new TextEncoder();

/**
 * Reads a call whose options were read into `given`; nothing for one that is not as plain as this.
 *
 * @throws for headers that cannot be sent: they are read once, so no `Request` is asked about them again.
 */
export function plainRequest(input: unknown, given: RequestInit): PlainRequest | undefined {
  if (OTHERWISE || !(typeof input === "string" || input instanceof URL)) return undefined;
  for (const name in given) if (!MEMBERS.includes(name) && given[name as keyof RequestInit] !== undefined) return undefined;
  const { method = "GET", headers: said, body: content, redirect = "follow", signal } = given;
  if (!METHODS.includes(method) || !REDIRECTS.includes(redirect)) return undefined;
  if (signal !== undefined && !(signal instanceof AbortSignal)) return undefined;
  if (said !== undefined && (typeof said !== "object" || said === null)) return undefined;
  const text = typeof content === "string" && content !== "" && isWellFormed(content);
  if (content !== undefined && (method === "GET" || method === "HEAD" || !(text || isView(content)))) return undefined;
  const url = absolute(String(input));
  if (url === undefined) return undefined;
  const headers = headerPairs(said, text ? "text/plain;charset=UTF-8" : undefined);
  const body = (text ? encoder.encode(content) : copiedBytes(content)) ?? new Uint8Array();
  return { method, url, headers, body, redirect, signal, how: passed(given) };
}

function passed(given: RequestInit): RequestInit {
  const how: Record<string, unknown> = {};
  for (const name of PASSED) {
    const value = (given as Record<string, unknown>)[name];
    if (value !== undefined) how[name] = value;
  }
  if (given.signal !== undefined) how.signal = given.signal;
  return how;
}

/** Runtimes differ in what they send for half a character. */
function isWellFormed(text: string): boolean {
  const known = text as string & { isWellFormed?: () => boolean };
  return known.isWellFormed === undefined ? !/\p{Surrogate}/u.test(text) : known.isWellFormed();
}

/** Bytes that nobody else can change or take away while they are copied. */
function isView(value: unknown): boolean {
  if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) return false;
  const { resizable, detached } = value.buffer as { resizable?: boolean; detached?: boolean };
  return resizable !== true && detached !== true && value.byteLength > 0;
}

function absolute(address: string): URL | undefined {
  if (!ABSOLUTE.test(address)) return undefined;
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
