// Nothing is sent without its entry, and nothing that was acknowledged is lost: failing writes, and a disk that loses power.
import assert from "node:assert/strict";
import fs, { cpSync, mkdirSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { Engine } from "../../../dist/engine.js";
import { verifyRecord } from "../../../dist/gateway/audit/verify.js";
import { openSqliteStore } from "../../../dist/gateway/index.js";
import { openDatabase, openDirectory, storeOn } from "../../../dist/gateway/store/open.js";
import { openWasmSqlite } from "../../../dist/gateway/store/wasm-sqlite.js";
import { fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";
import { amount } from "../gateway/soak.mjs";
import { recordDisk } from "./power-cuts.mjs";

const CUTS = amount(40, 1500);

/** A database whose n-th write fails, as on a full disk; `forever` whether all after it do. */
function failing(database, failAt, forever) {
  const state = { writes: 0 };
  const counted = (sql, work) => {
    if (!/^\s*(BEGIN|COMMIT|INSERT|UPDATE|DELETE)/i.test(sql)) return work();
    state.writes += 1;
    if (state.writes === failAt || (forever && state.writes > failAt)) throw new Error("disk I/O error");
    return work();
  };
  return {
    state,
    database: {
      exec: (sql) => counted(sql, () => database.exec(sql)),
      all: (sql, values) => counted(sql, () => database.all(sql, values)),
      close: () => database.close(),
    },
  };
}

/** Everything a gateway does to its store, each call by an agent of its own name. What it answered counts as acknowledged. */
async function workload(t, { upstream, engine, template }, failAt, forever) {
  const dataDir = join(temporaryDirectory(t), "data");
  cpSync(template, dataDir, { recursive: true });
  const { state, database } = failing(await openDatabase(join(dataDir, "gateway.db")), failAt, forever);
  let now = Date.UTC(2026, 0, 1);
  const store = storeOn(database, dataDir, () => {});
  const gateway = await startRunning(t, { store, engine, allowPrivate: [upstream.host], now: () => now });
  const acknowledged = { traces: [], approvals: new Map() };
  let calls = 0;
  const send = async (name) => {
    calls += 1;
    const answer = await gateway.proxy(`${upstream.url}/${name}`, { headers: { "x-interven-agent-id": name }, body: "hello" });
    if (answer.status !== 503 && answer.status !== 500) acknowledged.traces.push(answer.headers["x-interven-trace-id"]);
    return answer.status === 202 ? answer.json.approval_id : undefined;
  };
  const decide = async (id, verb) => {
    if (!id) return;
    const answer = await gateway.admin("POST", `/v1/approvals/${id}/${verb}`, {});
    if (answer.status === 200) acknowledged.approvals.set(id, answer.json.status);
  };
  const scan = async (body) => {
    const answer = await gateway.scan({ method: "POST", url: "https://api.example.com/", body });
    if (answer.status === 200) acknowledged.traces.push(answer.json.trace_id);
  };
  await scan({ note: "hello" });
  await scan({ note: fakeSsn() });
  for (const name of ["one", "two"]) {
    await decide(await send(name), "approve");
    await send(name);
    await send(name);
  }
  await decide(await send("three"), "deny");
  await send("three");
  await send("four");
  now += 2 * 3_600_000;
  await gateway.call("GET", `/v1/approvals/${crypto.randomUUID()}/status`);
  await send("four");
  await gateway.close();
  return { dataDir, writes: state.writes, acknowledged, calls };
}

/** What one run left behind, against what it sent and said. */
async function check({ dataDir, acknowledged }, received, message) {
  const record = await openDirectory(dataDir);
  const { database } = record;
  for (const { url } of received) {
    const [{ forwards }] = database.all(
      "SELECT count(*) AS forwards FROM audit WHERE json_extract(body, '$.action') = 'forward' AND agent_id = ?",
      [url.slice(1)],
    );
    assert.ok(forwards >= received.filter((one) => one.url === url).length, `${message}: ${url} went without an entry`);
  }
  for (const trace of acknowledged.traces)
    assert.equal(database.all("SELECT seq FROM audit WHERE trace_id = ?", [trace]).length > 0, true, `${message}: ${trace}`);
  for (const [id, status] of acknowledged.approvals) {
    const [found] = database.all("SELECT status FROM approvals WHERE id = ?", [id]);
    const fits = status === "approved" ? ["approved", "executed", "expired"] : [status];
    assert.ok(fits.includes(found?.status), `${message}: ${id} is ${found?.status}, was ${status}`);
  }
  assert.equal(verifyRecord(database).problem, undefined, message);
  record.close();
}

/** What all runs have in common, and a store to copy for each. */
async function startParts(t) {
  const upstream = await startUpstream(t);
  const template = join(temporaryDirectory(t), "template");
  await (await openSqliteStore(template)).close();
  return { upstream, template, engine: new Engine({ allowPrivate: ["127.0.0.1"], policy: HOLD_LOOPBACK }) };
}

test("whichever write fails, once or from then on, no call was sent without its entry", async (t) => {
  const parts = await startParts(t);
  const { upstream } = parts;
  const whole = await workload(t, parts, 0, false);
  assert.equal(upstream.received.length, 2);
  await check(whole, upstream.received, "no failure");
  assert.ok(whole.writes > 40, `${whole.writes} writes`);
  let refused = 0;
  for (const forever of [false, true]) {
    for (let failAt = 1; failAt <= whole.writes; failAt += forever ? amount(4, 1) : 1) {
      const before = upstream.received.length;
      const run = await workload(t, parts, failAt, forever);
      const received = upstream.received.slice(before);
      await check(run, received, `write ${failAt} of ${whole.writes}${forever ? " and all after it" : ""}`);
      if (run.acknowledged.traces.length < whole.acknowledged.traces.length) refused += 1;
    }
  }
  assert.ok(refused >= 20, `failing writes were noticed ${refused} times`);
});

/** Lets the n-th sync of a log fail, as a disk that has gone away does. Answers how many there were. */
function failingSyncs(failAt) {
  const original = fs.fdatasync;
  const state = {
    syncs: 0,
    stop: () => {
      fs.fdatasync = original;
      syncBuiltinESMExports();
    },
  };
  fs.fdatasync = (descriptor, callback) => {
    state.syncs += 1;
    if (state.syncs === failAt) setImmediate(callback, Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" }));
    else original(descriptor, callback);
  };
  syncBuiltinESMExports();
  return state;
}

test("whichever sync fails, nothing is sent on the word of a disk that failed, until the gateway is started again", async (t) => {
  const parts = await startParts(t);
  const { upstream } = parts;
  for (let failAt = 1; failAt <= 8; failAt++) {
    const before = upstream.received.length;
    const state = failingSyncs(failAt);
    t.after(state.stop);
    const run = await workload(t, parts, 0, false);
    state.stop();
    assert.equal(state.syncs, failAt, "the gateway goes on, as if a later sync could bring back what this one lost");
    assert.ok(run.acknowledged.traces.length < run.calls, `sync ${failAt}`);
    await check(run, upstream.received.slice(before), `sync ${failAt}`);
  }
});

/** Writes on a disk that is listened to. Answers what was acknowledged when, and the disk. */
async function listenedTo(t, options) {
  const dataDir = join(temporaryDirectory(t), "data");
  await (await openSqliteStore(dataDir)).close();
  const target = temporaryDirectory(t);
  const disk = recordDisk(dataDir, options);
  const database = await openWasmSqlite(join(dataDir, "gateway.db"));
  // Often enough that cuts fall into the copying from the log to the file as well.
  database.exec("PRAGMA wal_autocheckpoint = 60");
  const store = storeOn(database, dataDir, () => {});
  const acknowledged = [];
  const acknowledge = (fact) => acknowledged.push({ at: disk.length, ...fact });
  const report = { decision: "ALLOW", reason_codes: [], findings: [], findings_total: 0, policy_version: "none" };
  const decision = {
    agentId: "a",
    source: "proxy",
    action: "forward",
    mode: "enforce",
    method: "POST",
    report,
    approvalId: null,
  };
  const preview = { method: "POST", url: "https://api.example.com/", headers: [], body: "x".repeat(3000), body_bytes: 3000 };
  const write = async () => {
    const now = Date.now();
    const traces = Array.from({ length: 3 }, () => crypto.randomUUID());
    await Promise.all(traces.map((traceId) => store.recordDecision({ ...decision, traceId, at: now })));
    for (const trace of traces) acknowledge({ trace });
    const id = crypto.randomUUID();
    const times = { createdAt: now, expiresAt: now + 1e6, decidedAt: null, executedAt: null, note: null, holder: null };
    const candidate = { id, traceId: traces[0], agentId: "a", digest: id, status: "pending", preview, report, ...times };
    const asked = { candidate, decision: { ...decision, traceId: traces[0], at: now }, deniedSince: 0 };
    await store.requestApproval({ ...asked, limit: { most: 1000, since: 0 } }, now);
    acknowledge({ id, status: "pending" });
    await store.decideApproval(id, { status: "approved", note: null, expiresAt: now + 1e6 }, now);
    acknowledge({ id, status: "approved" });
    const executed = crypto.randomUUID();
    await store.consumeApproval(id, id, { ...decision, traceId: executed, at: now }, now);
    acknowledge({ id, status: "executed" });
    acknowledge({ trace: executed });
  };
  // Some are committed while others are synced.
  const writer = async () => {
    for (let round = 0; round < 8; round++) await write();
  };
  await Promise.all([writer(), writer(), writer()]);
  await store.close();
  disk.stop();
  return { disk, acknowledged, target };
}

const ORDER = ["pending", "approved", "executed"];

/** How much that was acknowledged before a cut is gone after it. */
async function lostAt({ disk, acknowledged, target }, cut, keeps) {
  const directory = join(target, crypto.randomUUID());
  mkdirSync(directory, { mode: 0o700 });
  disk.writeOut(cut, directory, keeps);
  const facts = acknowledged.filter(({ at }) => at <= cut);
  let store;
  try {
    store = await openSqliteStore(directory);
  } catch {
    return facts.length + 1;
  }
  let lost = 0;
  for (const { trace, id, status } of facts) {
    if (trace) lost += (await store.readTrace(trace)).length > 0 ? 0 : 1;
    else lost += ORDER.indexOf((await store.findApproval(id))?.status) >= ORDER.indexOf(status) ? 0 : 1;
  }
  await store.close();
  const record = await openDirectory(directory);
  if (verifyRecord(record.database).problem) lost += 1;
  record.close();
  return lost;
}

/** Numbers that look random and are the same each time. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test(`${CUTS} power cuts lose nothing that was acknowledged; without syncs they do`, async (t) => {
  const random = numbers(7);
  const keepers = [() => false, () => true, () => random() < 0.5, () => random() < 0.9];
  const safe = await listenedTo(t);
  assert.ok(safe.disk.syncs() > 50, `${safe.disk.syncs()} syncs`);
  for (let cut = 0; cut < CUTS; cut++) {
    const at = Math.floor(((cut + random()) / CUTS) * safe.disk.length);
    assert.equal(await lostAt(safe, at, keepers[cut % keepers.length]), 0, `cut ${cut} after ${at} of ${safe.disk.length}`);
  }
  const careless = await listenedTo(t, { lies: true });
  let losses = 0;
  for (let cut = 0; cut < 12; cut++) {
    const at = Math.floor(((cut + 1) / 13) * careless.disk.length);
    if ((await lostAt(careless, at, keepers[0])) > 0) losses += 1;
  }
  assert.ok(losses > 0, "the simulation can lose");
});
