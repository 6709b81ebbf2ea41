// Cold start in Node.js: many fresh processes, ours and an empty module's in turns.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { consumer } from "../../tests/js/replay/consumer.mjs";
import { cleanBody } from "./bodies.mjs";
import { EMPTY } from "./empty-wasm.mjs";
import { spread } from "./statistics.mjs";

const PROCESSES = 21;

const EMPTY_SOURCE = `const text = "${Buffer.from(EMPTY).toString("base64")}";
export const first = () => new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(text, "base64"))).exports.add(1, 2);
`;

const OUR_SOURCE = `import { Engine } from "interven";
const body = new TextEncoder().encode(${JSON.stringify(cleanBody(1024))});
const headers = [["content-type", "application/json"]];
export const first = () => new Engine().scan({ method: "POST", url: "https://api.example.com/v1/notes", headers, body }).decision;
`;

/** Times the import and the first call, and in it what the runtime takes to compile and to instantiate. */
const PROBE = `const spent = { Module: 0, Instance: 0 };
for (const what of ["Module", "Instance"]) {
  WebAssembly[what] = new Proxy(WebAssembly[what], {
    construct(target, args) {
      const from = performance.now();
      const made = new target(...args);
      spent[what] += performance.now() - from;
      return made;
    },
  });
}
const start = performance.now();
const { first } = await import(process.argv[2]);
const imported = performance.now();
if (first() === undefined) throw new Error("no verdict");
const done = performance.now();
console.log(JSON.stringify({ import: imported - start, ...spent, first: done - imported, total: done - start }));
`;

export async function nodeTables() {
  const folder = resolve(consumer(), "bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "empty.mjs"), EMPTY_SOURCE);
  writeFileSync(join(folder, "ours.mjs"), OUR_SOURCE);
  writeFileSync(join(folder, "probe.mjs"), PROBE);
  const probe = (what) => JSON.parse(execFileSync(process.execPath, ["probe.mjs", `./${what}.mjs`], { cwd: folder }));
  // Not counted: it brings the files into the page cache.
  for (const what of ["empty", "ours"]) probe(what);
  const runs = { empty: [], ours: [] };
  for (let turn = 0; turn < PROCESSES; turn++) {
    // Who begins changes, so that neither always runs on the warmer machine.
    for (const what of turn % 2 === 0 ? ["empty", "ours"] : ["ours", "empty"]) runs[what].push(probe(what));
  }
  const row = (name, what, field) => [name, ...spread(runs[what].map((run) => run[field]))];
  return [
    {
      title: `Node.js: from the import to the first verdict on 1 KB (${PROCESSES} fresh processes each)`,
      columns: ["", "min, ms", "median, ms", "max, ms"],
      rows: [
        row("empty module: total", "empty", "total"),
        row("interven: total", "ours", "total"),
        row("interven: import of the package", "ours", "import"),
        row("interven: first verdict (all of the rest)", "ours", "first"),
        row("interven: of that, compile", "ours", "Module"),
        row("interven: of that, instantiate", "ours", "Instance"),
        row("empty module: import", "empty", "import"),
        row("empty module: compile, instantiate, call", "empty", "first"),
      ],
      note: "The total starts inside a running process; Node.js itself is not in it.",
    },
  ];
}
