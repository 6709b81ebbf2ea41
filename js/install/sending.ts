// The `fetch` that a client sends with. Small, because every entry has it: what an installation needs is handed in.

type Fetch = typeof globalThis.fetch;

/** Where a call is sent through. */
export interface Way {
  /** It is somebody else's `fetch`, and may lead through a patched one. */
  readonly foreign: boolean;
  readonly toGateway: boolean;
}

/** Sends a client's own call past the patched paths of the process. */
type SendOwn = (
  url: string,
  init: RequestInit | undefined,
  way: Way,
  send: (init?: RequestInit) => Promise<Response>,
) => Promise<Response>;

let sendOwn: SendOwn | undefined;

/** The fetches that stand in `globalThis.fetch` for installed clients, each with what it replaced. */
const replaced = new WeakMap<Fetch, Fetch>();
let anyReplaced = false;

/** From the first installation on, own calls are sent by this. */
export function sendOwnBy(given: SendOwn): void {
  sendOwn = given;
}

/** Remembers what a patched `fetch` stands on. */
export function standsOn(patched: Fetch, original: Fetch): void {
  replaced.set(patched, original);
  anyReplaced = true;
}

/** Is there any patched `fetch`, by any client, that another could stand on? */
export const anyFetchReplaced = (): boolean => anyReplaced;

/** Makes the `fetch` of a client: the one that it was given, or the runtime's as if no client were installed. */
export function sendingFetch(given: Fetch | undefined, gatewayUrl: string | undefined): Fetch {
  let fetch = given ?? globalThis.fetch;
  const foreign = given !== undefined || (anyReplaced && !replaced.has(fetch));
  if (given === undefined)
    for (let beneath = replaced.get(fetch); beneath !== undefined; beneath = replaced.get(fetch)) fetch = beneath;
  return sendingThrough(fetch, foreign, gatewayUrl);
}

/** A `fetch` whose calls are known to be a client's own. */
export function sendingThrough(fetch: Fetch, foreign: boolean, gatewayUrl?: string): Fetch {
  return (input, init) => {
    // Called as a method, `fetch` of browsers and Workers throws.
    if (sendOwn === undefined) return fetch.call(globalThis, input, init);
    const toGateway = gatewayUrl !== undefined && String(input).startsWith(`${gatewayUrl}/`);
    return sendOwn(String(input), init, { foreign, toGateway }, (init) => fetch.call(globalThis, input, init));
  };
}
