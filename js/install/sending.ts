// The `fetch` that a client sends with. Where paths are patched, what it sends passes them without another scan.

import { copiedBytes } from "../bytes.js";
import { guarding } from "./guards.js";
import { type OwnCall, sendOwn } from "./own-calls.js";
import { throughOwnDispatcher } from "./own-dispatcher.js";

type Fetch = typeof globalThis.fetch;

/** The fetches that stand in `globalThis.fetch` for installed clients, each with what it replaced. */
const replaced = new WeakMap<Fetch, Fetch>();
let anyReplaced = false;

/** Remembers what a patched `fetch` stands on. */
export function standsOn(patched: Fetch, original: Fetch): void {
  replaced.set(patched, original);
  anyReplaced = true;
}

/** Makes the `fetch` of a client: the one that it was given, or the runtime's as if no client were installed. */
export function sendingFetch(given: Fetch | undefined, gatewayUrl: string | undefined): Fetch {
  let fetch = given ?? globalThis.fetch;
  // Somebody else's may lead through a patched one.
  const foreign = given !== undefined || (anyReplaced && !replaced.has(fetch));
  if (given === undefined)
    for (let beneath = replaced.get(fetch); beneath !== undefined; beneath = replaced.get(fetch)) fetch = beneath;
  return sendingThrough(fetch, foreign, gatewayUrl);
}

/** A `fetch` whose calls are known to be a client's own. `foreign`: it may lead through a patched path. */
export function sendingThrough(fetch: Fetch, foreign: boolean, gatewayUrl?: string): Fetch {
  return async (input, init) => {
    // Called as a method, `fetch` of browsers and Workers throws.
    const send = (init: RequestInit | undefined) => fetch.call(globalThis, input, init);
    if (!guarding()) return send(init);
    const toGateway = gatewayUrl !== undefined && String(input).startsWith(`${gatewayUrl}/`);
    const call = ownCall(String(input), init, toGateway);
    const sendIt = () => send(throughOwnDispatcher(call, init));
    return foreign || toGateway ? sendOwn(call, sendIt) : sendIt();
  };
}

/** Is there any patched `fetch`, by any client, that another could stand on? */
export const anyFetchReplaced = (): boolean => anyReplaced;

function ownCall(url: string, init: RequestInit | undefined, toGateway: boolean): OwnCall {
  const { method = "GET", body } = init ?? {};
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : copiedBytes(body);
  return {
    method,
    url: new URL(url).href,
    headers: toGateway ? undefined : [...new Headers(init?.headers)],
    body: bytes ?? new Uint8Array(),
  };
}
