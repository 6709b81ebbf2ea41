// What a person reads whose Node.js is too old.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Asks what is missing, as if this were another version. */
function check(version) {
  const text = `Object.defineProperty(process.versions, "node", { value: "${version}" });
const { checkPrerequisites } = await import("./scripts/prerequisites.mjs");
checkPrerequisites();`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
}

for (const version of ["16.20.2", "18.20.4", "20.18.3"]) {
  test(`Node.js ${version} is too old`, () => {
    const { status, stderr } = check(version);
    assert.equal(status, 1);
    assert.ok(stderr.includes(`  - Node.js 20.19 or newer is needed, this is ${version}: install a newer one\n`), stderr);
  });
}

for (const version of ["20.19.0", "22.0.0", "100.1.0"]) {
  test(`Node.js ${version} will do`, () => {
    const { status, stderr } = check(version);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });
}
