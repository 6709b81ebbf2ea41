// Cold start in Node.js: many fresh processes in turns, every entry, an empty module, and the same rules as RegExps.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { consumer } from "../../tests/js/replay/consumer.mjs";
import { cleanBody } from "./bodies.mjs";
import { EMPTY } from "./empty-wasm.mjs";
import { median, spread } from "./statistics.mjs";

const PROCESSES = 21;

const emptySource = `const text = "${Buffer.from(EMPTY).toString("base64")}";
export const first = () => new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(text, "base64"))).exports.add(1, 2);
`;

const entrySource = (entry) => `import { Engine } from "${entry}";
const body = new TextEncoder().encode(${JSON.stringify(cleanBody(1024))});
const headers = [["content-type", "application/json"]];
export const first = () => new Engine().scan({ method: "POST", url: "https://api.example.com/v1/notes", headers, body }).decision;
`;

/** Only the rules that are a prefix and runs after it: fewer than even \`interven/slim\` has. */
const patternsSource = () => {
  const sources = execFileSync("cargo", ["run", "--quiet", "--locked", "--example", "rule_patterns"], { encoding: "utf8" });
  return `const sources = ${sources};
const body = ${JSON.stringify(cleanBody(1024))};
export const first = () => sources.filter((source) => new RegExp(source).test(body)).length;
`;
};

const EMPTY_NAME = "empty module";
const PATTERNS_NAME = "the token rules as JavaScript RegExps";
const ENTRIES = ["interven", "interven/slim", "interven/patterns"];

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
console.log(JSON.stringify({ import: imported - start, ...spent, first: done - imported }));
`;

export async function nodeTables() {
  const folder = resolve(consumer(), "bench");
  mkdirSync(folder, { recursive: true });
  const sources = { [EMPTY_NAME]: emptySource, [PATTERNS_NAME]: patternsSource() };
  for (const entry of ENTRIES) sources[entry] = entrySource(entry);
  const names = Object.keys(sources);
  for (const [index, name] of names.entries()) writeFileSync(join(folder, `start-${index}.mjs`), sources[name]);
  writeFileSync(join(folder, "probe.mjs"), PROBE);
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  // The first turn is not counted: it brings the files into the page cache. Who begins changes from turn to turn.
  for (let turn = 0; turn <= PROCESSES; turn++) {
    for (let step = 0; step < names.length; step++) {
      const index = (turn + step) % names.length;
      const args = ["probe.mjs", `./start-${index}.mjs`];
      const run = JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }));
      if (turn > 0) runs[names[index]].push(run);
    }
  }
  return [ratios(names, runs), parts(runs)];
}

/** What a start costs once the files are loaded, beside what costs nothing and what one would do without us. */
function ratios(names, runs) {
  const firsts = (name) => runs[name].map(({ first }) => first);
  const against = (name, other) => median(firsts(name)) / median(firsts(other));
  return {
    title: `Node.js: decode, compile, instantiate, first verdict on 1 KB (${PROCESSES} fresh processes each)`,
    columns: ["", "min, ms", "median, ms", "max, ms", "of an empty module, ×", "of the RegExps, ×"],
    rows: names.map((name) => [name, ...spread(firsts(name)), against(name, EMPTY_NAME), against(name, PATTERNS_NAME)]),
  };
}

function parts(runs) {
  const row = (name, what, field) => [`${name}: ${what}`, ...spread(runs[name].map((run) => run[field]))];
  const rows = ENTRIES.flatMap((name) => [
    row(name, "import of the package", "import"),
    row(name, "of the first verdict, compile", "Module"),
    row(name, "of the first verdict, instantiate", "Instance"),
  ]);
  return {
    title: "Node.js: the parts of a start",
    columns: ["", "min, ms", "median, ms", "max, ms"],
    rows: [...rows, row(EMPTY_NAME, "import", "import")],
  };
}
