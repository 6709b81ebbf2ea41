// The dispatcher that a client gives the runtime's `fetch` for a call of its own.

import { addsNothing, type OwnCall, spendOwn } from "./own-calls.js";
import { letPass } from "./passing.js";
import { headerPairs, plainUrl } from "./undici-request.js";
import { type DispatchOptions, globalDispatcher, type Handler, isDispatcher } from "./undici-types.js";

/**
 * The same init, with a dispatcher that sends this call and no other: it takes the body from the call and lets no header pass
 * that was not released. Whatever else is dispatched through it is scanned.
 */
export function throughOwnDispatcher(call: OwnCall, init: RequestInit | undefined): RequestInit | undefined {
  const given = (init as { dispatcher?: unknown } | undefined)?.dispatcher;
  const target = isDispatcher(given) ? given : globalDispatcher();
  if (target === undefined) return init;
  const dispatch = (options: DispatchOptions, handler: Handler) => target.dispatch(ownOptions(call, options), handler);
  const dispatcher = new Proxy(target, {
    get: (of, key) => (key === "dispatch" ? dispatch : Reflect.get(of, key, of)),
  });
  return { ...init, dispatcher } as RequestInit;
}

function ownOptions(call: OwnCall, options: DispatchOptions): DispatchOptions {
  const headers = headerPairs(options.headers);
  if (headers === undefined || options.method !== call.method || plainUrl(options) !== withoutHash(call.url)) return options;
  if (call.headers !== undefined && !addsNothing(call.headers, headers)) return options;
  const length = headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  if (length !== undefined && Number(length) !== call.body.length) return options;
  spendOwn(call);
  return letPass({ ...options, headers: headers.flat() }, call, call.body);
}

const withoutHash = (url: string): string => url.split("#", 1)[0] as string;
