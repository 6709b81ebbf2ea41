// What is told of a suite that fails.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { run } from "../../../scripts/run.mjs";
import { failures } from "../../../scripts/tap.mjs";

const folder = mkdtempSync(join(tmpdir(), "interven-tap-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const FILE = `import assert from "node:assert/strict";
import { test } from "node:test";
const many = (last) => [...Array.from({ length: 300 }, (_, index) => "entry " + index), last];
test("good ones", async (t) => { console.log("said by the good"); await t.test("inner good", () => {}); });
test("bad ones", async (t) => {
  await t.test("inner good of bad", () => {});
  await t.test("inner bad", () => assert.deepEqual(many("is"), many("should be")));
});
test("more good ones", () => {});
`;

test("all about a test that failed is told, and nothing about those that passed but what they said", async () => {
  writeFileSync(join(folder, "some.test.mjs"), FILE);
  // A process that a test starts would take itself for a part of it.
  const env = { NODE_TEST_CONTEXT: undefined };
  const args = ["--test", "--test-reporter=tap", join(folder, "some.test.mjs")];
  const { code, output } = await run(process.execPath, args, { log: join(folder, "log"), env });
  assert.equal(code, 1);
  const told = failures(output);
  for (const part of [
    "bad ones",
    "inner bad",
    "'is'",
    "'should be'",
    "'entry 0'",
    "'entry 299'",
    "# said by the good",
    "# fail 2",
  ])
    assert.ok(told.includes(part), `${part} is not in ${told}`);
  for (const part of ["Subtest: good ones", "inner good\n", "more good ones"]) assert.ok(!told.includes(part), part);
  assert.equal(failures("what is no report\n  ---\nok"), "what is no report\n  ---\nok");
});
