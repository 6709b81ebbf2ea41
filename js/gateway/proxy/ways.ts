/** What an upstream's answer says of places, in terms of the gateway. */
import { PROXY_PREFIX, REDIRECT_PREFIX } from "./target.js";

/** How the agent gets where an answer sends it. */
export interface Ways {
  /** The `Location` that the agent is told. */
  location(value: string): string;
  /** The cookie as the agent gets it; undefined where it gets none. */
  cookie(cookie: string): string | undefined;
}

/**
 * The ways of `/proxy/`. A client that follows a redirect sees one origin and would keep its credentials; a hop to another
 * origin therefore takes a path that drops them, and so does every hop after it, because the client still adds to each what
 * it meant for the first. All upstreams share the gateway's origin in a cookie jar: a path keeps each cookie to its own.
 */
export function proxyWays(upstream: URL, redirected: boolean): Ways {
  return {
    location: (value) => {
      const next = destination(value, upstream);
      if (!next) return value;
      return next.origin === upstream.origin && !redirected ? `${PROXY_PREFIX}${next.href}` : elsewhere(next);
    },
    cookie: (cookie) => scopedCookie(cookie, (path) => `${PROXY_PREFIX}${upstream.origin}${path}`),
  };
}

/** Where a `Location` leads, if that can be proxied at all. */
export function destination(location: string, upstream: URL): URL | undefined {
  const next = URL.canParse(location, upstream.href) ? new URL(location, upstream) : undefined;
  return next && (next.protocol === "http:" || next.protocol === "https:") ? next : undefined;
}

/** The way to another place: scanned again, and without credentials. */
export const elsewhere = (next: URL): string => `${REDIRECT_PREFIX}${next.href}`;

/** A cookie that is only sent to `pathHere(path)`. */
export function scopedCookie(cookie: string, pathHere: (path: string) => string): string {
  const [pair = "", ...attributes] = cookie.split(";");
  const path = attributes.map((attribute) => /^\s*path\s*=\s*(\/[^\s]*)\s*$/i.exec(attribute)?.[1]).findLast(Boolean) ?? "/";
  const kept = attributes.filter((attribute) => !/^\s*(path|domain)\s*(=|$)/i.test(attribute));
  return [pair, ...kept, ` Path=${pathHere(path)}`].join(";");
}
