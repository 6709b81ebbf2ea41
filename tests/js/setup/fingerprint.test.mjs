// When a step is skipped, and when not.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fingerprint, forget, isFresh, remember } from "../../../scripts/fingerprint.mjs";

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "interven-fingerprint-"));
process.chdir(folder);
after(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

test("contents, names, removals and versions count; order and what is not there do not", () => {
  mkdirSync("src/deep", { recursive: true });
  writeFileSync("src/deep/a", "1");
  const seen = new Set([fingerprint(["src"])]);
  const changed = (what) => {
    const value = fingerprint(["src"]);
    assert.ok(!seen.has(value), what);
    seen.add(value);
  };
  assert.ok(seen.has(fingerprint(["src", "nowhere"])));
  assert.ok(!seen.has(fingerprint(["src"], "another version")));
  writeFileSync("src/deep/a", "2");
  changed("contents");
  writeFileSync("src/b", "2");
  changed("one more file");
  rmSync("src/deep/a");
  changed("one file less");
  writeFileSync("src/deep/c", "2");
  changed("another name");
});

test("only the last success is fresh", () => {
  assert.equal(isFresh("step", "one"), false);
  remember("step", "one");
  assert.equal(isFresh("step", "one"), true);
  assert.equal(isFresh("step", "two"), false);
  forget("step");
  assert.equal(isFresh("step", "one"), false);
});
