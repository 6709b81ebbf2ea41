// What publint and "are the types wrong?" find in the package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { publint } from "publint";
import { packed } from "./packed.mjs";

const { root } = packed();

const RAW = ["core.wasm", "scalar.wasm", "slim.wasm", "patterns.wasm", "component.wasm"];

function attw(folder) {
  const args = ["--pack", folder, "--profile", "esm-only", "--exclude-entrypoints", ...RAW, "--no-color"];
  const { status, stdout, stderr } = spawnSync(process.execPath, ["node_modules/@arethetypeswrong/cli/dist/index.js", ...args], {
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

async function complaints(folder) {
  const { messages } = await publint({ pkgDir: folder, level: "suggestion", strict: true, pack: false });
  return messages.map(({ code, path }) => `${code} at ${path.join(".")}`);
}

test("publint finds nothing", async () => {
  assert.deepEqual(await complaints(root), []);
});

test("the types of every entry resolve", () => {
  const { status, output } = attw(root);
  assert.equal(status, 0, output);
  for (const entry of ["interven", "interven/slim", "interven/patterns", "interven/gateway"])
    assert.ok(output.includes(`"${entry}"`), output);
});

test("both would find an entry that is not there", async () => {
  const path = join(root, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.exports["./gateway"] = { types: "./dist/nowhere.d.ts", default: "./dist/nowhere.js" };
  writeFileSync(path, JSON.stringify(manifest));
  assert.notDeepEqual(await complaints(root), []);
  assert.notEqual(attw(root).status, 0);
});
