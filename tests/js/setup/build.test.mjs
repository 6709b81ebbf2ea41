// What a build does again, and what it remembers of a step that failed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { machineWith } from "./machine.mjs";

const build = (cwd, env) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
};

test("a second build does nothing", () => {
  assert.equal(build().status, 0);
  assert.deepEqual(build(), { status: 0, stdout: "", stderr: "" });
});

/** Programs that do as if: packages and helper can be had, the core does not compile. */
const PROGRAMS = {
  mkdir: true,
  touch: true,
  cc: "exit 0",
  npm: "mkdir -p node_modules/typescript",
  rustup: "echo wasm32-unknown-unknown",
  rustc: "echo 'commit-hash: 0'",
  cargo: `case "$1" in
  build) mkdir -p target/xtask/debug; touch target/xtask/debug/xtask;;
  metadata) echo '{"packages":[]}';;
  rustc) echo 'error: an unexpected flaw'; exit 101;;
esac`,
};

test("a step that fails shows why, is not taken for done, and comes first in the next build", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "interven-build-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync("scripts", join(folder, "scripts"), { recursive: true });
  const fingerprints = join(folder, "target/fingerprints");
  mkdirSync(fingerprints, { recursive: true });
  writeFileSync(join(fingerprints, "core"), "of an earlier success");
  const env = { ...process.env, PATH: machineWith(t, PROGRAMS) };

  const first = build(folder, env);
  assert.equal(first.status, 1);
  assert.match(
    first.stdout,
    /^\[1\/9\] install npm packages … \d+ s\n\[2\/9\] compile the build helper … \d+ s\n\[3\/9\] .* … $/,
  );
  assert.match(first.stderr, /an unexpected flaw/);
  assert.match(first.stderr, /Compiling core to WebAssembly failed \(`cargo rustc .*exit code 101\)/);
  assert.deepEqual(readdirSync(fingerprints).sort(), ["packages", "xtask"]);
  assert.equal(existsSync(join(folder, "target/build.lock")), false);

  const second = build(folder, env);
  assert.equal(second.status, 1);
  assert.match(second.stdout, /^\[3\/9\] compile core to WebAssembly … $/);
});
