import assert from "node:assert/strict";
import { test } from "node:test";
import { HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

const JSON_TYPE = { "content-type": "application/json" };

async function holding(t) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const transfer = { url: `${upstream.url}/transfer`, body: JSON.stringify({ to: "somebody", amount: 100_000 }) };
  const ask = (value) => gateway.scan({ method: "POST", url: `${upstream.url}/hello`, agent_id: "agent-1", ...value });
  const approve = (id) => gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  return { upstream, gateway, transfer, ask, approve };
}

test("an approval of a digest that a client states is not one for a proxied call with that digest", async (t) => {
  const { upstream, gateway, transfer, ask, approve } = await holding(t);
  const send = () =>
    gateway.proxy(transfer.url, { headers: { ...JSON_TYPE, "x-interven-agent-id": "agent-1" }, body: transfer.body });
  const own = await send();
  const digest = (await gateway.admin("GET", "/v1/approvals")).json.approvals[0].digest;
  assert.match(digest, /^[0-9a-f]{64}$/);
  await gateway.admin("POST", `/v1/approvals/${own.json.approval_id}/approve`, {});
  assert.equal((await send()).status, 200);

  const harmless = (await ask({ body: { hello: "world" }, request_digest: digest })).json;
  assert.equal(harmless.decision, "REQUIRE_APPROVAL");
  assert.equal((await approve(harmless.approval_id)).json.digest, `client:${digest}`);
  const held = await send();
  assert.equal(held.status, 202);
  assert.notEqual(held.json.approval_id, harmless.approval_id);
  assert.equal(upstream.received.length, 1);
});

test("nor is it one for a scan whose digest the gateway computes", async (t) => {
  const { upstream, gateway, ask, approve } = await holding(t);
  const legacy = () => ask({ url: `${upstream.url}/transfer`, body: { amount: 100_000 } });
  await legacy();
  const { digest, approval_id: pending } = (await gateway.admin("GET", "/v1/approvals")).json.approvals[0];
  await gateway.admin("POST", `/v1/approvals/${pending}/deny`, {});
  const harmless = (await ask({ body: { hello: "world" }, request_digest: digest, agent_id: "agent-1" })).json;
  assert.equal(harmless.decision, "REQUIRE_APPROVAL", "a denial of a computed digest is not one of a stated digest either");
  await approve(harmless.approval_id);
  assert.notEqual((await legacy()).json.decision, "ALLOW");
});

test("a client cannot use up, by its digest, what was approved for a call through the proxy", async (t) => {
  const { gateway, transfer, approve } = await holding(t);
  const send = () =>
    gateway.proxy(transfer.url, { headers: { ...JSON_TYPE, "x-interven-agent-id": "agent-1" }, body: transfer.body });
  const { approval_id: id } = (await send()).json;
  await approve(id);
  const { digest } = (await gateway.admin("GET", "/v1/approvals")).json.approvals[0];
  const consumed = await gateway.call("POST", `/v1/approvals/${id}/consume`, {
    headers: JSON_TYPE,
    body: JSON.stringify({ request_digest: digest }),
  });
  assert.equal(consumed.json.error.code, "DIGEST_MISMATCH");
  assert.equal((await send()).status, 200);
});
