// `npm run bench [-- name…]`: build, run the benchmarks one by one, print their tables. `--list` names them; `--quick` takes
// fewer and shorter rounds; `--peers` installs other tools to compare with; `--write` puts the last figures of all of them
// into BENCHMARKS.md.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { markdown } from "../benches/support/markdown.mjs";
import { text } from "../benches/support/text.mjs";
import { build } from "./build.mjs";

const RESULTS = "target/bench";
const OPTIONS = ["--list", "--quick", "--peers", "--write"];

const names = () =>
  readdirSync("benches")
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => file.slice(0, -".mjs".length))
    .sort();

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith("-"));
const wanted = args.filter((arg) => !arg.startsWith("-"));
const unknown = [...flags.filter((flag) => !OPTIONS.includes(flag)), ...wanted.filter((one) => !names().includes(one))];
if (unknown.length > 0) {
  console.error(`There is no benchmark or option ${unknown.map((one) => `\`${one}\``).join(", ")}.`);
  console.error(`Benchmarks: ${names().join(", ")}. Options: ${OPTIONS.join(", ")}.`);
  process.exit(2);
}
if (flags.includes("--list")) {
  console.log(names().join("\n"));
  process.exit(0);
}

await build();
for (const name of wanted.length > 0 ? wanted : names()) {
  const file = `${RESULTS}/${name}.json`;
  rmSync(file, { force: true });
  // A process of its own: what one benchmark leaves in the heap and in the compiler's caches is not the next one's business.
  const { status } = spawnSync(process.execPath, ["benches/support/run.mjs", name, file, ...flags], { stdio: "inherit" });
  if (status !== 0) {
    console.error(`The benchmark \`${name}\` failed.`);
    process.exit(1);
  }
  console.log(text(JSON.parse(readFileSync(file, "utf8"))));
}
if (flags.includes("--write")) {
  const files = readdirSync(RESULTS).filter((file) => file.endsWith(".json") && names().includes(file.slice(0, -".json".length)));
  const results = files.sort().map((file) => JSON.parse(readFileSync(`${RESULTS}/${file}`, "utf8")));
  writeFileSync("BENCHMARKS.md", markdown(results));
  console.log("Written: BENCHMARKS.md");
}
