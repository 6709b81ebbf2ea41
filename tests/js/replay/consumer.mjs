// What the runners share: the corpus with native verdicts, and a folder that has the packed package installed.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fingerprint, isFresh, remember } from "../../../scripts/fingerprint.mjs";

const CORPUS = "target/corpus/expanded.json";
const EXAMPLES = "target/corpus/examples.json";
const FOLDER = "target/consumer";

/** Cases with the verdicts of the native core. */
export function corpus() {
  const { cases } = written("corpus", "expand_corpus", CORPUS);
  if (cases.length === 0) throw new Error("the corpus is empty");
  return cases;
}

/** Examples of every rule: `{ rule, text }`. */
export const ruleExamples = () => written("examples", "rule_examples", EXAMPLES);

/** What a program of the crate writes, made anew when the core or the corpus changed. */
function written(name, example, file) {
  const value = fingerprint(["src", "tests/corpus", "tests/support", `examples/${example}.rs`, "Cargo.lock"]);
  if (!existsSync(file) || !isFresh(name, value)) {
    execFileSync("cargo", ["run", "--quiet", "--locked", "--example", example, "--", file], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    remember(name, value);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Packs the package as it would be published and installs it, alone, into a folder of its own. */
export function consumer() {
  const value = fingerprint(["dist", "package.json"]);
  const folder = resolve(FOLDER, value.slice(0, 16));
  if (existsSync(folder)) return folder;
  // Made beside its place and moved there whole: test files run at the same time.
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  npm(["pack", "--silent", "--pack-destination", making], ".");
  const tarball = readdirSync(making).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(making, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  npm(["install", "--silent", "--omit=optional", "--no-audit", "--no-fund", `./${tarball}`], making);
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true });
  }
  return folder;
}

function npm(args, cwd) {
  execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
