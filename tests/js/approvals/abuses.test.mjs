// What somebody might make of an approval that a person has not meant.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  ApprovalDeniedError,
  ApprovalTimeoutError,
  ApprovalTokenError,
  ApprovalUsedError,
  IntervenBlockedError,
  IntervenClient,
  MemoryApprovalStore,
} from "../../../dist/index.js";
import { FileApprovalStore } from "../../../dist/node/index.js";
import { HOLD_LOOPBACK, startUpstream, temporaryDirectory } from "../gateway/running.mjs";
import { started } from "./waiting.mjs";

const tokenKey = "k".repeat(32);

/** A store that fails once a record would reach a state. */
function failingAt(state, store = new MemoryApprovalStore()) {
  return {
    read: (id) => store.read(id),
    compareAndSwap: async (id, expected, record) => {
      if (record.state === state) throw new Error("the disk is full");
      return await store.compareAndSwap(id, expected, record);
    },
    whole: store,
  };
}

test("what was approved with another body is not sent with the first one", async (t) => {
  const upstream = await startUpstream(t);
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], tokenKey };
  const approvalStore = failingAt("sending");
  let token;
  const first = new IntervenClient({
    ...{ ...options, approvalStore, onApproval: () => ({ approved: true, body: "amount=50" }) },
    onPending: async (pending) => {
      token = await pending.toToken({ payload: true });
    },
  });
  await assert.rejects(first.fetch(`${upstream.url}/pay`, { method: "POST", body: "amount=5000" }), /disk is full/);
  const second = new IntervenClient({ ...options, approvalStore: approvalStore.whole });
  await assert.rejects(second.resume(token), ApprovalUsedError);
  assert.deepEqual(upstream.received, []);
});

test("a call that somebody else made, or under a key of its own, is not made again", async (t) => {
  const upstream = await startUpstream(t);
  const approvalStore = new MemoryApprovalStore();
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], tokenKey, approvalStore };
  const tokens = [];
  const client = new IntervenClient({
    ...{ ...options, idempotentHosts: [upstream.host], onApproval: () => true },
    onPending: async (pending) => tokens.push(await pending.toToken({ payload: true })),
  });
  assert.equal((await client.gate("POST", `${upstream.url}/pay`, { body: "a=1" })).proceed, true);
  await assert.rejects(client.resume(tokens[0]), ApprovalUsedError);
  const lost = new IntervenClient({
    ...{
      ...options,
      idempotentHosts: [upstream.host],
      onApproval: () => true,
      fetch: () => Promise.reject(new TypeError("lost")),
    },
    onPending: async (pending) => tokens.push(await pending.toToken({ payload: true })),
  });
  const call = (key) => [`${upstream.url}/pay`, { method: "POST", body: "a=2", headers: { "idempotency-key": key } }];
  await assert.rejects(lost.fetch(...call("k1")), TypeError);
  await assert.rejects(client.resume(tokens.at(-1), ...call("k2")), ApprovalUsedError);
  assert.deepEqual(upstream.received, []);
});

test("an approval with a changed body is no yes to the first one", async (t) => {
  const { gateway, client, call, waiting } = await started(t);
  const pending = await waiting({ amount: 5000 });
  const post = (verb, value = {}) => gateway.admin("POST", `/v1/approvals/${pending.approvalId}/${verb}`, value);
  await post("edit", { body: '{"amount":50}' });
  await post("approve");
  assert.deepEqual([(await client().pollApproval(pending.approvalId)).approved], [false]);
  await assert.rejects(client().waitForApproval(pending.approvalId), ApprovalDeniedError);
  const response = await client().resume(await pending.toToken(), ...call({ amount: 5000 }));
  assert.equal(response.status, 200);
});

test("one approval at a gateway is one call, whatever stores there are", async (t) => {
  const { upstream, client, call, waiting, approve } = await started(t);
  const pending = await waiting({ n: 1 });
  const token = await pending.toToken();
  await approve(pending);
  const failing = (input, init) =>
    String(input).endsWith("/consume") ? Promise.reject(new TypeError("lost")) : fetch(input, init);
  const stop = new AbortController();
  const other = { approvalStore: new MemoryApprovalStore() };
  const waits = client({ ...other, fetch: failing }).resume(token, call({ n: 1 })[0], {
    ...call({ n: 1 })[1],
    signal: stop.signal,
  });
  const gaveUp = assert.rejects(waits);
  await client().resume(token, ...call({ n: 1 }));
  stop.abort();
  await gaveUp;
  await assert.rejects(client(other).resume(token, ...call({ n: 1 })), ApprovalUsedError);
  assert.equal(upstream.received.length, 1);
});

test("arguments that a person has changed are decided under every reading of the function", async () => {
  const policy = {
    name: "p",
    rules: [
      { rule_id: "never", match: { hosts: ["evil.example"] }, action: "DENY" },
      { rule_id: "ask", match: { hosts: ["good.example"] }, action: "REQUIRE_APPROVAL" },
    ],
  };
  const ran = [];
  const change = (url) => new IntervenClient({ policy, onApproval: () => ({ approved: true, body: JSON.stringify({ url }) }) });
  const run = (url) =>
    change(url).guard(async function fetchPage(args) {
      ran.push(args.url);
    })({ url: "https://good.example/a" });
  await assert.rejects(run("https://evil.example/a"), IntervenBlockedError);
  assert.deepEqual(ran, []);
  await run("https://good.example/b");
  assert.deepEqual(ran, ["https://good.example/b"]);
});

test("the token of a function's call makes no request", async (t) => {
  const upstream = await startUpstream(t);
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], tokenKey, approvalStore: new MemoryApprovalStore() };
  let token;
  const stop = new AbortController();
  const client = new IntervenClient({
    ...options,
    onPending: async (pending) => {
      token = await pending.toToken({ payload: true });
      await client.approvals.approve(pending.approvalId);
      stop.abort();
    },
  });
  const post = client.guard(async () => {}, { url: `${upstream.url}/send`, method: "POST", signal: stop.signal });
  await assert.rejects(post({ text: "hi" }));
  await assert.rejects(client.resume(token), ApprovalTokenError);
  assert.deepEqual(upstream.received, []);
});

test("a question that nobody answers ends, and what onPending throws ends the call", async () => {
  const policy = { name: "p", rules: [{ rule_id: "ask", match: { methods: ["POST"] }, action: "REQUIRE_APPROVAL" }] };
  const silent = new IntervenClient({ policy, approvalTimeoutMs: 30, onApproval: () => new Promise(() => {}) });
  await assert.rejects(silent.fetch("https://example.com/", { method: "POST", body: "x" }), ApprovalTimeoutError);
  const stop = AbortSignal.timeout(30);
  const patient = new IntervenClient({ policy, onApproval: () => new Promise(() => {}) });
  await assert.rejects(patient.fetch("https://example.com/", { method: "POST", body: "x", signal: stop }), stop.reason);
  const onPending = () => Promise.reject(new Error("not kept"));
  const client = new IntervenClient({ policy, onApproval: () => true, onPending });
  await assert.rejects(client.gate("POST", "https://example.com/", { body: "x" }), /not kept/);
  await assert.rejects(client.guard(() => assert.fail("it ran"), { method: "POST" })({ a: 1 }), /not kept/);
});

test("an approval that is being forgotten is not seen as it once was", async (t) => {
  const folder = temporaryDirectory(t);
  const store = new FileApprovalStore(folder);
  const record = (state) => ({
    ...{ approvalId: "old", digest: "d".repeat(64), agentId: "a", state, method: "POST", host: "example.com" },
    ...{ reasonCodes: [], createdAtMs: 1, expiresAtMs: 5 },
  });
  for (const [version, state] of ["pending", "using", "sending", "sent"].entries())
    await store.compareAndSwap("old", version, record(state));
  let worst;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      const state = await store.read("old").then(
        (stored) => stored?.record.state,
        () => undefined,
      );
      if (state !== undefined && state !== "sent") worst = state;
    }
  })();
  assert.equal(await store.forget(Date.now()), 1);
  watching = false;
  await watch;
  assert.equal(worst, undefined);
  assert.deepEqual(readdirSync(folder), []);
  assert.equal(await store.read("old"), undefined);
  assert.ok(!readdirSync(join(folder)).some((name) => name.endsWith(".gone")));
});
