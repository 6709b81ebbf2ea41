// Time from starting workerd to the first response of a Worker. Inside workerd no clock moves, so it is measured from outside.

import { resolve } from "node:path";
import { Miniflare } from "miniflare";
import { consumer } from "../tests/js/replay/consumer.mjs";
import { workerModules } from "../tests/js/replay/on-bundles.mjs";
import { inTurns, summary } from "./measure/median.mjs";

export const about = "Cold start in workerd: median ms; `first response` scans in its handler, `second` does it again, warm";

const EMPTY = `export default { fetch: () => new Response("ALLOW") };`;
const PACKAGE = `import { IntervenClient } from "interven";
export default {
  async fetch() {
    const client = new IntervenClient();
    const { decision } = await client.scan({ method: "POST", url: "https://api.example.com/notes", body: { note: "hello" } });
    return new Response(decision);
  },
};`;

export async function measure({ runs }) {
  const folder = consumer();
  const empty = await workerModules(folder, EMPTY, resolve(folder, "bench-empty"));
  const full = await workerModules(folder, PACKAGE, resolve(folder, "bench-package"));
  const samples = await inTurns({ "empty Worker": () => sample(empty), interven: () => sample(full) }, runs);
  return Object.entries(samples).map(([what, all]) => ({ what, ...summary(all, "both") }));
}

async function sample(options) {
  const start = performance.now();
  const miniflare = new Miniflare(options);
  try {
    await miniflare.ready;
    const ready = performance.now();
    await respond(miniflare);
    const first = performance.now();
    await respond(miniflare);
    const second = performance.now();
    return { start: ready - start, "first response": first - ready, both: first - start, second: second - first };
  } finally {
    await miniflare.dispose();
  }
}

async function respond(miniflare) {
  const answer = await (await miniflare.dispatchFetch("http://worker/")).text();
  if (answer !== "ALLOW") throw new Error(`unexpected ${answer}`);
}
