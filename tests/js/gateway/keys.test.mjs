import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IntervenClient } from "../../../dist/index.js";
import { HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const CALL = { method: "POST", url: "https://api.example.com/v1/notes", body: { note: "hello" } };
const HELD = { ...CALL, url: "http://127.0.0.1/notes" };
const digestOf = (text) => createHash("sha256").update(text).digest("hex");

async function keyed(t, options = {}) {
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, ...options });
  const make = async (value) => {
    const answer = await gateway.admin("POST", "/v1/keys", value);
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  };
  return { gateway, make };
}

test("a key is told once, and only its hash is kept", async (t) => {
  const dataDir = temporaryDirectory(t);
  const { gateway, make } = await keyed(t, { dataDir });
  const made = await make({ agent_id: "agent-1", agent_name: "Notes", description: "takes notes" });
  assert.match(made.key, /^iv_live_[\w-]{43}$/);
  assert.ok(made.key.startsWith(made.prefix) && made.prefix.length === 16);
  assert.deepEqual([made.agent_id, made.agent_name, made.status, made.max_uses], ["agent-1", "Notes", "active", null]);
  assert.notEqual((await make({})).key, made.key);
  assert.equal((await gateway.scan(CALL, made.key)).json.decision, "ALLOW");
  assert.equal((await gateway.scan(CALL, `${made.key.slice(0, -1)}~`)).status, 401);

  const list = await gateway.admin("GET", "/v1/keys");
  assert.equal(list.json.keys.length, 2);
  assert.ok(!list.text.includes(made.key));
  assert.ok(!list.text.includes(digestOf(made.key)));
  assert.ok(!JSON.stringify(gateway.log).includes(made.key.slice(16)));
  await gateway.close();
  for (const file of readdirSync(dataDir)) {
    assert.ok(!readFileSync(join(dataDir, file)).includes(made.key.slice(16)), file);
  }
});

test("once there has been a key, agents need one, on this machine too", async (t) => {
  const upstream = await startUpstream(t);
  const { gateway, make } = await keyed(t, { allowPrivate: [upstream.host] });
  const { approval_id: id } = (await gateway.scan(HELD)).json;
  const { key, key_id: keyId } = await make({ agent_id: "anonymous" });
  const digest = { request_digest: "0".repeat(64) };
  const bare = async () => [
    await gateway.scan(CALL),
    await gateway.post("/v1/scan/response", { trace_id: crypto.randomUUID(), response_body: "x" }),
    await gateway.call("GET", `/v1/approvals/${id}/status`),
    await gateway.post(`/v1/approvals/${id}/consume`, digest),
    await gateway.proxy(`${upstream.url}/x`),
    await gateway.call("GET", `/proxy-redirect/${upstream.url}/x`),
  ];
  for (const answer of await bare()) {
    assert.equal(answer.status, 401);
    assert.equal(answer.json.error.code, "KEY_REQUIRED");
  }
  assert.equal((await gateway.call("GET", `/v1/approvals/${id}/status`, bearer(key))).status, 200);
  const near = [
    key.slice(0, -1),
    `${key}x`,
    key.toUpperCase(),
    `iv_live_${"A".repeat(43)}`,
    `${key.slice(0, 16)}${"A".repeat(35)}`,
  ];
  for (const wrong of [...near, "x", ""]) assert.equal((await gateway.scan(CALL, wrong)).status, 401, wrong);
  assert.equal((await gateway.scan(CALL, near[4])).json.error.code, "KEY_INVALID");

  assert.equal((await gateway.admin("DELETE", `/v1/keys/${keyId}`)).json.status, "revoked");
  assert.equal((await gateway.scan(CALL, key)).json.error.code, "KEY_REVOKED");
  for (const answer of await bare()) assert.equal(answer.status, 401, "no key is left, and none is not enough");
  assert.equal(upstream.received.length, 0);
  assert.equal((await gateway.admin("POST", `/v1/keys/${crypto.randomUUID()}/revoke`, {})).status, 404);
});

test("with a key agents are served from other machines, within its addresses", async (t) => {
  const { createGateway, hashCredential } = await import("../../../dist/gateway/index.js");
  const { Engine } = await import("../../../dist/engine.js");
  const { gateway, make } = await keyed(t);
  const everywhere = await make({ agent_id: "everywhere" });
  const office = await make({ agent_id: "office", ip_allowlist: ["192.168.0.0/16", "10.1.2.3", "2001:db8::/32"] });
  const app = createGateway({
    engine: new Engine(),
    store: gateway.store,
    adminHash: await hashCredential("x"),
    self: () => ({ port: 4100, host: "0.0.0.0", addresses: [] }),
    consoleFile: async () => undefined,
  });
  const scan = async (key, peerAddress) => {
    const headers = { host: "localhost:4100", "content-type": "application/json", authorization: `Bearer ${key}` };
    const request = new Request("http://localhost:4100/v1/scan", { method: "POST", headers, body: JSON.stringify(CALL) });
    request.headers.set("host", "localhost:4100");
    return app.fetch(request, peerAddress === undefined ? {} : { peerAddress });
  };
  for (const peer of ["203.0.113.9", "::1", "2001:db8::1", undefined])
    assert.equal((await scan(everywhere.key, peer)).status, 200);
  const within = ["192.168.7.8", "::ffff:192.168.7.8", "10.1.2.3", "2001:db8:ffff::9", "2001:DB8::1%eth0"];
  for (const peer of within) assert.equal((await scan(office.key, peer)).status, 200, peer);
  const without = ["192.169.0.1", "10.1.2.4", "127.0.0.1", "::1", "2001:db9::1", "::ffff:10.1.2.4", "nonsense", "", undefined];
  for (const peer of without) {
    const answer = await scan(office.key, peer);
    assert.equal(answer.status, 403, peer);
    assert.equal((await answer.json()).error.code, "IP_NOT_ALLOWED");
  }
});

test("a key says who its agent is, whatever the agent says", async (t) => {
  const upstream = await startUpstream(t);
  const rule = { rule_id: "trusted", match: { agent_ids: ["trusted"] }, action: "REQUIRE_APPROVAL" };
  const { gateway, make } = await keyed(t, { allowPrivate: [upstream.host], policy: { name: "p", rules: [rule] } });
  const [trusted, other] = [await make({ agent_id: "trusted" }), await make({ agent_id: "other" })];
  assert.equal((await gateway.scan({ ...CALL, agent_id: "trusted" }, other.key)).json.decision, "ALLOW");
  assert.equal((await gateway.scan({ ...CALL, agent_name: "trusted" }, other.key)).json.decision, "ALLOW");
  const headers = { "x-interven-agent-id": "trusted", "x-interven-key": other.key };
  assert.equal((await gateway.proxy(`${upstream.url}/x`, { headers })).status, 200);
  const held = await gateway.scan({ ...CALL, agent_id: "other" }, trusted.key);
  assert.equal(held.json.decision, "REQUIRE_APPROVAL");
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.deepEqual(
    decisions.map((one) => one.agent_id),
    ["trusted", "other", "other", "other"],
  );
});

test("an approval is polled and used with the key of its agent alone", async (t) => {
  const { gateway, make } = await keyed(t);
  const [mine, theirs] = [await make({ agent_id: "mine" }), await make({ agent_id: "theirs" })];
  const second = await make({ agent_id: "mine" });
  const digest = digestOf("what I hold");
  const { approval_id: id } = (await gateway.scan({ ...HELD, request_digest: digest }, mine.key)).json;
  const status = (key) => gateway.call("GET", `/v1/approvals/${id}/status`, bearer(key));
  const consume = (key) => gateway.post(`/v1/approvals/${id}/consume`, { request_digest: digest }, key);
  for (const ask of [status, consume]) {
    const answer = await ask(theirs.key);
    assert.deepEqual([answer.status, answer.json.error.code], [404, "APPROVAL_NOT_FOUND"]);
  }
  assert.equal((await status(mine.key)).status, 200, "what others ask does not count as a poll");
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  assert.equal((await consume(theirs.key)).status, 404);
  assert.equal((await consume(second.key)).json.status, "executed");
});

test("the key of the gateway goes no further, what is the upstream's does", async (t) => {
  const upstream = await startUpstream(t);
  const { gateway, make } = await keyed(t, { allowPrivate: [upstream.host], policy: { name: "p", rules: [] } });
  const { key } = await make({ agent_id: "a" });
  const own = { "x-interven-key": key, authorization: "Bearer of-this-service" };
  assert.equal((await gateway.proxy(`${upstream.url}/1`, { headers: own })).status, 200);
  assert.equal((await gateway.proxy(`${upstream.url}/2`, { headers: { authorization: `Bearer ${key}` } })).status, 200);
  assert.equal(
    (await gateway.proxy(`${upstream.url}/3`, { headers: { ...own, "x-interven-key": `${key}, ${key}` } })).status,
    401,
  );
  assert.equal((await gateway.proxy(`${upstream.url}/4`, { headers: { authorization: "Bearer of-this-service" } })).status, 401);
  assert.deepEqual(
    upstream.received.map(({ headers }) => headers.authorization),
    ["Bearer of-this-service", undefined],
  );
  assert.ok(!JSON.stringify(upstream.received).includes(key.slice(8)));
});

test("an agent's key opens no route of the administrator", async (t) => {
  const { gateway, make } = await keyed(t);
  const { key, key_id: id } = await make({ agent_id: "a" });
  const routes = [
    ["GET", "/v1/keys"],
    ["GET", "/v1/agents"],
    ["GET", "/v1/usage"],
    ["GET", "/v1/approvals"],
    ["GET", "/v1/decisions"],
    ["GET", "/v1/events"],
    ["POST", "/v1/keys"],
    ["POST", "/v1/keys/ephemeral"],
    ["POST", `/v1/keys/${id}/revoke`],
    ["DELETE", `/v1/keys/${id}`],
  ];
  for (const [method, path] of routes) {
    const body = method === "POST" ? "{}" : undefined;
    const headers = { "content-type": "application/json", ...bearer(key).headers, "x-interven-key": key };
    const answer = await gateway.call(method, path, { headers, body });
    assert.deepEqual([answer.status, answer.json.error.code], [401, "ADMIN_CREDENTIAL_REQUIRED"], path);
  }
  assert.equal((await gateway.admin("GET", "/v1/keys")).json.keys.length, 1);
});

test("what a key is made for is checked by name", async (t) => {
  const { gateway } = await keyed(t);
  const live = [
    [{ agent: "x" }, "'agent' is not known here"],
    [{ agent_id: 7 }, "'agent_id' must be a text"],
    [{ agent_id: " " }, "'agent_id' must be a text"],
    [{ agent_id: "x".repeat(201) }, "'agent_id' must be a text"],
    [{ agent_id: ["bot", "mail.example"].join("@") }, "'agent_id' is stored and shown"],
    [{ ip_allowlist: "10.0.0.1" }, "'ip_allowlist' must be a list"],
    [{ ip_allowlist: [] }, "'ip_allowlist' must be a list"],
    [{ scope: [] }, "'scope' must be an object"],
    [{ scope: { tool: [] } }, "'tool' is not known here"],
    [{ scope: { tools: [] } }, "'scope.tools' must be a list of 1"],
    [{ scope: { verbs: ["read"] } }, "'scope.verbs' must be of READ"],
    [{ ttl_seconds: 60 }, "'ttl_seconds' is not known here"],
    ...["10.0.0.0/33", "10.0.0", "010.0.0.1", "::/129", "host.example", "10.0.0.1/", "1.2.3.4/8/8"].map((range) => [
      { ip_allowlist: [range] },
      "'ip_allowlist' must be a list of addresses",
    ]),
  ];
  const ephemeral = [0, 86_401, 1.5, "600"].map((ttl) => [{ ttl_seconds: ttl }, "'ttl_seconds' must be a whole number"]);
  ephemeral.push(...[0, 1001, -1].map((uses) => [{ max_uses: uses }, "'max_uses' must be a whole number"]));
  for (const [path, cases] of Object.entries({ "/v1/keys": live, "/v1/keys/ephemeral": ephemeral })) {
    for (const [value, message] of cases) {
      const answer = await gateway.admin("POST", path, value);
      assert.equal(answer.status, 400, JSON.stringify(value));
      assert.ok(answer.json.error.message.startsWith(message), answer.json.error.message);
    }
  }
  assert.equal((await gateway.admin("GET", "/v1/keys")).json.keys.length, 0);
});

test("a client with a key of its own waits, is approved, and sends", async (t) => {
  const upstream = await startUpstream(t);
  const { gateway, make } = await keyed(t, { allowPrivate: [upstream.host] });
  const { key } = await make({ agent_id: "agent-1" });
  let pending;
  const asked = new Promise((resolve) => (pending = resolve));
  const options = { allowPrivate: [upstream.host], gatewayUrl: gateway.base, pollIntervalMs: 2500, onPending: pending };
  const client = new IntervenClient({ ...options, apiKey: key });
  const sent = client.fetch(`${upstream.url}/notes`, { method: "POST", body: "hello" });
  await gateway.admin("POST", `/v1/approvals/${(await asked).approvalId}/approve`, {});
  assert.equal((await sent).status, 200);
  assert.equal(upstream.received.length, 1);
  const stranger = new IntervenClient({ ...options, apiKey: `iv_live_${"A".repeat(43)}` });
  await assert.rejects(stranger.fetch(`${upstream.url}/notes`), { code: "ERR_INTERVEN_AUTHENTICATION" });
  assert.equal(upstream.received.length, 1);
});

function bearer(key) {
  return { headers: { authorization: `Bearer ${key}` } };
}
