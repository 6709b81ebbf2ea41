// How programs are run for the build and the tests: every way to fail is a failure.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { run } from "../../../scripts/run.mjs";

const folder = mkdtempSync(join(tmpdir(), "interven-run-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const log = join(folder, "a/run.log");
const node = (text, options) => run(process.execPath, ["-e", text], { log, ...options });

test("exit code and both outputs", async () => {
  assert.deepEqual(await node("console.log('out'); process.exitCode = 3"), { code: 3, output: "out\n" });
  assert.deepEqual(await node("console.error('err')"), { code: 0, output: "err\n" });
});

test("a program that is killed, or not there", async () => {
  assert.equal((await node("process.kill(process.pid, 'SIGKILL')")).code, 1);
  const { code, output } = await run("interven-no-such-program", [], { log });
  assert.notEqual(code, 0);
  assert.match(output, /interven-no-such-program/);
});

test("a program that hangs, and one that does not let go", async () => {
  const hangs = await node("console.log('on'); setInterval(() => {}, 1000)", { limitMinutes: 0.02 });
  assert.equal(hangs.code, 124);
  assert.match(hangs.output, /was stopped: not done after/);
  const child = "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4000)'], { stdio: 'inherit' })";
  assert.equal((await node(child, { limitMinutes: 0.02 })).code, 124);
});

test("a step that fails ends the build with the program's output and what it was for", () => {
  const url = pathToFileURL(resolve("scripts/run.mjs")).href;
  const text = `import { must } from ${JSON.stringify(url)};
await must("Compiling nothing", process.execPath, ["-e", "console.log('the reason'); process.exit(7)"], { log: ${JSON.stringify(log)} });
console.log("not reached");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
  assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
  assert.match(stderr, /the reason/);
  assert.match(stderr, /Compiling nothing failed \(.*exit code 7\)/);
});
