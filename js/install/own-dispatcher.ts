// How a client's own call passes the patched dispatchers of undici: by the identity of the options that are made here.

import { addsNothing, type OwnCall, spendOwn } from "./own-calls.js";
import { headerPairs, plainUrl } from "./undici-request.js";
import { type DispatchOptions, globalDispatcher, type Handler, isDispatcher } from "./undici-types.js";

/** Options that may pass. They are made here and for released calls, and undici hands them from dispatcher to dispatcher. */
const passing = new WeakSet<object>();

export const mayPass = (options: DispatchOptions): boolean => passing.has(options);

/** Lets options pass from now on. */
export function letPass(options: DispatchOptions): DispatchOptions {
  passing.add(options);
  return options;
}

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
  const body = call.body.length > 0 ? call.body : null;
  return letPass({ ...options, headers: headers.flat(), body });
}

const withoutHash = (url: string): string => url.split("#", 1)[0] as string;
