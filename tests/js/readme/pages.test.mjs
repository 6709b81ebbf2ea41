// Every JavaScript block of these pages, which need nothing but the package, is run as it stands, in a folder where the packed package is installed, and
// writes what the comments behind its `console.log` say. Nothing but loopback is contacted (see only-loopback.mjs).

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { startUpstream } from "../gateway/running.mjs";
import { consumer } from "../replay/consumer.mjs";
import { fencedBlocks } from "./blocks.mjs";

const pages = ["approvals.md", "memory.md", "scan.md"];
const blocks = pages.flatMap((page) =>
  fencedBlocks(join("docs", page))
    .filter(({ language }) => language === "js")
    .map((block) => ({ ...block, name: `${page}: ${block.name}` })),
);

test("there are pages with programs", () => assert.ok(blocks.length >= 3, `${blocks.length} blocks`));

for (const { name, text } of blocks)
  test(name, async (t) => {
    const upstream = await startUpstream(t);
    const folder = mkdtempSync(join(consumer(), "page-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "block.mjs");
    writeFileSync(file, text);
    const args = ["--import", resolve("tests/js/readme/only-loopback.mjs"), file];
    const env = { ...process.env, README_UPSTREAM: upstream.url, NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8", timeout: 60_000 });
    assert.equal(status, 0, stderr);
    const said = [...text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
    assert.equal(said.length, text.match(/console\.log/g)?.length ?? 0, "a console.log without its output behind it");
    assert.deepEqual(stdout.split("\n").filter(Boolean), said);
  });
