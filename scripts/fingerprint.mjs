// Whether the inputs of a step have changed since it last succeeded.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "target/fingerprints";

/** Hash over the contents of files and folders, and over some text such as flags and versions. */
export function fingerprint(paths, text = "") {
  const hash = createHash("sha256").update(text);
  for (const path of paths) {
    for (const file of files(path)) hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function files(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true }).map((name) => join(path, name));
  // What cargo makes is no input; `src/target` is.
  const made = (entry) => entry.includes("/target/") && !entry.startsWith("src/");
  return entries.filter((entry) => statSync(entry).isFile() && !made(entry)).sort();
}

/** True when the step's last success had this fingerprint. */
export function isFresh(step, value) {
  const path = join(FOLDER, step);
  return existsSync(path) && readFileSync(path, "utf8") === value;
}

/** Forgets a step before it runs, so that an interrupted one is not taken for done. */
export function forget(step) {
  rmSync(join(FOLDER, step), { force: true });
}

/** Remembers a success. */
export function remember(step, value) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, step), value);
}
