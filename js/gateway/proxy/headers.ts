/** Header fields on their way through the proxy. */
import { isCredentialHeader } from "../preview.js";
import type { Ways } from "./ways.js";

// RFC 9110 §7.6.1, and the fields that the gateway makes anew.
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);
const REMADE = new Set(["host", "content-length", "expect"]);
/** Fields by which an upstream could rule the gateway's own origin in a browser, or pose as the gateway. */
const OWN_ORIGIN = new Set([
  "clear-site-data",
  "strict-transport-security",
  "alt-svc",
  "service-worker-allowed",
  "refresh",
  "public-key-pins",
  // By this one a response tells the server beneath that it has been sent.
  "x-hono-already-sent",
]);

/** What an agent sent, as it will be scanned and sent on. */
export function requestHeaders(headers: Headers, withoutCredentials: boolean): [string, string][] {
  const named = connectionOptions(headers.get("connection"));
  return [...headers].filter(
    ([name]) => isSettable(name) && !named.has(name) && !(withoutCredentials && isCredentialHeader(name)),
  );
}

/** What an upstream answered, as it goes back to the agent. `raw` alternates names and values. */
export function responseHeaders(raw: readonly string[], ways: Ways): Headers {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([(raw[i] ?? "").toLowerCase(), raw[i + 1] ?? ""]);
  const named = connectionOptions(
    pairs
      .filter(([name]) => name === "connection")
      .map(([, value]) => value)
      .join(","),
  );
  const headers = new Headers();
  for (const [name, value] of pairs) {
    if (HOP_BY_HOP.has(name) || named.has(name) || OWN_ORIGIN.has(name) || name.startsWith("x-interven-")) continue;
    if (name === "location") headers.append(name, ways.location(value));
    else if (name !== "set-cookie") headers.append(name, value);
    else {
      const cookie = ways.cookie(value);
      if (cookie !== undefined) headers.append(name, cookie);
    }
  }
  // Whatever an upstream serves, it must not run as a page of the gateway's origin, where the console lives.
  headers.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  return headers;
}

/** Whether a field can be set for a call: it belongs to the call, not to a connection, its framing, or the gateway. */
export function isSettable(name: string): boolean {
  return !HOP_BY_HOP.has(name) && !REMADE.has(name) && !name.startsWith("x-interven-");
}

function connectionOptions(value: string | null): Set<string> {
  return new Set(
    (value ?? "")
      .split(",")
      .map((option) => option.trim().toLowerCase())
      .filter(Boolean),
  );
}
