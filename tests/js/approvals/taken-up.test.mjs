// The use of an approval is taken up by who knows whose use it was, and by nobody else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprovalUsedError, MemoryApprovalStore } from "../../../dist/index.js";
import { started } from "./waiting.mjs";

/** A `fetch` that reaches the gateway with a use, and whose caller learns nothing of it: `then` says what becomes of that. */
const losing = (then) => {
  let lost = false;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (lost || !String(input).endsWith("/consume")) return response;
    assert.equal(response.status, 200);
    lost = true;
    return then();
  };
};

/** An approved call whose process has ended between the use of the approval and the sending. */
async function ended(world, own, n, edited) {
  const { client, call, waiting, approve, gateway } = world;
  const pending = await waiting({ n });
  const token = await pending.toToken();
  if (edited !== undefined)
    await gateway.admin("POST", `/v1/approvals/${pending.approvalId}/edit`, { body: JSON.stringify(edited) });
  await approve(pending);
  const stop = new AbortController();
  const dies = losing(() => {
    stop.abort(new Error("killed"));
    throw stop.signal.reason;
  });
  const [url, init] = call({ n });
  await assert.rejects(client({ ...own, fetch: dies }).resume(token, url, { ...init, signal: stop.signal }), /killed/);
  return token;
}

test("an answer that is lost on the way costs nothing: the use is asked for once more", async (t) => {
  for (const own of [{}, { approvalStore: new MemoryApprovalStore() }]) {
    const { upstream, client, call, waiting, approve } = await started(t, own);
    const pending = await waiting({ n: 1 });
    await approve(pending);
    const lost = losing(() => Promise.reject(new TypeError("reset")));
    const taking = client({ fetch: lost }).resume(await pending.toToken(), ...call({ n: 1 }));
    assert.equal((await taking).status, 200);
    assert.equal(upstream.received.length, 1);
    await assert.rejects(client().resume(await pending.toToken(), ...call({ n: 1 })), ApprovalUsedError);
  }
});

test("with the store a call is taken up after its approval was used, by one of many", async (t) => {
  const own = { approvalStore: new MemoryApprovalStore() };
  const world = await started(t, own);
  const { upstream, client, call } = world;
  const token = await ended(world, own, 1);
  assert.equal(upstream.received.length, 0);
  const takers = await Promise.allSettled(Array.from({ length: 10 }, () => client().resume(token, ...call({ n: 1 }))));
  assert.equal(takers.filter(({ status }) => status === "fulfilled").length, 1);
  for (const { reason } of takers.filter(({ status }) => status === "rejected"))
    assert.ok(reason instanceof ApprovalUsedError, String(reason));
  assert.equal(upstream.received.length, 1);
});

test("what a person has made of the body is what is sent then", async (t) => {
  const own = { approvalStore: new MemoryApprovalStore() };
  const world = await started(t, own);
  const token = await ended(world, own, 1, { n: 2 });
  assert.equal((await world.client().resume(token, ...world.call({ n: 1 }))).status, 200);
  assert.deepEqual(JSON.parse(world.upstream.received[0].body), { n: 2 });
});

test("without the store, or with another one, nobody knows whose use it was: nothing is sent, and that is said", async (t) => {
  for (const own of [{}, { approvalStore: new MemoryApprovalStore() }]) {
    const world = await started(t, { approvalStore: undefined });
    const { upstream, client, call } = world;
    const token = await ended(world, own, 1);
    for (const other of [{}, { approvalStore: new MemoryApprovalStore() }]) {
      const error = await client(other)
        .resume(token, ...call({ n: 1 }))
        .catch((thrown) => thrown);
      assert.deepEqual([error.code, error.outcome], ["ERR_INTERVEN_APPROVAL_USED", "unknown"]);
    }
    assert.equal(upstream.received.length, 0);
  }
});
