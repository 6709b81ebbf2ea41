// What `client.scan` takes, read once. Whatever cannot be read is denied: nothing is allowed that was not seen.

import { copiedBytes } from "./bytes.js";
import { writtenJson } from "./json.js";
import type { WireRequest } from "./types.js";

/** A call to decide. */
export interface ScanInput {
  /** Default `POST`. */
  method?: string;
  /** Absolute URL; `tool://framework/name` and `mcp://tool` stand for tool calls. */
  url: string;
  headers?: Record<string, string> | [string, string][] | Headers;
  /**
   * Text, bytes and `URLSearchParams` as they are; plain objects, arrays and what has `toJSON` as JSON. Anything else, such
   * as a form, a `Blob`, a stream or a `Map`, is a DENY.
   */
  body?: unknown;
  /** Default: the client's. */
  agentId?: string;
  signal?: AbortSignal;
}

/** An input as it was when it was read. */
export interface ReadInput {
  request: WireRequest;
  /** What `body` was, for its redaction to be given in the same form. */
  body: unknown;
  agentId: string | undefined;
  signal: AbortSignal | undefined;
  /** False when something could not be read: the request then lacks it and must be denied. */
  complete: boolean;
}

/** Reads an input; never throws. */
export function readInput(input: unknown): ReadInput {
  const read = reader();
  const given = read((): Partial<ScanInput> => {
    const { method, url, headers, body, agentId, signal } = input as ScanInput;
    return { method, url, headers, body, agentId, signal };
  }, {});
  const url = read(() => String(given.url), "");
  const headers = read(() => headerPairs(given.headers), []);
  const { bytes, type } = read(() => bodyBytes(given.body), { bytes: new Uint8Array() });
  if (type !== undefined && !headers.some(([name]) => name.toLowerCase() === "content-type"))
    headers.push(["content-type", type]);
  return {
    request: { method: read(() => text(given.method), undefined) ?? "POST", url, headers, body: bytes },
    body: given.body,
    agentId: read(() => text(given.agentId), undefined),
    signal: read(() => abortSignal(given.signal), undefined),
    complete: !read.failed,
  };
}

/** Runs what may fail; `failed` tells afterwards whether anything did. */
function reader() {
  const read = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch {
      read.failed = true;
      return otherwise;
    }
  };
  read.failed = false;
  return read;
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new TypeError("not a string");
}

function abortSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof (value as AbortSignal).addEventListener === "function") return value as AbortSignal;
  throw new TypeError("not a signal");
}

/** Names and values from an object, or from anything that gives pairs, such as `Headers` and `Map`. */
function headerPairs(headers: unknown): [string, string][] {
  if (headers === undefined) return [];
  if (typeof headers !== "object" || headers === null) throw new TypeError("not headers");
  const pairs: unknown[] = Symbol.iterator in headers ? [...(headers as Iterable<unknown>)] : Object.entries(headers);
  return pairs.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError("not a name and a value");
    return [String(pair[0]), String(pair[1])];
  });
}

/** A private copy of the bytes, and the type that the caller need not name. */
function bodyBytes(body: unknown): { bytes: Uint8Array; type?: string } {
  if (body === undefined) return { bytes: new Uint8Array() };
  if (typeof body === "string") return { bytes: encoder.encode(body) };
  const bytes = copiedBytes(body);
  if (bytes !== undefined) return { bytes };
  if (body instanceof URLSearchParams) {
    // Not the object's own `toString`, which `fetch` would not ask either.
    return { bytes: encoder.encode(URLSearchParams.prototype.toString.call(body)), type: "application/x-www-form-urlencoded" };
  }
  // `fetch` sends these in a form of their own, whatever JSON a runtime (Bun, for a form) makes of them.
  if (body instanceof FormData || body instanceof Blob || body instanceof ReadableStream) throw new TypeError("not readable");
  const json = writtenJson(body);
  if (json === undefined) throw new TypeError("not a body that can be written");
  return { bytes: encoder.encode(json), type: "application/json" };
}

const encoder = new TextEncoder();
