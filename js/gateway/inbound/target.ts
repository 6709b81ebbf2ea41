/**
 * Reads prefix and path out of the raw target of `/inbound/<prefix>/<path>`. A path must stay below the route's base at
 * every server behind it, whatever that undoes once more: the route's credential is for what is below the base.
 */
import { Refusal } from "../reply.js";

/** Path of inbound routes. */
export const INBOUND_PREFIX = "/inbound/";
/** What a prefix is made of. */
export const PREFIX_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** How often a path is decoded in search of a way out. No known server does it more than twice. */
const MOST_DECODINGS = 5;

/** True for targets of inbound routes, whatever else is wrong with them. */
export function isInboundTarget(target: string): boolean {
  return target.startsWith(INBOUND_PREFIX) || target === "/inbound";
}

/** What stands in the place of the prefix; undefined where nothing there can be one. */
export function prefixOf(target: string): string | undefined {
  if (!target.startsWith(INBOUND_PREFIX)) return undefined;
  const [prefix = ""] = target.slice(INBOUND_PREFIX.length).split(/[/?]/, 1);
  return PREFIX_PATTERN.test(prefix) ? prefix : undefined;
}

/** The URL that a target means, below `base`, which has no slash at its end; throws a 400 for any other. */
export function urlBelow(base: string, target: string): URL {
  const rest = target.slice(INBOUND_PREFIX.length).replace(/^[^/?]*/, "");
  if (/[^\x21-\x7e]|[\\#"<>`{}|^]/.test(rest)) throw refused("holds a character that has no place in a URL; percent-encode it");
  const path = rest.replace(/\?.*$/s, "");
  if (leavesItsPlace(path)) throw refused("has a segment that some server takes for another place; write the path that is meant");
  const url = new URL(base + rest);
  if (!isBelow(url, base) || url.href !== hrefOf(base, rest)) throw refused("is not below the upstream of the route");
  return url;
}

/** Whether a URL is the base or below it. */
export function isBelow(url: URL, base: string): boolean {
  const { origin, pathname } = new URL(base);
  const folder = pathname.replace(/\/$/, "");
  return url.origin === origin && (url.pathname === folder || url.pathname.startsWith(`${folder}/`));
}

/** The one way in which base and rest make a URL. A base without a path gets its slash. */
function hrefOf(base: string, rest: string): string {
  const rooted = rest.startsWith("/") || new URL(base).pathname !== "/" ? rest : `/${rest}`;
  return base + rooted;
}

/** Dot segments, backslashes, encoded slashes and control characters, in every encoding that some server undoes. */
function leavesItsPlace(path: string): boolean {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    // Not UTF-8, or no encoding at all: what a server makes of that is its own affair.
    return true;
  }
  for (let decoding = 1; decoding < MOST_DECODINGS; decoding++) {
    // Wide forms and ligatures of dots and slashes, which some servers take for the plain ones.
    const plain = text.normalize("NFKC");
    // Bytes C0 and C1 begin longer forms of ASCII characters.
    if (/[\0-\x1f\x7f\\\u2044\u2215]/.test(plain) || (decoding > 1 && /[\xc0\xc1]/.test(text))) return true;
    if (slashes(plain) !== slashes(path)) return true;
    if (plain.split("/").some((segment) => /^[.\s]*\.[.\s]*(;.*)?$/s.test(segment))) return true;
    const again = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (again === text) return false;
    text = again;
  }
  return true;
}

const slashes = (text: string): number => text.split("/").length;

function refused(problem: string): Refusal {
  return new Refusal(400, "INVALID_UPSTREAM_URL", `The path behind the prefix ${problem}.`);
}
