// The programs of docs/testing.md, run where the packed package is installed; what they print stands behind them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { consumer } from "../replay/consumer.mjs";
import { fencedBlocks } from "./blocks.mjs";

const blocks = fencedBlocks("docs/testing.md");

test("there are programs, and nothing else", () => {
  assert.ok(blocks.length >= 6);
  assert.ok(blocks.every(({ language }) => language === "js"));
});

for (const { name, text } of blocks) {
  test(name, (t) => {
    const folder = mkdtempSync(join(consumer(), "testing-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "program.mjs"), text);
    const expected = [...text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
    // None of them connects to anything but its own gateway.
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "program.mjs")], {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(stdout.trimEnd().split("\n"), expected);
  });
}
