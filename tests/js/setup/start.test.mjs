// How `npm start` ends: what a terminal and a supervisor send goes to the whole process group.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

async function start(t, ...options) {
  const data = mkdtempSync(join(tmpdir(), "interven-start-"));
  const args = ["scripts/start.mjs", "--port", "0", "--data-dir", data, ...options];
  // Only stdout is a pipe, and it is read to its end: whoever outlives the group keeps it open.
  const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    rmSync(data, { recursive: true, force: true });
  });
  const group = (signal) => process.kill(-child.pid, signal);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"listening"')) continue;
    child.stdout.resume();
    return { url: JSON.parse(line).url, group, closed };
  }
  throw new Error("the gateway did not start");
}

async function refuses(url) {
  for (;;) {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const reached = await new Promise((done) => socket.on("connect", () => done(true)).on("error", () => done(false)));
    socket.destroy();
    if (!reached) return;
  }
}

test("one Ctrl-C lets the call under way finish", { timeout: 120_000 }, async (t) => {
  const upstream = createServer().listen(0, "127.0.0.1");
  t.after(() => upstream.close());
  await once(upstream, "listening");
  const host = `127.0.0.1:${upstream.address().port}`;
  const { url, group, closed } = await start(t, "--allow-private", host);
  const call = fetch(`${url}proxy/http://${host}/slow`).then((response) => response.text());
  const [, response] = await once(upstream, "request");
  group("SIGINT");
  await refuses(url);
  response.end("finished");
  assert.equal(await call, "finished");
  assert.deepEqual(await closed, [0, null]);
});

test("nothing outlives the group", { timeout: 120_000 }, async (t) => {
  const { url, group, closed } = await start(t);
  group("SIGKILL");
  await closed;
  await refuses(url);
});
