// What every store of approvals promises, on each of them: one writer for a version, and nothing lost that was acknowledged.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { ConfigurationError, MemoryApprovalStore } from "../../../dist/index.js";
import { FileApprovalStore } from "../../../dist/node/index.js";
import { temporaryDirectory } from "../gateway/running.mjs";

const record = (state, more = {}) => ({
  ...{ approvalId: "ap-1", digest: "d".repeat(64), agentId: "a", state, method: "POST", host: "example.com" },
  ...{ reasonCodes: ["NEW_DESTINATION"], createdAtMs: 1, expiresAtMs: Date.now() + 60_000, ...more },
});

/** A store in the real runtime of Workers. */
async function durableObjects(t) {
  const entry = `
    import { DurableObjectApprovalStore } from "./dist/workers/index.js";
    export { ApprovalObject } from "./dist/workers/index.js";
    export default {
      async fetch(request, env) {
        const store = new DurableObjectApprovalStore(env.APPROVALS);
        const { method, args } = await request.json();
        return Response.json((await store[method](...args)) ?? null);
      },
    };`;
  const bundled = await build({
    ...{ stdin: { contents: entry, resolveDir: process.cwd() }, bundle: true, format: "esm", write: false, platform: "neutral" },
  });
  const runtime = new Miniflare({
    ...{ modules: true, script: bundled.outputFiles[0].text, compatibilityDate: "2025-09-01" },
    durableObjects: { APPROVALS: { className: "ApprovalObject", useSQLite: true } },
  });
  t.after(() => runtime.dispose());
  const ask = async (method, ...args) => {
    const response = await runtime.dispatchFetch("http://localhost/", { method: "POST", body: JSON.stringify({ method, args }) });
    const value = await response.json();
    return value === null ? undefined : value;
  };
  return { read: (...args) => ask("read", ...args), compareAndSwap: (...args) => ask("compareAndSwap", ...args) };
}

const STORES = {
  memory: async () => new MemoryApprovalStore(),
  files: async (t) => new FileApprovalStore(join(temporaryDirectory(t), "approvals")),
  "Durable Objects": durableObjects,
};

for (const [name, open] of Object.entries(STORES)) {
  test(`${name}: a version is written once`, async (t) => {
    const store = await open(t);
    assert.equal(await store.read("ap-1"), undefined);
    assert.equal(await store.compareAndSwap("ap-1", 1, record("pending")), false);
    assert.equal(await store.compareAndSwap("ap-1", 0, record("pending")), true);
    assert.equal(await store.compareAndSwap("ap-1", 0, record("approved")), false);
    assert.deepEqual(await store.read("ap-1"), {
      record: record("pending", { expiresAtMs: (await store.read("ap-1")).record.expiresAtMs }),
      version: 1,
    });
    for (let version = 1; version < 6; version++) {
      const writers = Array.from({ length: 20 }, (_, n) =>
        store.compareAndSwap("ap-1", version, record("sending", { note: `${n}` })),
      );
      const won = (await Promise.all(writers)).flatMap((written, n) => (written ? [`${n}`] : []));
      assert.equal(won.length, 1, `${won.length} writers of version ${version + 1}`);
      assert.deepEqual([(await store.read("ap-1")).record.note, (await store.read("ap-1")).version], [won[0], version + 1]);
    }
    assert.equal(await store.read("ap-2"), undefined);
  });
}

test("files: processes agree on the one writer", async (t) => {
  const folder = join(temporaryDirectory(t), "approvals");
  const source = `
    import { parentPort, workerData } from "node:worker_threads";
    const { FileApprovalStore } = await import(workerData.module);
    const store = new FileApprovalStore(workerData.folder);
    let won = 0;
    for (let version = 0; version < 40; version++) {
      // Whoever is late finds the version taken.
      if (await store.compareAndSwap("ap-1", version, workerData.record)) won += 1;
      while ((await store.read("ap-1")).version <= version) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    parentPort.postMessage(won);`;
  const module = new URL("../../../dist/node/index.js", import.meta.url).href;
  const workers = Array.from({ length: 4 }, () => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { module, folder, record: record("sending") },
    });
    return new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  const won = await Promise.all(workers);
  assert.equal(
    won.reduce((sum, one) => sum + one, 0),
    40,
    `written ${won}`,
  );
});

test("files: what is half written, damaged or strange is never taken for an approval", async (t) => {
  const folder = temporaryDirectory(t);
  const store = new FileApprovalStore(folder);
  await store.compareAndSwap("ap-1", 0, record("pending"));
  assert.deepEqual(readdirSync(join(folder, "ap-1")), ["1.json"]);
  assert.ok(!readFileSync(join(folder, "ap-1", "1.json"), "utf8").includes("url"));
  writeFileSync(join(folder, "ap-1", "left.draft"), "{");
  assert.equal((await store.read("ap-1")).version, 1);
  truncateSync(join(folder, "ap-1", "1.json"), 10);
  await assert.rejects(store.read("ap-1"), { code: "ERR_INTERVEN_APPROVAL_STORE" });
  writeFileSync(join(folder, "ap-1", "1.json"), JSON.stringify(record("almost")));
  await assert.rejects(store.read("ap-1"), { code: "ERR_INTERVEN_APPROVAL_STORE" });
  for (const id of ["../x", "a/b", "", "."]) await assert.rejects(store.read(id), ConfigurationError);
  rmSync(join(folder, "ap-1"), { recursive: true });
  await store.compareAndSwap("old", 0, record("sent", { expiresAtMs: 5 }));
  await store.compareAndSwap("new", 0, record("pending"));
  assert.equal(await store.forget(Date.now()), 1);
  assert.deepEqual(readdirSync(folder), ["new"]);
});
