// What is scanned: texts made from word lists and from the evidence of the rules, the same in every run, and every rule as a
// regular expression. Written by `examples/bench_inputs`.

import { readFileSync } from "node:fs";
import { must } from "../../scripts/run.mjs";

const FILE = "target/bench/inputs.json";

export async function inputs() {
  const args = ["run", "--locked", "--release", "--example", "bench_inputs", "--", FILE];
  await must("Writing the inputs of the benchmarks", "cargo", args, { log: "target/build-logs/bench-inputs.log" });
  return JSON.parse(readFileSync(FILE, "utf8"));
}

/** One text that holds all of them, in UTF-8. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** `unit` again and again, to `bytes` bytes. */
export const repeated = (unit, bytes) => unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit))).slice(0, bytes);
