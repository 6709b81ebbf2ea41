// `npm test [suite…]`: build, run every suite, and say what ran where. `--list` names the suites.

import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "./build.mjs";
import { discover } from "./suites.mjs";

/** Characters that are printed of a suite that failed; all of it is in `target/test-logs/`. */
const LONGEST_OUTPUT = 200_000;

const wanted = process.argv.slice(2);
const suites = discover();
if (wanted.includes("--list")) {
  for (const suite of suites) console.log(`${suite.name.padEnd(16)} ${suite.about}`);
  process.exit(0);
}
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.map((name) => `\`${name}\``).join(", ")}. \`npm test -- --list\` names them.`);
  process.exit(2);
}

await build();
const total = { passed: 0, failed: 0, skipped: 0 };
const cases = [];
const tables = [];
const log = [];
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  process.stdout.write(`${suite.name.padEnd(16)} `);
  const started = Date.now();
  const result = await suite.run().catch((error) => ({ passed: 0, failed: 1, output: String(error?.stack ?? error) }));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const none = result.passed + result.failed === 0 && !result.skippedBecause;
  // A suite that ran nothing protects nothing.
  if (none) result.failed = 1;
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped ?? 0;
  const { output: _output, rows = [], ...counts } = result;
  log.push({ suite: suite.name, ...counts, seconds: Number(seconds) });
  if (rows.length > 0) tables.push(`${suite.name}:\n${rows.join("\n")}`);
  if (result.cases !== undefined) cases.push([suite.name, result.cases]);
  const skipped = result.skippedBecause
    ? `SKIPPED: ${result.skippedBecause}`
    : `${result.passed} passed, ${result.failed} failed`;
  console.log(`${skipped}${result.skipped && !result.skippedBecause ? `, ${result.skipped} skipped` : ""}  (${seconds} s)`);
  if (result.failed > 0) console.log(`\n${none ? "nothing ran\n" : ""}${result.output.trimEnd().slice(-LONGEST_OUTPUT)}\n`);
}
for (const table of tables) console.log(`\n${table}`);
if (cases.length > 0) {
  console.log("\nCorpus cases replayed, verdicts compared byte for byte:");
  for (const [name, count] of cases) console.log(`  ${name.padEnd(16)} ${count}`);
}
mkdirSync("target/test-logs", { recursive: true });
writeFileSync("target/test-logs/results.json", `${JSON.stringify({ total, suites: log }, null, 2)}\n`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed > 0 ? 1 : 0);
