// What the runners share: the corpus with native verdicts, and a folder that has the packed package installed.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fingerprint, isFresh, remember } from "../../../scripts/fingerprint.mjs";

const CORPUS = "target/corpus/expanded.json";
const FOLDER = "target/consumer";

/** Cases with the verdicts of the native core, made anew when the core or the corpus changed. */
export function corpus() {
  const value = fingerprint(["src", "tests/corpus", "tests/support", "examples/expand_corpus.rs", "Cargo.lock"]);
  if (!existsSync(CORPUS) || !isFresh("corpus", value)) {
    execFileSync("cargo", ["run", "--quiet", "--locked", "--example", "expand_corpus", "--", CORPUS], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    remember("corpus", value);
  }
  const { cases } = JSON.parse(readFileSync(CORPUS, "utf8"));
  if (cases.length === 0) throw new Error("the corpus is empty");
  return cases;
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
