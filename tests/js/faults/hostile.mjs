// Runs on every runtime: gives every hostile body to `fetch` and to `scan`, in both failure modes.

import { hostile } from "./hostile-bodies.mjs";

/** @returns for each: how it ended, and what the gateway was told would be sent. */
export async function run(interven, { server, keys, gzip, runtime }) {
  const results = [];
  const options = { allowPrivate: ["127.0.0.1"], env: {} };
  for (const [at, [name, make]] of Object.entries(hostile).entries())
    for (const failMode of ["closed", "open"])
      for (const [api, call] of Object.entries(CALLS)) {
        const id = `${runtime}-${at}-${failMode}-${api}`;
        const gateway = new interven.testing.ScriptedGateway({
          // An open client decides alone when the gateway fails; what it was asked is there all the same.
          otherwise: failMode === "open" ? 503 : { decision: "ALLOW" },
          destination: (input, init) => fetch(input, init),
        });
        const client = new interven.IntervenClient({
          ...{ ...options, failMode, gatewayUrl: gateway.url, fetch: gateway.fetch, maxRetries: 0 },
          clock: new interven.testing.FakeClock(),
        });
        const ended = await call(client, `${server}/?id=${id}`, make(keys[at], { gzip: gzip[at] }), interven);
        const told = gateway.scans.map(({ request_digest: digest, headers }) => ({ digest, names: Object.keys(headers) }));
        const leaks = gateway.leaksOf(keys[at]).map(({ form, where }) => `${form} in ${where}`);
        results.push({ name, at, api, failMode, id, ended, told, leaks });
      }
  return { policyVersion: new interven.Engine({ allowPrivate: ["127.0.0.1"] }).policyVersion, results };
}

const CALLS = {
  fetch: async (client, url, { body, init, later }, interven) => {
    // Not a copy: the members of an init may be getters.
    const given = init ?? {};
    if (body !== undefined) Object.defineProperty(given, "body", { value: body, enumerable: true });
    Object.defineProperty(given, "method", { value: "POST", enumerable: true });
    return ended(client.fetch(url, given), later, interven);
  },
  scan: async (client, url, { body, init, later }, interven) => {
    const input = init ?? {};
    if (body !== undefined) Object.defineProperty(input, "body", { value: body, enumerable: true });
    Object.defineProperty(input, "url", { value: url, enumerable: true });
    return ended(client.scan(input), later, interven);
  },
};

async function ended(promise, later, interven) {
  // In the same turn: the call has begun, and has not come far.
  later?.();
  try {
    const result = await promise;
    return result.decision ?? `sent ${result.status}`;
  } catch (error) {
    return interven.IntervenError.isInstance(error) ? error.code : String(error?.name);
  }
}
