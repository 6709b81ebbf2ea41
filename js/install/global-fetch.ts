// Patches `globalThis.fetch`.

import type { Inside } from "../guarding-client.js";
import { snapshot } from "../request.js";
import { guarding, guardingClients, maxBodyBytes } from "./guards.js";
import { ownCallsUnderWay, takeOwn } from "./own-calls.js";
import { anyFetchReplaced, sendingThrough, standsOn } from "./sending.js";

type Fetch = typeof globalThis.fetch;

/** What stands in `globalThis.fetch`, and what stood there. */
let patch: { hook: Fetch; original: Fetch } | undefined;

/** Puts the guarded `fetch` in place, on top of whatever stands there. */
export function guardFetch(): void {
  if (typeof globalThis.fetch !== "function" || fetchGuarded()) return;
  const original = globalThis.fetch;
  const send = sendingThrough(original, anyFetchReplaced());
  const hook: Fetch = async (input, init) => {
    if (!guarding()) return original.call(globalThis, input, init);
    // A Request is not asked: it could say one thing here and another where it is sent.
    const text = input instanceof Request ? undefined : String(input);
    if (text !== undefined && STAYS.test(text)) return original.call(globalThis, text, init);
    const given = text ?? input;
    return ownCallsUnderWay() ? checked(given, init, send) : through(guardingClients(), send)(given, init);
  };
  // Its name, and what a runtime has hung on it.
  Object.defineProperties(hook, Object.getOwnPropertyDescriptors(original));
  try {
    globalThis.fetch = hook;
  } catch {
    // It is frozen; the coverage says so.
    return;
  }
  standsOn(hook, original);
  patch = { hook, original };
}

/** What is read here and goes nowhere. */
const STAYS = /^(data|blob|file):/i;

/** Whether the guarded `fetch` is what code finds. */
export const fetchGuarded = (): boolean => patch !== undefined && globalThis.fetch === patch.hook;

/** Undoes it, unless somebody has patched on top: then it stays and lets everything pass. */
export function releaseFetch(): void {
  if (patch !== undefined && fetchGuarded()) globalThis.fetch = patch.original;
  patch = undefined;
}

/** The newest client first; each sends through the one before it, the oldest through what stood there. */
function through(clients: readonly Inside[], send: Fetch): Fetch {
  return clients.reduceRight((next, inside) => inside.fetchThrough(next), send);
}

/** While a client sends through somebody's own `fetch`, a call may be what it sends. */
async function checked(input: RequestInfo | URL, init: RequestInit | undefined, send: Fetch): Promise<Response> {
  const { request, init: how, redirect } = await snapshot(input, init, maxBodyBytes());
  const { method, url, headers, body } = request;
  const again = { ...how, method, headers, redirect, body: body.length > 0 ? (body as Uint8Array<ArrayBuffer>) : null };
  return takeOwn(request) ? send(url, again) : through(guardingClients(), send)(url, again);
}
