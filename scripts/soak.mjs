// `npm run test:soak [-- --minutes N] [--seed S] [target…]`: the fuzz targets for N minutes each (10 if not said), then
// everything that `npm test` runs, with the full counts. What a target finds is kept in tests/corpus/regressions/ and replayed by `cargo test`.

import { spawnSync } from "node:child_process";

const TARGETS = ["normalizer", "detector", "redactor", "streaming"];

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
  const seconds = String(Math.round(minutes * 60));
  const fuzz = ["run", "--quiet", "--locked", "--profile", "fuzz", "--example", "fuzz", "--", target, seconds, seed];
  failed = spawnSync("cargo", fuzz, { stdio: "inherit" }).status !== 0 || failed;
}
// Targets that were named are all that was asked for.
if (args.length === 0) {
  const env = { ...process.env, INTERVEN_SOAK: "1" };
  failed = spawnSync(process.execPath, ["scripts/test.mjs"], { stdio: "inherit", env }).status !== 0 || failed;
}
process.exit(failed ? 1 : 0);

/** Takes an option and its value out of the arguments. */
function option(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
