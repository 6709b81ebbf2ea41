// One call through a dispatcher: held back, scanned, and sent as it was released.

import { invalidRequest } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { maxBodyBytes, released, tunnelsAllowed } from "./guards.js";
import { takeOwn } from "./own-calls.js";
import { letPass } from "./passing.js";
import { TUNNEL } from "./tunnels.js";
import { readDispatch } from "./undici-request.js";
import type { DispatchOptions, Handler } from "./undici-types.js";

export interface HeldDispatch {
  options: DispatchOptions;
  handler: Handler;
  /** Where the dispatcher connects to, if it always connects to the same. */
  ownOrigin: unknown;
  send(options: DispatchOptions): boolean;
}

/** Sends a call when it is released, and otherwise tells its handler why not. */
export function sendGuarded({ options, handler, ownOrigin, send }: HeldDispatch): void {
  const aborting = new AbortController();
  const fail = failing(handler, aborting);
  // Read at once: what the caller changes later is not what is scanned.
  const { ...given } = options;
  decide(given, ownOrigin, aborting.signal)
    .then((request) => {
      aborting.signal.throwIfAborted();
      send(letPass(asOptions(given, request), request, request.body));
    })
    .catch(fail);
}

async function decide(options: DispatchOptions, ownOrigin: unknown, signal: AbortSignal): Promise<WireRequest> {
  const tunnel = options.method === "CONNECT";
  if ((options.upgrade || tunnel) && !tunnelsAllowed()) throw invalidRequest(TUNNEL);
  const request = tunnel
    ? await readDispatch({ ...options, origin: `https://${options.path}`, path: "/" }, undefined, maxBodyBytes(), signal)
    : await readDispatch(options, ownOrigin, maxBodyBytes(), signal);
  if (takeOwn(request)) return request;
  const final = await released(request, signal);
  if (new URL(final.url).origin !== new URL(request.url).origin)
    throw invalidRequest("The redacted call leads elsewhere, so nothing was sent.");
  return final;
}

function asOptions(given: DispatchOptions, { method, url, headers }: WireRequest): DispatchOptions {
  const { origin, pathname, search } = new URL(url);
  const { query: _, maxRedirections, ...rest } = given;
  return {
    ...rest,
    ...(method !== "CONNECT" && { origin, path: pathname + search }),
    method,
    headers: headers.flat(),
    // Redirects that undici follows by itself would carry on what nobody has scanned.
    ...(maxRedirections !== undefined && { maxRedirections: 0 }),
  };
}

/** Gives the handler a way to abort while the call is held, and gives back the way to fail it. */
function failing(handler: Handler, aborting: AbortController): (error: unknown) => void {
  const abort = (reason: unknown) => aborting.abort(reason ?? new DOMException("The call was aborted.", "AbortError"));
  const { signal } = aborting;
  const controller = {
    ...{ paused: false, rawHeaders: null, rawTrailers: null, abort, pause: () => {}, resume: () => {} },
    get aborted() {
      return signal.aborted;
    },
    get reason() {
      return signal.reason as unknown;
    },
  };
  if (typeof handler.onRequestStart === "function") handler.onRequestStart(controller, {});
  else handler.onConnect?.(abort, null);
  return (error) => {
    if (typeof handler.onResponseError === "function") handler.onResponseError(controller, error);
    else handler.onError?.(error);
  };
}
