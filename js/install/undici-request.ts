// A dispatch of undici, read once, as the request that it stands for.

import { copiedBytes } from "../bytes.js";
import { PayloadTooLargeError } from "../errors.js";
import { invalidRequest } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { builtin } from "./runtime.js";
import type { DispatchOptions } from "./undici-types.js";

/** Why a dispatch is refused before anybody scans it. */
const unreadable = (reason: string) => invalidRequest(`The call is not valid, so nothing was sent: ${reason}`);

/** The URL of a dispatch as it is connected to; nothing when it has none that could be scanned. `own` is a client's own origin. */
export function plainUrl({ origin, path, query }: DispatchOptions, own?: unknown): string | undefined {
  try {
    const { origin: base, protocol } = new URL(String(own ?? origin));
    if (typeof path !== "string" || !path.startsWith("/") || (protocol !== "https:" && protocol !== "http:")) return undefined;
    const url = new URL(base + path + queryText(query));
    url.hash = "";
    return url.href;
  } catch {
    return undefined;
  }
}

/** Undici writes a query as Node.js does. */
function queryText(query: unknown): string {
  if (query === undefined || query === null) return "";
  const text = builtin<{ stringify(query: unknown): string }>("node:querystring")?.stringify(query);
  if (text === undefined) throw new TypeError("no way to write a query");
  return text === "" ? "" : `?${text}`;
}

/** Names and values, in whichever of its forms they were given; nothing for what is none. */
export function headerPairs(headers: unknown): [string, string][] | undefined {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== "object") return undefined;
  const pairs: [string, string][] = [];
  for (const [name, values] of namedValues(headers)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      const bytes = copiedBytes(value);
      const text = bytes === undefined ? value : String.fromCharCode(...bytes);
      if (!["string", "number", "boolean"].includes(typeof text)) return undefined;
      pairs.push([String(name), String(text)]);
    }
  }
  return pairs;
}

function namedValues(headers: object): Iterable<readonly [unknown, unknown]> {
  // A list of names and values in turn.
  if (Array.isArray(headers) && !Array.isArray(headers[0]))
    return Array.from({ length: Math.ceil(headers.length / 2) }, (_, at) => [headers[2 * at], headers[2 * at + 1]] as const);
  return Symbol.iterator in headers ? (headers as Iterable<readonly [unknown, unknown]>) : Object.entries(headers);
}

/**
 * The request of a dispatch.
 *
 * @throws {IntervenBlockedError} or one of its subclasses for what cannot be read, and the signal's reason.
 */
export async function readDispatch(
  options: DispatchOptions,
  ownOrigin: unknown,
  maxBodyBytes: number,
  signal: AbortSignal,
): Promise<WireRequest> {
  const { method, body } = options;
  const [url, headers] = [plainUrl(options, ownOrigin), headerPairs(options.headers)];
  if (typeof method !== "string") throw unreadable("its method is not a string.");
  if (url === undefined) throw unreadable("it has no origin, or a path that does not begin with a slash.");
  if (headers === undefined) throw unreadable("its headers cannot be read.");
  const read = await readBody(body, maxBodyBytes, signal);
  if (read.type !== undefined && !headers.some(([name]) => name.toLowerCase() === "content-type"))
    headers.push(["content-type", read.type]);
  return { method, url, headers: withoutHost(headers, new URL(url)), body: read.bytes };
}

/** The URL says the host; one that says something else would reach what was not scanned. The length is that of the body. */
function withoutHost(headers: [string, string][], url: URL): [string, string][] {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return headers.filter(([name, value]) => {
    const plain = name.toLowerCase();
    if (plain === "host" && ![url.host, `${url.hostname}:${port}`].includes(value.toLowerCase()))
      throw unreadable("its `host` header is not the URL's host.");
    return plain !== "host" && plain !== "content-length";
  });
}

async function readBody(body: unknown, most: number, signal: AbortSignal): Promise<{ bytes: Uint8Array; type?: string }> {
  if (body === undefined || body === null) return { bytes: new Uint8Array() };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : copiedBytes(body);
  if (bytes !== undefined) return { bytes: fitting(bytes, most) };
  // Another copy of undici has a class of its own.
  if (Object.prototype.toString.call(body) === "[object FormData]") {
    const encoded = new Response(ownForm(body as FormData));
    const type = encoded.headers.get("content-type") ?? "";
    return { bytes: fitting(new Uint8Array(await encoded.arrayBuffer()), most), type };
  }
  if (body instanceof Blob) {
    if (body.size > most) throw tooLarge(most);
    return { bytes: new Uint8Array(await body.arrayBuffer()), ...(body.type !== "" && { type: body.type }) };
  }
  return { bytes: await readPieces(body, most, signal) };
}

/** A form of another copy of undici, as one that the runtime knows. */
function ownForm(form: FormData): FormData {
  const own = new FormData();
  for (const [name, value] of form as Iterable<[string, string | File]>)
    typeof value === "string" ? own.append(name, value) : own.append(name, value, value.name);
  return own;
}

async function readPieces(body: unknown, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<unknown>) {
    signal.throwIfAborted();
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : copiedBytes(piece);
    if (bytes === undefined) throw unreadable("its body gives something that is not bytes.");
    size += bytes.length;
    if (size > most) throw tooLarge(most);
    pieces.push(bytes);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function fitting(bytes: Uint8Array, most: number): Uint8Array {
  if (bytes.length > most) throw tooLarge(most);
  return bytes;
}

/** The refusal of a body that is larger than what is scanned. */
export function tooLarge(most: number): PayloadTooLargeError {
  const message = `The body is larger than ${most} bytes, so nothing was sent. Raise maxBodyBytes if it should be scanned.`;
  return new PayloadTooLargeError(message, { decision: "DENY", reasonCodes: ["PAYLOAD_TOO_LARGE"] });
}
