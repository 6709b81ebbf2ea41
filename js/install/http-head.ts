// The head of a request of node:http: read as it is, and written as it was released.

import { invalidRequest } from "../refusal.js";
import type { ClientRequest } from "./http-types.js";

type Pairs = [name: string, value: string][];

/** Headers that Node.js makes from what is sent. */
const FRAMING = /^(content-length|transfer-encoding)$/i;

/** Names as they were written and their values, one pair each. */
export function readHead(request: ClientRequest): Pairs {
  if (request._header !== null && request._header !== undefined) return writtenHead(request._header);
  const pairs: Pairs = [];
  for (const name of request.getRawHeaderNames?.() ?? request.getHeaderNames()) {
    const value = request.getHeader(name);
    for (const each of Array.isArray(value) ? value : [value]) pairs.push([name, String(each)]);
  }
  return pairs;
}

/** A head that was made already: from headers that were given as a list, or because the request expects to be continued. */
function writtenHead(text: string): Pairs {
  const lines = text.split("\r\n").slice(1);
  return lines.flatMap((line): Pairs => {
    const colon = line.indexOf(":");
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trimStart()]];
  });
}

/** The headers that are scanned: without those that are checked or made here. */
export function scannedHeaders(head: Pairs, url: URL, checksHost: boolean): Pairs {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return head.filter(([name, value]) => {
    const plain = name.toLowerCase();
    if (plain === "transfer-encoding" && value.toLowerCase() !== "chunked")
      throw invalidRequest("The call is not valid, so nothing was sent: its transfer-encoding is not `chunked`.");
    if (plain === "host" && checksHost && ![url.host, `${url.hostname}:${port}`].includes(value.toLowerCase()))
      throw invalidRequest("The call is not valid, so nothing was sent: its `host` header is not the URL's host.");
    // Whoever expects to be continued was told to go on while the call was held.
    return !FRAMING.test(name) && plain !== "expect" && !(plain === "host" && checksHost);
  });
}

/** Makes the head what was released, whatever was done to it since it was read. */
export function writeHead(request: ClientRequest, given: Pairs, released: Pairs, length: number, checksHost: boolean): void {
  request._header = null;
  request._headerSent = false;
  request._last = false;
  request._contentLength = null;
  request.chunkedEncoding = false;
  request.outputData = [];
  request.outputSize = 0;
  for (const name of request.getHeaderNames()) request.removeHeader(name);
  const kept = given.filter(([name]) => name.toLowerCase() === "host" && checksHost);
  const names = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of [...kept, ...released]) {
    const held = names.get(name.toLowerCase());
    if (held === undefined) names.set(name.toLowerCase(), { name, values: [value] });
    else held.values.push(value);
  }
  for (const { name, values } of names.values()) request.setHeader(name, values.length === 1 ? (values[0] as string) : values);
  const chunked = given.some(([name]) => name.toLowerCase() === "transfer-encoding");
  const bodyless = length === 0 && !given.some(([name]) => name.toLowerCase() === "content-length");
  if (chunked && length > 0) request.setHeader("Transfer-Encoding", "chunked");
  else if (!bodyless || METHODS_WITH_BODY.has(request.method)) request.setHeader("Content-Length", String(length));
}

const METHODS_WITH_BODY = new Set(["POST", "PUT", "PATCH"]);
