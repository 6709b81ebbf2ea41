// Cold start in workerd: from starting the runtime to the first answer of a Worker, in turns with two that do nothing.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Miniflare } from "miniflare";
import { consumer } from "../../tests/js/replay/consumer.mjs";
import { workerModules } from "../../tests/js/replay/on-bundles.mjs";
import { cleanBody } from "./bodies.mjs";
import { EMPTY } from "./empty-wasm.mjs";
import { median, spread } from "./statistics.mjs";

const STARTS = 11;

const WORKERS = {
  "empty Worker": 'export default { fetch: () => new Response("ALLOW") };',
  "Worker with an empty module": `import module from "./empty.wasm";
export default {
  fetch() {
    const { add } = new WebAssembly.Instance(module).exports;
    return new Response(add(1, 2) === 3 ? "ALLOW" : "");
  },
};`,
  "interven: Worker that scans 1 KB": scanning("interven"),
  "interven/slim: Worker that scans 1 KB": scanning("interven/slim"),
};

function scanning(entry) {
  return `import { Engine } from "${entry}";
const body = new TextEncoder().encode(${JSON.stringify(cleanBody(1024))});
const headers = [["content-type", "application/json"]];
export default {
  fetch() {
    const verdict = new Engine().scan({ method: "POST", url: "https://api.example.com/v1/notes", headers, body });
    return new Response(verdict.decision);
  },
};`;
}

export async function workerTable() {
  const folder = resolve(consumer(), "bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "empty.wasm"), EMPTY);
  const entries = Object.entries(WORKERS);
  const workers = [];
  for (const [index, [name, contents]] of entries.entries()) {
    workers.push({
      name,
      options: await workerModules(folder, contents, join(folder, `worker-${index}`)),
      ready: [],
      answer: [],
    });
  }
  for (const worker of workers) await start(worker.options);
  for (let turn = 0; turn < STARTS; turn++) {
    for (let index = 0; index < workers.length; index++) {
      const worker = workers[(index + turn) % workers.length];
      const { ready, answer } = await start(worker.options);
      worker.ready.push(ready);
      worker.answer.push(answer);
    }
  }
  const empty = median(workers[0].answer);
  const rows = workers.flatMap(({ name, ready, answer }) => [
    [`${name}: first answer`, ...spread(answer), median(answer) - empty],
    [`${name}: start of workerd and first answer`, ...spread(ready.map((ms, index) => ms + answer[index])), null],
  ]);
  const columns = ["", "min, ms", "median, ms", "max, ms", "more than the empty Worker, ms"];
  return { title: `workerd: first answer (${STARTS} starts each)`, columns, rows };
}

async function start(options) {
  const from = performance.now();
  const miniflare = new Miniflare(options);
  try {
    await miniflare.ready;
    const ready = performance.now();
    const response = await miniflare.dispatchFetch("http://worker/");
    const text = await response.text();
    const done = performance.now();
    if (text !== "ALLOW") throw new Error(`the Worker answered ${response.status} ${text.slice(0, 500)}`);
    return { ready: ready - from, answer: done - ready };
  } finally {
    await miniflare.dispose();
  }
}
