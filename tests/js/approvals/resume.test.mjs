// Calls taken up again by their tokens, with a real gateway.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApprovalDeniedError,
  ApprovalTokenError,
  ApprovalUsedError,
  ConfigurationError,
  MemoryApprovalStore,
} from "../../../dist/index.js";
import { HOLD_LOOPBACK } from "../gateway/running.mjs";
import { started } from "./waiting.mjs";

test("a call is taken up by another client: with its payload in the token, or given again", async (t) => {
  const { upstream, client, call, waiting, approve } = await started(t);
  for (const payload of [true, false]) {
    const body = { note: `payload ${payload}` };
    const pending = await waiting(body);
    const token = await pending.toToken({ payload });
    assert.ok(
      !atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")).includes("payload"),
      "the token shows payload",
    );
    assert.equal((await approve(pending)).status, 200);
    const response = payload ? await client().resume(token) : await client().resume(token, ...call(body));
    assert.equal(response.status, 200);
    assert.deepEqual(JSON.parse(upstream.received.at(-1).body), body);
    await assert.rejects(client().resume(token, ...call(body)), ApprovalUsedError);
  }
  assert.equal(upstream.received.length, 2);
});

test("a token is good for its own call, key, gateway and client only", async (t) => {
  const { upstream, client, call, waiting, approve } = await started(t);
  const pending = await waiting({ n: 1 });
  const token = await pending.toToken();
  await approve(pending);
  await assert.rejects(client().resume(token), ApprovalTokenError);
  await assert.rejects(client().resume(token, ...call({ n: 2 })), ApprovalDeniedError);
  await assert.rejects(client({ tokenKey: "o".repeat(32) }).resume(token, ...call({ n: 1 })), ApprovalTokenError);
  await assert.rejects(client({ gatewayUrl: "http://127.0.0.1:1" }).resume(token, ...call({ n: 1 })), ApprovalTokenError);
  await assert.rejects(client({ tokenKey: undefined }).resume(token, ...call({ n: 1 })), ConfigurationError);
  await assert.rejects(client({ policy: HOLD_LOOPBACK }).resume(token, ...call({ n: 1 })), ApprovalDeniedError);
  const cut = token.lastIndexOf(".");
  const flipped = (at) => `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
  for (const bad of [
    "",
    "interven1",
    token.slice(0, cut),
    token.slice(0, -1),
    flipped(12),
    flipped(cut + 5),
    `${token}.x`,
    7,
    null,
  ])
    await assert.rejects(client().resume(bad, ...call({ n: 1 })), ApprovalTokenError, String(bad));
  assert.equal(upstream.received.length, 0);
  await client().resume(token, ...call({ n: 1 }));
  assert.equal(upstream.received.length, 1);
});

test("a store tells a call that was sent from one that may have been", async (t) => {
  const approvalStore = new MemoryApprovalStore();
  const { client, call, waiting, approve, upstream } = await started(t, { approvalStore });
  const sent = await waiting({ n: 1 });
  const token = await sent.toToken();
  await approve(sent);
  await client().resume(token, ...call({ n: 1 }));
  const after = await client()
    .resume(token, ...call({ n: 1 }))
    .catch((thrown) => thrown);
  assert.deepEqual([after.code, after.outcome], ["ERR_INTERVEN_APPROVAL_USED", "sent"]);
  const lost = await waiting({ n: 2 });
  await approve(lost);
  const idempotentHosts = [upstream.host];
  const broken = client({
    idempotentHosts,
    fetch: (input, init) => (String(input).includes("/notes") ? Promise.reject(new TypeError("reset")) : fetch(input, init)),
  });
  await assert.rejects(broken.resume(await lost.toToken(), ...call({ n: 2 })), TypeError);
  assert.equal((await client().approvals.find(lost.approvalId)).state, "unknown");
  const unknown = await client()
    .resume(await lost.toToken(), ...call({ n: 2 }))
    .catch((thrown) => thrown);
  assert.deepEqual([unknown.code, unknown.outcome], ["ERR_INTERVEN_APPROVAL_USED", "unknown"]);
  // Where the destination runs a call once for its key, it is sent again: the same call with the same key.
  const again = client({ idempotentHosts });
  await assert.rejects(again.resume(await lost.toToken(), ...call({ n: 3 })), ApprovalDeniedError);
  assert.equal((await again.resume(await lost.toToken(), ...call({ n: 2 }))).status, 200);
  assert.equal(upstream.received.at(-1).headers["idempotency-key"], `interven-${lost.approvalId}`);
  assert.equal(upstream.received.length, 2);
});

test("pollApproval and waitForApproval tell the state of an approval, and use nothing up", async (t) => {
  const { client, waiting, approve, gateway } = await started(t);
  const pending = await waiting({ n: 1 });
  assert.equal((await client().pollApproval(pending.approvalId)).status, "pending");
  const waits = client().waitForApproval(pending.approvalId, { timeoutMs: 600_000 });
  await approve(pending);
  assert.deepEqual([(await waits).status, (await waits).approved], ["approved", true]);
  const other = await waiting({ n: 2 });
  await gateway.admin("POST", `/v1/approvals/${other.approvalId}/deny`, {});
  await assert.rejects(client().waitForApproval(other.approvalId), ApprovalDeniedError);
  const third = await waiting({ n: 3 });
  await assert.rejects(client().waitForApproval(third.approvalId, { maxWaitMs: 10_000 }), {
    code: "ERR_INTERVEN_APPROVAL_TIMEOUT",
  });
  for (const id of ["../keys", "", 7]) await assert.rejects(client().pollApproval(id), ConfigurationError);
  await assert.rejects(client().pollApproval(crypto.randomUUID()), { code: "ERR_INTERVEN_GATEWAY" });
  await assert.rejects(client({ gatewayUrl: "http://127.0.0.1:1" }).pollApproval("a"), { code: "ERR_INTERVEN_GATEWAY" });
});
