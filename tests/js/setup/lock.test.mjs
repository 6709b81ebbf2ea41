// Two builds at once write the same files: one of them waits.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const URL_OF_LOCK = pathToFileURL(resolve("scripts/lock.mjs")).href;

function place(test) {
  const folder = mkdtempSync(join(tmpdir(), "interven-lock-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return { lock: join(folder, "deep/build.lock"), log: join(folder, "log") };
}

/** A program that locks and then does something. */
function program({ lock, log }, work) {
  const text = `import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { locked } from ${JSON.stringify(URL_OF_LOCK)};
const log = (text) => appendFileSync(${JSON.stringify(log)}, text);
await locked(${JSON.stringify(lock)}, async () => { ${work} });`;
  return ["--input-type=module", "-e", text];
}

test("work is never done by two at once", async (t) => {
  const at = place(t);
  const work = "log('('); await sleep(20); log(')');";
  const all = Array.from({ length: 5 }, () => spawn(process.execPath, program(at, work), { stdio: "ignore" }));
  const codes = await Promise.all(all.map((child) => new Promise((done) => child.on("close", done))));
  assert.deepEqual(codes, [0, 0, 0, 0, 0]);
  assert.equal(readFileSync(at.log, "utf8"), "()()()()()");
  assert.equal(existsSync(at.lock), false);
});

test("whoever waits is told for whom", async (t) => {
  const at = place(t);
  const holder = spawn(process.execPath, program(at, "log('held'); await sleep(60_000);"), { stdio: "ignore" });
  const gone = new Promise((done) => holder.on("close", done));
  while (!existsSync(at.log)) await new Promise((done) => setTimeout(done, 20));
  const waiting = spawn(process.execPath, program(at, "log('+mine');"), { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => waiting.on("close", done));
  const said = await new Promise((done) => waiting.stdout.once("data", (chunk) => done(String(chunk))));
  assert.match(said, new RegExp(`^Waiting for another build \\(process ${holder.pid}\\)\\..*remove .*build\\.lock`));
  // Killed, the holder cannot unlock; its lock is worth nothing.
  holder.kill("SIGKILL");
  await gone;
  assert.equal(await ended, 0);
  assert.equal(readFileSync(at.log, "utf8"), "held+mine");
});

test("a step that ends the process, or throws, leaves no lock behind", (t) => {
  for (const work of ["process.exit(1);", "throw new Error('no');"]) {
    const at = place(t);
    assert.equal(spawnSync(process.execPath, program(at, work), { stdio: "ignore" }).status, 1);
    assert.equal(existsSync(at.lock), false);
  }
});

test("the lock of a process that is no more is taken over", (t) => {
  const at = place(t);
  const { pid } = spawnSync(process.execPath, program(at, ""), { stdio: "ignore" });
  writeFileSync(at.lock, String(pid));
  const { status, stdout } = spawnSync(process.execPath, program(at, "log('mine');"), { encoding: "utf8" });
  assert.deepEqual({ status, stdout, log: readFileSync(at.log, "utf8") }, { status: 0, stdout: "", log: "mine" });
});
