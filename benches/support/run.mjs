// `node run.mjs NAME OUT.json [--quick] [--peers]`: runs one benchmark and writes its tables, and what they were measured on.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { machine } from "./machine.mjs";

const [name, out, ...flags] = process.argv.slice(2);
// Before the work: the work itself is load.
const measuredOn = machine();
const { about, default: bench } = await import(`../${name}.mjs`);
console.log(`${name}: ${about} …`);
const options = { quick: flags.includes("--quick"), peers: flags.includes("--peers") };
const tables = await bench(options);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(
  out,
  `${JSON.stringify({ name, about, date: new Date().toISOString(), ...measuredOn, quick: options.quick, tables }, null, 2)}\n`,
);
// What a benchmark has started must not keep this process.
process.exit(0);
