// Approvals without a gateway: a person is asked in the process, or decides in the client's own store.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalPendingError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
  ConfigurationError,
  IntervenBlockedError,
  IntervenClient,
  MemoryApprovalStore,
} from "../../../dist/index.js";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startUpstream } from "../gateway/running.mjs";

const TOKEN_KEY = "k".repeat(32);

async function started(t, options = {}) {
  const upstream = await startUpstream(t);
  const client = new IntervenClient({ policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], pollIntervalMs: 5, ...options });
  const send = (body, init = {}) => client.fetch(`${upstream.url}/notes`, { method: "POST", body, ...init });
  return { upstream, client, send };
}

const bodies = ({ received }) => received.map(({ body }) => body);

test("a person who approves in the process releases exactly what was shown", async (t) => {
  const seen = [];
  const { upstream, send } = await started(t, {
    onApproval: (question) => {
      seen.push(question);
      // What is shown is a copy.
      question.request.body.fill(0);
      return true;
    },
  });
  assert.equal((await send(`ssn ${fakeSsn()}`)).status, 200);
  assert.deepEqual(bodies(upstream), ["ssn [US_SSN:1]"]);
  assert.equal(seen[0].request.method, "POST");
  assert.equal(seen[0].report.decision, "REQUIRE_APPROVAL");
});

test("a no, a failure and an answer that is none are refusals", async (t) => {
  const answers = [false, undefined, null, "yes", 1, {}, { approved: "true" }, { approved: true, body: 7 }];
  const replies = [...answers.map((answer) => () => answer), () => Promise.reject(new Error("the terminal is gone"))];
  for (const onApproval of replies) {
    const { upstream, send } = await started(t, { onApproval });
    await assert.rejects(send("hello"), ApprovalDeniedError);
    assert.equal(upstream.received.length, 0);
  }
});

test("what a person made of the body is sent, unless the policy denies it", async (t) => {
  const edit = (body) => ({ onApproval: () => ({ approved: true, body }) });
  const { upstream, send } = await started(t, edit("amount=5"));
  await send("amount=500");
  assert.deepEqual(bodies(upstream), ["amount=5"]);
  const leak = await started(t, edit(`key ${fakeAwsKey()}`));
  await assert.rejects(leak.send("amount=500"), IntervenBlockedError);
  assert.equal(leak.upstream.received.length, 0);
});

test("a person decides in the store, and the first decision stands", async (t) => {
  const decided = [];
  const { upstream, client, send } = await started(t, {
    approvalStore: new MemoryApprovalStore(),
    onPending: ({ approvalId }) => {
      decided.push(client.approvals.approve(approvalId, "fine"));
    },
  });
  assert.equal((await send("one")).status, 200);
  const { approvalId, state, note } = await decided[0];
  assert.deepEqual([state, note], ["approved", "fine"]);
  assert.equal((await client.approvals.find(approvalId)).state, "sent");
  await assert.rejects(client.approvals.deny(approvalId), { code: "ERR_INTERVEN_APPROVAL_TOKEN" });
  await assert.rejects(client.approvals.approve("nobody-asked"), { code: "ERR_INTERVEN_APPROVAL_TOKEN" });
  assert.deepEqual(bodies(upstream), ["one"]);
});

test("denied, expired and not waited for any longer are three things", async (t) => {
  const store = () => ({ approvalStore: new MemoryApprovalStore() });
  const denied = await started(t, { ...store(), onPending: ({ approvalId }) => void denied.client.approvals.deny(approvalId) });
  await assert.rejects(denied.send("x"), ApprovalDeniedError);
  // The approval ends with the waiting: both take `approvalTimeoutMs`, and the store is asked first.
  const late = await started(t, { ...store(), approvalTimeoutMs: 20 });
  await assert.rejects(late.send("x"), ApprovalExpiredError);
  // On a clock that is faster than the wall's the client gives up before the approval expires.
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const impatient = await started(t, { ...store(), clock, tokenKey: TOKEN_KEY });
  const error = await impatient.send("x").catch((thrown) => thrown);
  assert.ok(error instanceof ApprovalTimeoutError && error.pending !== undefined, String(error));
  for (const { upstream } of [denied, late, impatient]) assert.equal(upstream.received.length, 0);
});

test("what is decided while the store is read for the last time but one is seen", async (t) => {
  const memory = new MemoryApprovalStore();
  let now = 0;
  const clock = { now: () => now, sleep: async () => {} };
  const person = new IntervenClient({ approvalStore: memory });
  let late = false;
  const approvalStore = {
    read: async (id) => {
      const found = await memory.read(id);
      if (found?.record.state === "pending" && !late) {
        // The answer is on its way while the time ends and somebody decides.
        late = true;
        now += 3_600_000;
        await person.approvals.approve(id);
      }
      return found;
    },
    compareAndSwap: (...change) => memory.compareAndSwap(...change),
  };
  const { upstream, send } = await started(t, { approvalStore, clock });
  assert.equal((await send("just in time")).status, 200);
  assert.deepEqual(bodies(upstream), ["just in time"]);
});

test("a client that does not wait says so, and the call is taken up later", async (t) => {
  const approvalStore = new MemoryApprovalStore();
  const { upstream, client, send } = await started(t, { approvalStore, waitForApprovals: false, tokenKey: TOKEN_KEY });
  const error = await send("later").catch((thrown) => thrown);
  assert.ok(error instanceof ApprovalPendingError, String(error));
  assert.ok(!JSON.stringify(error).includes("later") && !Object.keys(error).includes("pending"));
  const token = await error.pending.toToken({ payload: true });
  await assert.rejects(client.resume(token), ApprovalPendingError);
  await client.approvals.approve(error.approvalId);
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], tokenKey: TOKEN_KEY, approvalStore };
  const racers = Array.from({ length: 20 }, () => new IntervenClient(options).resume(token));
  const ends = await Promise.allSettled(racers);
  assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 1);
  assert.deepEqual(bodies(upstream), ["later"]);
  // A policy that has changed since makes it another call.
  const changed = new IntervenClient({ ...options, policy: { ...HOLD_LOOPBACK, name: "changed" } });
  await assert.rejects(changed.resume(token), ApprovalDeniedError);
});

test("without anybody to ask a call is refused, and so are options that cannot be used", async (t) => {
  const { upstream, send, client } = await started(t);
  await assert.rejects(send("x"), ApprovalRequiredError);
  assert.equal(upstream.received.length, 0);
  await assert.rejects(client.approvals.approve("id"), ConfigurationError);
  for (const options of [
    { onApproval: true },
    { approvalStore: {} },
    { tokenKey: "short" },
    { tokenKey: 7 },
    { waitForApprovals: "no" },
    { idempotentHosts: "api.example.com" },
    { disclose: "all" },
  ])
    assert.throws(() => new IntervenClient(options), ConfigurationError, JSON.stringify(options));
});

test("a call that waits is given up when its signal aborts", async (t) => {
  const stop = new AbortController();
  const reason = new Error("no time");
  const { upstream, send } = await started(t, {
    approvalStore: new MemoryApprovalStore(),
    onPending: () => stop.abort(reason),
  });
  await assert.rejects(send("x", { signal: stop.signal }), reason);
  assert.equal(upstream.received.length, 0);
});
