/** Header fields on their way through the proxy. */
import { isCredentialHeader } from "../preview.js";
import { PROXY_PREFIX, REDIRECT_PREFIX } from "./target.js";

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
]);

/** What an agent sent, as it will be scanned and sent on. */
export function requestHeaders(headers: Headers, withoutCredentials: boolean): [string, string][] {
  const named = connectionOptions(headers.get("connection"));
  return [...headers].filter(
    ([name]) =>
      !HOP_BY_HOP.has(name) &&
      !named.has(name) &&
      !REMADE.has(name) &&
      !name.startsWith("x-interven-") &&
      !(withoutCredentials && isCredentialHeader(name)),
  );
}

/**
 * What an upstream answered, as it goes back to the agent. `raw` alternates names and values; `redirected` tells that
 * the call itself was a redirect to another origin.
 */
export function responseHeaders(raw: readonly string[], upstream: URL, redirected: boolean): Headers {
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
    if (name === "location") headers.append(name, rewriteLocation(value, upstream, redirected));
    else if (name === "set-cookie") headers.append(name, scopeCookie(value, upstream));
    else headers.append(name, value);
  }
  // Whatever an upstream serves, it must not run as a page of the gateway's origin, where the console lives.
  headers.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  return headers;
}

/**
 * Leads a redirect back through the proxy, so that its next hop is scanned too. A client that follows sees one
 * origin and would keep its credentials; a hop to another origin therefore takes a path that drops them, and so does
 * every hop after it, because the client still adds to each what it meant for the first.
 */
function rewriteLocation(location: string, upstream: URL, redirected: boolean): string {
  const next = URL.canParse(location, upstream.href) ? new URL(location, upstream) : undefined;
  if (!next || (next.protocol !== "http:" && next.protocol !== "https:")) return location;
  return `${next.origin === upstream.origin && !redirected ? PROXY_PREFIX : REDIRECT_PREFIX}${next.href}`;
}

/** Keeps a cookie to the upstream that set it: all upstreams share the gateway's origin in a cookie jar. */
function scopeCookie(cookie: string, upstream: URL): string {
  const [pair = "", ...attributes] = cookie.split(";");
  const path = attributes.map((attribute) => /^\s*path\s*=\s*(\/[^\s]*)\s*$/i.exec(attribute)?.[1]).findLast(Boolean) ?? "/";
  const kept = attributes.filter((attribute) => !/^\s*(path|domain)\s*(=|$)/i.test(attribute));
  return [pair, ...kept, ` Path=${PROXY_PREFIX}${upstream.origin}${path}`].join(";");
}

function connectionOptions(value: string | null): Set<string> {
  return new Set(
    (value ?? "")
      .split(",")
      .map((option) => option.trim().toLowerCase())
      .filter(Boolean),
  );
}
