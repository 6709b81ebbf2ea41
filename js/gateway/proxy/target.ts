/**
 * Reads the upstream URL out of the raw request target. One spelling per destination: what is shown, scanned,
 * resolved and connected to must be the same host, so every other spelling is refused instead of repaired.
 */
import type { Context } from "hono";
import { Refusal } from "../reply.js";
import type { GatewayEnv } from "../surface.js";

/** Where a proxied call goes. */
export interface ProxyTarget {
  url: URL;
  /** True on the way of a redirect to another origin: credentials of the first origin must not follow. */
  crossOriginRedirect: boolean;
}

/** Path of calls. */
export const PROXY_PREFIX = "/proxy/";
/** Path that a redirect to another origin is answered with, and every redirect after that. */
export const REDIRECT_PREFIX = "/proxy-redirect/";

/** True for targets that belong to the proxy, whatever else is wrong with them. */
export function isProxyTarget(target: string): boolean {
  return (
    target.startsWith(PROXY_PREFIX) || target.startsWith(REDIRECT_PREFIX) || target === "/proxy" || target === "/proxy-redirect"
  );
}

/** The target of a request as it came: no URL parser has folded anything in it, where the platform shows it. */
export function rawTarget({ env, req }: Context<GatewayEnv>): string {
  return env.target ?? req.raw.url.slice(new URL(req.raw.url).origin.length);
}

/** Parses a raw target; throws a 400 that says what to write instead. */
export function parseTarget(target: string): ProxyTarget {
  const crossOriginRedirect = target.startsWith(REDIRECT_PREFIX);
  const prefix = crossOriginRedirect ? REDIRECT_PREFIX : PROXY_PREFIX;
  if (!target.startsWith(prefix)) throw refused("must be absolute and stand behind /proxy/");
  return { url: upstreamUrl(target.slice(prefix.length)), crossOriginRedirect };
}

/** A URL in its one plain spelling; throws a 400 that says what to write instead. */
export function upstreamUrl(text: string): URL {
  if (/[\u0000-\u0020\u007f-\uffff\\#]/.test(text)) {
    throw refused("holds a backslash, a fragment, a space, a control character or one beyond ASCII; percent-encode it");
  }
  const match = /^(https?):\/\/([^/?]+)([^?]*)(\?.*)?$/.exec(text);
  const [, scheme, authority, path] = match ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) {
    throw refused("must be http:// or https://, in lower case, with a host");
  }
  if (authority.includes("@")) throw refused("holds a user name or password; send an Authorization header instead");
  if (hasDotSegment(path)) throw refused("holds a '.' or '..' path segment; write the path that is meant");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw refused("is not a valid URL");
  if (url.host !== authority || url.hostname.endsWith(".") || url.protocol !== `${scheme}:`) {
    throw refused(
      "writes its host in another way than URLs do; use lower case, plain numbers, no port that goes without saying, no dot at its end",
    );
  }
  return url;
}

/** Dot segments in every encoding that some server undoes: `%2e`, and encoded slashes around them. */
function hasDotSegment(path: string): boolean {
  return path
    .replace(/%2e/gi, ".")
    .split(/\/|%2f|%5c/i)
    .some((segment) => /^\.\.?(;.*)?$/.test(segment));
}

function refused(problem: string): Refusal {
  return new Refusal(400, "INVALID_UPSTREAM_URL", `The upstream URL ${problem}. Example: https://api.example.com/v1/notes`);
}
