import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openMemoryStore, openSqliteStore, StoreError } from "../../../dist/gateway/index.js";
import { fakeAwsKey, HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

/** The real store, whose n-th write from now fails as a full disk would. */
function failingStore(store, writes) {
  let count = 0;
  const failing = new Set(["recordDecision", "requestApproval", "consumeApproval", "decideApproval"]);
  return new Proxy(store, {
    get(target, name) {
      if (typeof target[name] !== "function") return target[name];
      const method = target[name].bind(target);
      if (!failing.has(name)) return method;
      return async (...args) => {
        count += 1;
        if (writes.failAt(count)) throw new StoreError("the store could not be read or written");
        return method(...args);
      };
    },
  });
}

test("nothing is sent when the decision cannot be recorded", async (t) => {
  const upstream = await startUpstream(t);
  const writes = { failAt: () => true };
  const store = failingStore(await openSqliteStore(temporaryDirectory(t)), writes);
  const gateway = await startRunning(t, { store, allowPrivate: [upstream.host], policy: { name: "p", rules: [] } });
  const answers = [
    await gateway.proxy(`${upstream.url}/x`, { body: "hello" }),
    await gateway.proxy("http://10.0.0.1/"),
    await gateway.scan({ method: "POST", url: "https://api.example.com/", body: { note: "hello" } }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 503);
    assert.equal(answer.json.error.code, "AUDIT_UNAVAILABLE");
    assert.equal(answer.headers["x-interven-decision"], "DENY");
  }
  assert.equal(upstream.received.length, 0);
  writes.failAt = () => false;
  assert.equal((await gateway.proxy(`${upstream.url}/x`, { body: "hello" })).status, 200);
});

test("whichever write fails, every call that was sent has its record", async (t) => {
  const upstream = await startUpstream(t);
  const steps = 4;
  for (let failing = 1; failing <= steps; failing++) {
    const before = upstream.received.length;
    const store = failingStore(await openSqliteStore(temporaryDirectory(t)), { failAt: (count) => count === failing });
    const gateway = await startRunning(t, { store, allowPrivate: [upstream.host], policy: HOLD_LOOPBACK });
    const send = () => gateway.proxy(`${upstream.url}/x`, { body: "hello" });
    await send();
    const [pending] = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
    if (pending) await gateway.admin("POST", `/v1/approvals/${pending.approval_id}/approve`, {});
    await send();
    await send();
    const forwards = (await gateway.admin("GET", "/v1/decisions")).json.decisions.filter((one) => one.action === "forward");
    assert.ok(forwards.length >= upstream.received.length - before, `write ${failing}`);
    await gateway.close();
  }
});

test("a closed store refuses instead of forgetting", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  await store.close();
  await store.close();
  await assert.rejects(store.recordDecision({}), StoreError);
  await assert.rejects(store.listDecisions({ limit: 1 }), StoreError);
});

test("a directory belongs to one gateway; a lock of a dead one is taken over", async (t) => {
  const path = join(temporaryDirectory(t), "deeper", "data");
  const store = await openSqliteStore(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  assert.equal(statSync(join(path, "gateway.db")).mode & 0o777, 0o600);
  await assert.rejects(openSqliteStore(path), /in use by another gateway.*--data-dir/s);
  await store.close();
  writeFileSync(join(path, "gateway.lock"), "999999999 1\n");
  mkdirSync(join(path, "gateway.db.lock"), { recursive: true });
  await (await openSqliteStore(path)).close();
  const file = join(temporaryDirectory(t), "file");
  writeFileSync(file, "");
  await assert.rejects(openSqliteStore(file), /cannot be (made|written).*--data-dir/s);
});

test("what there is nothing to tell of costs no commit, and is not looked at twice", async (t) => {
  const gateway = await startRunning(t);
  const { outbox } = gateway.store;
  await outbox.open(["nobody"], 1);
  const refused = () => gateway.scan({ method: "POST", url: "https://api.slack.com/", body: { text: fakeAwsKey() } });
  const read = [];
  const writerOf = (message) => (entry) => {
    read.push(entry.seq);
    return message;
  };
  const commits = async () => (await gateway.store.statistics()).commits;
  const first = await refused();
  assert.equal(first.json.decision, "DENY");
  const before = await commits();
  assert.equal(await outbox.fill("nobody", writerOf(undefined), 2), false);
  assert.equal(await outbox.fill("nobody", writerOf(undefined), 3), false);
  assert.deepEqual([read.length, await commits()], [1, before]);
  await refused();
  await outbox.fill("nobody", writerOf({ id: "one", type: "denied", subject: "", body: "{}" }), 4);
  assert.equal(read.length, 2);
  assert.deepEqual(
    (await outbox.due("nobody", 5, 10)).map(({ id, seq }) => [id, seq]),
    [["one", read[1]]],
  );
});

test("what a start looks through again has a bound", async () => {
  const store = await openMemoryStore();
  const { outbox } = store;
  await outbox.open(["nobody"], 1);
  const written = async () => {
    const before = (await store.statistics()).commits;
    await outbox.fill("nobody", () => undefined, 2);
    return (await store.statistics()).commits - before;
  };
  const record = async (count) => {
    for (let index = 0; index < count; index++) await store.recordEvent({ kind: "test.event", body: { actor: "gateway" } }, 2);
  };
  const seen = [];
  for (const count of [999, 1, 999, 1]) {
    await record(count);
    seen.push(await written());
  }
  assert.deepEqual(seen, [0, 1, 0, 1]);
  await store.close();
});

test("decisions that arrive together are all recorded, in order", async (t) => {
  const gateway = await startRunning(t);
  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      gateway.scan({ method: "POST", url: `https://api.example.com/${index}`, body: {} }),
    ),
  );
  const { decisions } = (await gateway.admin("GET", "/v1/decisions?limit=1000")).json;
  assert.equal(decisions.length, 200);
  assert.deepEqual(
    decisions.map((one) => one.seq),
    Array.from({ length: 200 }, (_, index) => 200 - index),
  );
  assert.equal((await gateway.admin("GET", "/v1/decisions?limit=3")).json.decisions.length, 3);
  for (const limit of ["0", "x", "1001", "1.5"])
    assert.equal((await gateway.admin("GET", `/v1/decisions?limit=${limit}`)).status, 400);
});

test("a store in memory is a store, and leaves nothing behind", async (t) => {
  const upstream = await startUpstream(t);
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] };
  const gateway = await startRunning(t, { ...options, store: await openMemoryStore() });
  const { approval_id: id } = (await gateway.proxy(upstream.url)).json;
  assert.equal((await gateway.admin("POST", `/v1/approvals/${id}/approve`, {})).status, 200);
  assert.equal((await gateway.proxy(upstream.url)).status, 200);
  const { seq, signature } = (await gateway.admin("GET", "/v1/audit/head")).json;
  assert.deepEqual([seq > 3, typeof signature], [true, "string"]);
  const backup = await gateway.admin("POST", "/v1/backup", {});
  assert.deepEqual([backup.status, backup.json.error.code], [409, "BACKUP_UNAVAILABLE"]);
  const another = await startRunning(t, { ...options, store: await openMemoryStore() });
  assert.deepEqual((await another.admin("GET", "/v1/decisions")).json.decisions, []);
});
