import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fakeAwsKey, HOLD_LOOPBACK, manualClock, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const CALL = { method: "POST", url: "https://api.example.com/v1/notes", body: { note: "hello" } };
const SLACK = { method: "POST", url: "https://slack.com/api/chat.postMessage", body: { channel: "C1", text: "hello" } };

async function ephemeral(t, options = {}) {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, ...options });
  const make = async (value) => (await gateway.admin("POST", "/v1/keys/ephemeral", value)).json;
  const state = async (id) => (await gateway.admin("GET", "/v1/keys")).json.keys.find((key) => key.key_id === id);
  return { clock, gateway, make, state };
}

test("without wishes it lasts ten minutes and one call", async (t) => {
  const { clock, gateway, make, state } = await ephemeral(t);
  const made = await make({ description: "one note" });
  assert.match(made.key, /^iv_eph_[\w-]{43}$/);
  assert.ok(made.key.startsWith(made.prefix));
  assert.deepEqual([made.max_uses, made.scope, made.status, made.description], [1, {}, "active", "one note"]);
  assert.equal(Date.parse(made.expires_at), clock.time + 600_000);
  assert.equal((await gateway.scan({ ...CALL, body: "no call", url: "nonsense" }, made.key)).status, 400);
  assert.equal((await gateway.scan(CALL, made.key)).json.decision, "ALLOW");
  assert.equal((await state(made.ephemeral_id)).status, "exhausted");
  const again = await gateway.scan(CALL, made.key);
  assert.deepEqual([again.status, again.json.error.code], [401, "KEY_EXHAUSTED"]);
});

test("its time ends it, and so does the administrator", async (t) => {
  const { clock, gateway, make, state } = await ephemeral(t);
  const [short, revoked] = [await make({ ttl_seconds: 2, max_uses: 9 }), await make({ max_uses: 9 })];
  clock.advance(1999);
  assert.equal((await gateway.scan(CALL, short.key)).status, 200);
  clock.advance(1);
  assert.equal((await gateway.scan(CALL, short.key)).json.error.code, "KEY_EXPIRED");
  assert.equal((await state(short.ephemeral_id)).status, "expired");
  assert.equal((await gateway.admin("POST", `/v1/keys/${revoked.ephemeral_id}/revoke`, {})).json.status, "revoked");
  assert.equal((await gateway.scan(CALL, revoked.key)).json.error.code, "KEY_REVOKED");
});

test("a hundred calls at once use exactly what it is good for, across restarts", async (t) => {
  const upstream = await startUpstream(t);
  const dataDir = temporaryDirectory(t);
  const options = { dataDir, allowPrivate: [upstream.host], policy: { name: "p", rules: [] } };
  const { clock, gateway, make } = await ephemeral(t, options);
  const { key, ephemeral_id: id } = await make({ max_uses: 30 });
  const send = (to, index) =>
    index % 2 === 0
      ? to.scan(CALL, key)
      : to.proxy(`${upstream.url}/${index}`, { body: "x", headers: { "x-interven-key": key } });
  const first = await Promise.all(Array.from({ length: 20 }, (_, index) => send(gateway, index)));
  assert.ok(first.every((answer) => answer.status === 200));
  await gateway.close();

  const second = await startRunning(t, { ...options, now: clock.now });
  const rest = await Promise.all(Array.from({ length: 100 }, (_, index) => send(second, index)));
  assert.equal(rest.filter((answer) => answer.status === 200).length, 10);
  assert.equal(rest.filter((answer) => answer.status === 401).length, 90);
  const sent = [...first, ...rest].filter((answer, index) => index % 2 === 1 && answer.status === 200).length;
  assert.equal(upstream.received.length, sent);
  const [kept] = (await second.admin("GET", "/v1/keys")).json.keys;
  assert.deepEqual([kept.key_id, kept.uses, kept.status], [id, 30, "exhausted"]);
});

test("what is out of scope is denied, says why, and is never sent", async (t) => {
  const upstream = await startUpstream(t);
  const { gateway, make } = await ephemeral(t, {
    allowPrivate: [upstream.host],
    policy: { name: "p", rules: [] },
    mode: "monitor",
  });
  const { key } = await make({ max_uses: 10, scope: { tools: ["slack"], verbs: ["READ", "WRITE"] } });
  assert.equal((await gateway.scan(SLACK, key)).json.decision, "ALLOW");
  const answer = await gateway.scan(CALL, key);
  assert.equal(answer.status, 200);
  assert.deepEqual([answer.json.decision, answer.json.violations], ["DENY", ["tool:custom_proxy"]]);
  assert.equal(answer.json.reason_codes[0], "EPHEMERAL_SCOPE_VIOLATION");
  const secret = (await gateway.scan({ ...CALL, body: { key: fakeAwsKey() } }, key)).json;
  assert.ok(secret.reason_codes.includes("SECRET_DETECTED"), "and what else is wrong with it");
  const proxied = await gateway.proxy(`${upstream.url}/x`, { body: "x", headers: { "x-interven-key": key } });
  assert.deepEqual([proxied.status, proxied.json.violations], [403, ["tool:custom_proxy"]]);
  assert.equal(proxied.headers["x-interven-decision"], "DENY");
  assert.equal(upstream.received.length, 0, "monitor mode lifts no scope");

  const reader = await make({ max_uses: 10, scope: { tools: ["slack", "github"], verbs: ["READ"] } });
  assert.deepEqual((await gateway.scan(SLACK, reader.key)).json.violations, ["verb:WRITE"]);
  assert.deepEqual((await gateway.scan({ ...CALL, method: "POST" }, reader.key)).json.violations, [
    "tool:custom_proxy",
    "verb:WRITE",
  ]);
  const { key: live } = (await gateway.admin("POST", "/v1/keys", { scope: { verbs: ["READ"] } })).json;
  assert.ok((await gateway.scan(SLACK, live)).json.reason_codes.includes("KEY_SCOPE_VIOLATION"));
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.filter((one) => one.reason_codes[0] === "EPHEMERAL_SCOPE_VIOLATION").length, 5);
});

test("what a used-up key has asked for can still be waited for and used", async (t) => {
  const { gateway, make } = await ephemeral(t);
  const { key } = await make({ agent_id: "agent-1" });
  const digest = createHash("sha256").update("held").digest("hex");
  const { approval_id: id } = (await gateway.scan({ ...CALL, url: "http://127.0.0.1/x", request_digest: digest }, key)).json;
  assert.equal((await gateway.scan(CALL, key)).status, 401);
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  const headers = { authorization: `Bearer ${key}` };
  assert.equal((await gateway.call("GET", `/v1/approvals/${id}/status`, { headers })).json.status, "approved");
  const used = await gateway.post(`/v1/approvals/${id}/consume`, { request_digest: digest }, key);
  assert.equal(used.json.status, "executed");
});
