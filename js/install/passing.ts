// How a released call passes the dispatchers of undici: by the very options or the very bytes that were released. Dispatchers
// hand options on, and those that change them make new ones, but the bytes stay the same object.

import type { WireRequest } from "../types.js";
import { addsNothing } from "./own-calls.js";
import { headerPairs } from "./undici-request.js";
import type { DispatchOptions } from "./undici-types.js";

/** What was released, without its body. Without headers they do not matter: it goes to the gateway. */
type Head = Pick<WireRequest, "method" | "url"> & { headers: readonly (readonly [string, string])[] | undefined };

const options = new WeakSet<object>();
const bodies = new WeakMap<object, Head>();

/** Lets options pass, and what dispatchers make of them. The options must be private to this package, and so the body. */
export function letPass(given: DispatchOptions, head: Head, body: Uint8Array): DispatchOptions {
  // Even an empty body is one of its own; undici takes it for none.
  const own = body.length > 0 ? body : new Uint8Array();
  bodies.set(own, head);
  const passing = { ...given, body: own };
  options.add(passing);
  return passing;
}

/** Lets these very options pass, which nobody has scanned. */
export function letOptionsPass(given: DispatchOptions): DispatchOptions {
  options.add(given);
  return given;
}

/** Whether this was released. A redirect goes elsewhere with the same bytes, so where it goes counts. */
export function mayPass(given: DispatchOptions): boolean {
  if (options.has(given)) return true;
  const head = typeof given.body === "object" && given.body !== null ? bodies.get(given.body) : undefined;
  const headers = head && headerPairs(given.headers);
  if (head === undefined || headers === undefined || given.method !== head.method || given.query || given.upgrade) return false;
  const { protocol, host, pathname, search } = new URL(head.url);
  const hosts = headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value);
  const others = headers.filter(([name]) => name.toLowerCase() !== "host");
  const origin = URL.canParse(String(given.origin)) ? new URL(String(given.origin)) : undefined;
  // With a header for it, a dispatcher has looked up the name by itself.
  const meant = hosts[0] ?? origin?.host;
  return (
    origin?.protocol === protocol &&
    hosts.length < 2 &&
    meant === host &&
    given.path === pathname + search &&
    (head.headers === undefined || addsNothing(head.headers, others))
  );
}
