// Runs on every runtime: sends generated requests, and tells the server what the gateway was told of each.

import { generated, seeded } from "./generated-requests.mjs";

const BATCH = 250;
const AT_ONCE = 8;

/** @returns how many were sent and refused, and what the server found wrong. */
export async function run(interven, { server, count, seed, runtime, tokenKey }) {
  const policyVersion = new interven.Engine({ allowPrivate: ["127.0.0.1"] }).policyVersion;
  const random = seeded(seed);
  const clients = Array.from({ length: AT_ONCE }, () => guarded(interven, tokenKey));
  const total = { sent: 0, refused: 0, hidden: 0, wrong: [] };
  for (let from = 0; from < count; from += BATCH) {
    const calls = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => ({
      ...{ id: `${runtime}-${from + at}` },
      ...generated(random, server),
    }));
    const told = [];
    const worker = async (client) => {
      for (let call = calls.shift(); call !== undefined; call = calls.shift()) told.push(await made(interven, client, call));
    };
    await Promise.all(clients.map(worker));
    const response = await fetch(`${server}/told`, { method: "POST", body: JSON.stringify({ policyVersion, told }) });
    const { sent, refused, hidden, wrong } = await response.json();
    total.sent += sent;
    total.refused += refused;
    total.hidden += hidden;
    total.wrong.push(...wrong);
  }
  return { ...total, wrong: total.wrong.slice(0, 20), wrongs: total.wrong.length };
}

/** A client, and the gateway that it asks about one call at a time. */
function guarded(interven, tokenKey) {
  const gateway = new interven.testing.ScriptedGateway({ destination: (input, how) => fetch(input, how) });
  const options = { allowPrivate: ["127.0.0.1"], env: {}, gatewayUrl: gateway.url, fetch: gateway.fetch, tokenKey };
  return { gateway, client: new interven.IntervenClient(options) };
}

async function made(interven, { gateway, client }, { id, url, init, asRequest }) {
  gateway.requests.length = 0;
  gateway.sent.length = 0;
  let ended = "sent";
  try {
    const streaming = init.body instanceof ReadableStream ? { duplex: "half" } : {};
    const input = asRequest ? new Request(url + id, { ...init, ...streaming }) : url + id;
    const response = await client.fetch(input, asRequest ? undefined : init);
    await response.arrayBuffer();
  } catch (error) {
    ended = interven.IntervenError.isInstance(error) ? "refused" : `${error?.name}: ${error?.message}`;
  }
  const [{ request_digest: digest, headers = {} } = {}] = gateway.scans;
  const names = Object.keys(headers);
  return { id, ended, digest, names, empty: names.filter((name) => headers[name] === "") };
}
