// A loopback server that keeps what arrives, as it arrives, and says what its digest is.

import { createHash, createHmac, hkdfSync } from "node:crypto";
import { createServer } from "node:http";

/** Starts it. What has an `id` in its query is kept. `answer` may give status, headers and body for a URL; else 200. */
export async function startRecorder(answer = () => ({})) {
  const arrived = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url: target, rawHeaders } = request;
    const url = `http://${request.headers.host}${target}`;
    const id = new URL(url).searchParams.get("id");
    const whole = Buffer.concat(chunks);
    if (id !== null) arrived.set(id, [...(arrived.get(id) ?? []), { method, url, headers: pairs(rawHeaders), body: whole }]);
    const { status = 200, headers = {}, body = "" } = answer(new URL(url), whole);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  /** What arrived under an id; it is forgotten then, because soaks go on for long. */
  const take = (id) => {
    const all = arrived.get(id) ?? [];
    arrived.delete(id);
    return all;
  };
  return { base: `http://127.0.0.1:${server.address().port}`, take, stop };
}

const pairs = (raw) => Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at].toLowerCase(), raw[2 * at + 1]]);

/** Headers that differ between two attempts at the same call, and those of which only the scheme counts. */
const PER_ATTEMPT = [
  ...["accept", "accept-encoding", "accept-language", "baggage", "connection", "content-length", "date", "idempotency-key"],
  ...["sec-fetch-mode", "traceparent", "tracestate", "user-agent", "x-request-id", "x-stainless-retry-count"],
];
const SCHEMES = ["authorization", "proxy-authorization"];
const CREDENTIALS = [...SCHEMES, "cookie", "x-api-key"];
const scheme = (name, value) => (SCHEMES.includes(name) && value.includes(" ") ? value.split(" ")[0] : "");
/** What runtimes and HTTP itself add on the way. */
const ADDED = [...PER_ATTEMPT, "host", "transfer-encoding", "content-type", "cf-worker"];

/** Names of headers that arrived and were neither scanned nor are the runtime's own. */
export const strangers = (request, scanned) =>
  request.headers.map(([name]) => name).filter((name) => !scanned.includes(name) && !ADDED.includes(name));

/**
 * The digest of a request as it arrived, by the definition of the canonical form and not by our code: method, URL, the
 * headers that were scanned, sorted, the body, then agent and policy version; each with its length before it.
 */
export function digestOf({ method, url, headers, body }, scanned, agent, policyVersion) {
  const hash = createHash("sha256");
  const field = (value) => {
    const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value);
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    hash.update(length).update(bytes);
  };
  const counted = headers
    .filter(([name]) => scanned.includes(name) && !PER_ATTEMPT.includes(name))
    .map(([name, value]) => [name, CREDENTIALS.includes(name) ? scheme(name, value) : value])
    .sort(([a, x], [b, y]) => Buffer.compare(Buffer.from(a), Buffer.from(b)) || Buffer.compare(Buffer.from(x), Buffer.from(y)));
  for (const text of ["interven request v1", method, url, ...counted.flat(), "body"]) field(text);
  for (const last of [body, agent, policyVersion]) field(last);
  return hash.digest("hex");
}

/** The digest of a call that a gateway does not see in full: the same, under a key made of the `tokenKey`. */
export function keyed(digest, tokenKey) {
  const key = Buffer.from(hkdfSync("sha256", tokenKey, "", "interven request digest", 32));
  return createHmac("sha256", key).update(Buffer.from(digest, "hex")).digest("hex");
}
