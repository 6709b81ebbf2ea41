// What is answered waits for the disk, and the gateway does not.
import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";
import { openMemoryStore, openSqliteStore, StoreError } from "../../../dist/gateway/index.js";
import { GroupSync } from "../../../dist/gateway/store/group-sync.js";
import { temporaryDirectory } from "../gateway/running.mjs";

/** A disk whose syncs end when a test says so. */
function slowDisk() {
  const under = [];
  return { under, sync: () => new Promise((resolve, reject) => under.push({ resolve, reject })) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Follows a promise. */
function followed(promise) {
  const state = { ended: false };
  promise.then(
    () => Object.assign(state, { ended: true }),
    (error) => Object.assign(state, { ended: true, error }),
  );
  return state;
}

test("what was written while a sync was under way is on the disk after the next one, which serves all of it", async () => {
  const { under, sync } = slowDisk();
  const group = new GroupSync(sync);
  await group.settled();
  assert.equal(under.length, 0, "nothing was written");
  group.wrote();
  const first = [followed(group.settled()), followed(group.settled())];
  group.wrote();
  const second = [followed(group.settled()), followed(group.settled())];
  assert.equal(under.length, 1);
  under[0].resolve();
  await turn();
  assert.deepEqual(
    [...first, ...second].map(({ ended }) => ended),
    [true, true, false, false],
  );
  assert.equal(under.length, 2);
  under[1].resolve();
  await turn();
  assert.deepEqual(
    second.map(({ ended }) => ended),
    [true, true],
  );
  await group.settled();
  assert.equal(under.length, 2);
});

test("syncs never overlap, whoever writes first when one has ended", async () => {
  const { under, sync } = slowDisk();
  const group = new GroupSync(sync);
  group.wrote();
  const after = group.settled().then(() => {
    group.wrote();
    return group.settled();
  });
  const last = followed(after);
  group.wrote();
  const other = followed(group.settled());
  under[0].resolve();
  await turn();
  assert.equal(under.length, 2, "one at a time");
  under[1].resolve();
  await turn();
  assert.deepEqual([last.ended, other.ended, under.length], [true, true, 2]);
});

test("a sync that fails is the last one", async () => {
  const { under, sync } = slowDisk();
  const group = new GroupSync(sync);
  group.wrote();
  const failed = followed(group.settled());
  group.wrote();
  const waiting = followed(group.settled());
  under[0].reject(new Error("EIO"));
  await turn();
  for (const { ended, error } of [failed, waiting]) assert.deepEqual([ended, error instanceof StoreError], [true, true]);
  await assert.rejects(group.settled(), StoreError);
  assert.throws(() => group.check(), StoreError);
  await group.idle();
  assert.equal(under.length, 1);
});

const REPORT = { decision: "ALLOW", reason_codes: [], findings: [], findings_total: 0, policy_version: "none" };
const decision = () => ({
  ...{ traceId: crypto.randomUUID(), at: Date.now(), agentId: "a", source: "proxy", action: "forward", mode: "enforce" },
  ...{ method: "POST", report: REPORT, approvalId: null },
});

/** Holds back every sync of a log until `release` is called. */
function heldSyncs(t) {
  const original = fs.fdatasync;
  const held = [];
  const restore = () => {
    fs.fdatasync = original;
    syncBuiltinESMExports();
  };
  fs.fdatasync = (descriptor, callback) => held.push(() => original(descriptor, callback));
  syncBuiltinESMExports();
  t.after(restore);
  return {
    held,
    release() {
      restore();
      for (const sync of held) sync();
    },
  };
}

test("an answer of the store waits for the disk with all that it tells; what the next decision stands behind does not", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  const { held, release } = heldSyncs(t);
  const answers = {
    first: followed(store.recordDecision(decision())),
  };
  while (held.length === 0) await turn();
  const { commits } = await Promise.race([store.statistics(), turn().then(() => ({ commits: "not told" }))]);
  assert.equal(commits, "not told", "its head is not on the disk");
  for (const name of ["second", "third"]) {
    answers[name] = followed(store.recordDecision(decision()));
    await turn();
  }
  answers.decisions = followed(store.listDecisions({ limit: 10 }));
  answers.stop = followed(store.agents.stop("b", null, Date.now()));
  answers.nonce = followed(store.legacy.nonces.claim("a", "1", Date.now() + 1000, Date.now()));
  answers.head = followed(store.auditHead(Date.now()));
  for (let i = 0; i < 5; i++) await turn();
  assert.deepEqual(
    Object.entries(answers).filter(([, { ended }]) => ended),
    [],
  );
  // Whom an administrator has stopped is stopped at once.
  assert.deepEqual([await store.agents.isStopped("b"), await store.keys.anyExists()], [true, false]);
  assert.equal(held.length, 1, "one sync at a time");
  release();
  while (!Object.values(answers).every(({ ended }) => ended)) await turn();
  assert.deepEqual(
    Object.entries(answers).filter(([, { error }]) => error),
    [],
  );
  const { commits: all } = await store.statistics();
  // The first decision; the agent, the nonce; and both other decisions in one.
  assert.equal(all, 4);
  await store.close();
});

test("a write of one statement waits for the disk too", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  const { held, release } = heldSyncs(t);
  const released = followed(store.legacy.nonces.release("a", "1"));
  for (let i = 0; i < 5; i++) await turn();
  assert.deepEqual([released.ended, held.length], [false, 1]);
  release();
  await store.close();
  assert.deepEqual([released.ended, released.error], [true, undefined]);
});

test("a store in memory waits for no disk", async (t) => {
  const { held } = heldSyncs(t);
  const store = await openMemoryStore();
  assert.equal((await store.recordDecision(decision())).seq, 1);
  await store.close();
  assert.equal(held.length, 0);
});

test("a store that is closed while the disk is slow has told everybody who waits", async (t) => {
  const directory = temporaryDirectory(t);
  const store = await openSqliteStore(directory);
  const { held, release } = heldSyncs(t);
  const recorded = [followed(store.recordDecision(decision())), followed(store.recordDecision(decision()))];
  const closed = followed(store.close());
  while (held.length === 0) await turn();
  const late = followed(store.recordDecision(decision()));
  assert.deepEqual(
    [...recorded, closed].map(({ ended }) => ended),
    [false, false, false],
  );
  release();
  while (!closed.ended) await turn();
  assert.deepEqual(
    [...recorded, closed].map(({ ended, error }) => [ended, error]),
    Array(3).fill([true, undefined]),
  );
  assert.ok(late.error instanceof StoreError);
  const again = await openSqliteStore(directory);
  assert.equal((await again.listDecisions({ limit: 10 })).length, 2);
  await again.close();
});
