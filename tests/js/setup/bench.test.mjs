// What `npm run bench` takes for a benchmark is one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const bench = (...args) => spawnSync(process.execPath, ["scripts/bench.mjs", ...args], { encoding: "utf8" });

test("every benchmark that is listed says what it is about and can be run", async () => {
  const names = bench("--list").stdout.trim().split("\n");
  assert.ok(names.length >= 3, names.join());
  for (const name of names) {
    const { about, default: run } = await import(`../../../benches/${name}.mjs`);
    assert.deepEqual([name, typeof about, typeof run], [name, "string", "function"]);
  }
});

test("a name or an option that does not exist ends with 2 and the ones that do", () => {
  for (const wrong of ["nothing", "--fast"]) {
    const { status, stderr } = bench(wrong);
    assert.equal(status, 2);
    assert.match(stderr, /Benchmarks: .*sizes.* Options: --list/);
  }
});
