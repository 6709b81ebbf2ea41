// `npm run test:soak [-- --minutes N] [--seed S] [target…]`: the fuzz targets for N minutes each (10 if not said), what
// `npm test` runs a share of in full, redaction at every split point, then everything that `npm test` runs, with its full
// counts. What a fuzz target finds is kept in tests/corpus/regressions/ and replayed by `cargo test`.

import { spawnSync } from "node:child_process";
import { build } from "./build.mjs";

const FUZZED = ["normalizer", "detector", "redactor", "streaming"];
/** What `npm test` runs a share of: test files, and what makes them run all of it. */
const IN_FULL = {
  digests: ["faults", { SOAK_REQUESTS: "100000" }],
  disclosure: ["faults", {}],
  kills: ["approvals", { INTERVEN_KILLS: "500" }],
  races: ["approvals", { INTERVEN_RACES: "1000", INTERVEN_RACERS: "50" }],
};
const TARGETS = [...FUZZED, ...Object.keys(IN_FULL)];

const args = process.argv.slice(2);
const minutes = Number(option("--minutes") ?? 10);
const seed = option("--seed") ?? new Date().toISOString().slice(0, 10);
const unknown = args.filter((arg) => !TARGETS.includes(arg));
if (unknown.length > 0 || !(minutes > 0)) {
  console.error(`Usage: npm run test:soak -- [--minutes N] [--seed S] [${TARGETS.join("|")}…]`);
  process.exit(2);
}

let failed = false;
for (const target of args.length > 0 ? args : TARGETS) {
  if (target in IN_FULL) {
    await build();
    failed = inFull(target) || failed;
    continue;
  }
  const seconds = String(Math.round(minutes * 60));
  const fuzz = ["run", "--quiet", "--locked", "--profile", "fuzz", "--example", "fuzz", "--", target, seconds, seed];
  failed = spawnSync("cargo", fuzz, { stdio: "inherit" }).status !== 0 || failed;
}
// Every split point of every example of every rule.
if (args.length === 0) {
  const redactor = ["test", "--quiet", "--locked", "--profile", "fuzz", "--test", "redactor"];
  const env = { ...process.env, INTERVEN_EVERY_SPLIT: "1" };
  failed = spawnSync("cargo", redactor, { stdio: "inherit", env }).status !== 0 || failed;
}
// Targets that were named are all that was asked for.
if (args.length === 0) {
  const env = { ...process.env, INTERVEN_SOAK: "1" };
  failed = spawnSync(process.execPath, ["scripts/test.mjs"], { stdio: "inherit", env }).status !== 0 || failed;
}
process.exit(failed ? 1 : 0);

/** True when it failed. */
function inFull(target) {
  const [folder, counts] = IN_FULL[target];
  const args = ["--test", "--test-reporter=spec", `tests/js/${folder}/${target}.test.mjs`];
  const number = [...seed].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const env = { ...process.env, ...counts, SOAK_SEED: String(number) };
  return spawnSync(process.execPath, args, { stdio: "inherit", env }).status !== 0;
}

/** Takes an option and its value out of the arguments. */
function option(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
