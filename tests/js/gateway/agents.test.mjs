import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { core } from "../../../dist/core/full.js";
import { Engine } from "../../../dist/engine.js";
import { createGateway } from "../../../dist/gateway/index.js";
import { EngineError, Memory } from "../../../dist/index.js";
import { HOLD_LOOPBACK, manualClock, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const CALL = { method: "POST", url: "https://api.example.com/v1/notes", body: { note: "hello" } };
const HELD = { ...CALL, url: "http://127.0.0.1/notes" };

async function watched(t, options = {}) {
  const upstream = await startUpstream(t);
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now, ...options });
  const scan = async (agent, more = {}) => (await gateway.scan({ ...HELD, agent_id: agent, ...more })).json;
  const send = (agent) => gateway.proxy(`${upstream.url}/x`, { body: "x", headers: { "x-interven-agent-id": agent } });
  const decide = (id, verb) => gateway.admin("POST", `/v1/approvals/${id}/${verb}`, {});
  const agents = async () => (await gateway.admin("GET", "/v1/agents")).json.agents;
  const agent = async (id) => (await agents()).find((one) => one.agent_id === id);
  return { upstream, clock, gateway, scan, send, decide, agents, agent };
}

test("agents are listed with what they did and how far they are trusted", async (t) => {
  const { clock, gateway, scan, decide, agents, agent } = await watched(t);
  assert.deepEqual(await agents(), []);
  const first = new Date(clock.time).toISOString();
  await gateway.scan({ ...CALL, agent_id: "a" });
  const held = await scan("a");
  clock.advance(5000);
  await gateway.scan({ ...CALL, agent_id: "b" });
  await gateway.admin("POST", "/v1/keys", { agent_id: "c", agent_name: "Third" });
  const expected = {
    agent_id: "a",
    agent_name: null,
    status: "active",
    trust: 0.5,
    calls: 2,
    denied: 0,
    stopped_at: null,
    note: null,
  };
  assert.deepEqual(await agent("a"), { ...expected, first_seen: first, last_seen: first });
  assert.deepEqual((await agents()).map((one) => [one.agent_id, one.agent_name]).sort(), [
    ["a", null],
    ["b", null],
    ["c", "Third"],
  ]);
  await decide(held.approval_id, "approve");
  assert.equal((await agent("a")).trust, 0.52);
  assert.equal((await agent("b")).trust, 0.5);
});

test("people's decisions move the trust, and policies can ask for it, also after a restart", async (t) => {
  const rule = { rule_id: "r", condition: { trust_score_lt: 0.35 }, action: "DENY", reason_code: "NOT_TRUSTED" };
  const policy = { ...HOLD_LOOPBACK, rules: [...HOLD_LOOPBACK.rules, rule] };
  const dataDir = temporaryDirectory(t);
  const { clock, gateway, scan, decide, agent } = await watched(t, { policy, dataDir });
  for (const note of ["1", "2"]) await decide((await scan("a", { body: { note } })).approval_id, "deny");
  assert.equal((await agent("a")).trust, 0.3);
  assert.ok((await gateway.scan({ ...CALL, agent_id: "a" })).json.reason_codes.includes("NOT_TRUSTED"));
  assert.equal((await gateway.scan({ ...CALL, agent_id: "b" })).json.decision, "ALLOW");
  await gateway.close();

  const next = await startRunning(t, { policy, dataDir, now: clock.now });
  assert.equal((await next.scan({ ...CALL, agent_id: "a" })).json.decision, "DENY");
  const [kept] = (await next.admin("GET", "/v1/agents")).json.agents.filter((one) => one.agent_id === "a");
  assert.deepEqual([kept.trust, kept.calls, kept.denied], [0.3, 4, 2]);
});

test("a stopped agent's calls are denied, however they come, until it is started", async (t) => {
  const { upstream, gateway, scan, send, agent } = await watched(t, { policy: { name: "p", rules: [] } });
  assert.equal((await send("a")).status, 200);
  const stopped = await gateway.admin("POST", "/v1/agents/a/stop", { note: "it loops" });
  assert.deepEqual([stopped.status, stopped.json.status, stopped.json.note], [200, "stopped", "it loops"]);
  const answers = [await gateway.scan({ ...CALL, agent_id: "a" }), await send("a")];
  assert.deepEqual([answers[0].status, answers[1].status], [200, 403]);
  for (const { json } of answers) {
    assert.equal(json.decision, "DENY");
    assert.equal(json.reason_codes[0], "AGENT_STOPPED");
  }
  assert.equal((await send("b")).status, 200);
  assert.equal(upstream.received.length, 2);
  assert.equal((await gateway.admin("POST", "/v1/agents/a/start", {})).json.status, "active");
  assert.equal((await send("a")).status, 200);
  assert.equal((await gateway.admin("POST", "/v1/agents/nobody/start", {})).status, 404);
  await gateway.admin("POST", `/v1/agents/${encodeURIComponent("team/a b")}/stop`, {});
  assert.equal((await agent("team/a b")).status, "stopped");
  assert.equal((await scan("team/a b", { url: CALL.url })).decision, "DENY");
});

test("what a stopped agent waits for, or was approved for and has not used, is denied with it", async (t) => {
  const dataDir = temporaryDirectory(t);
  const { clock, gateway, scan, decide } = await watched(t, { dataDir });
  const digest = createHash("sha256").update("held").digest("hex");
  const ids = {
    pending: (await scan("a", { body: { n: 1 } })).approval_id,
    approved: (await scan("a", { request_digest: digest })).approval_id,
    other: (await scan("b")).approval_id,
  };
  await decide(ids.approved, "approve");
  await gateway.admin("POST", "/v1/agents/a/stop", {});
  const status = async (to, id) => (await to.call("GET", `/v1/approvals/${id}/status`)).json.status;
  assert.deepEqual(await Promise.all(Object.values(ids).map((id) => status(gateway, id))), ["denied", "denied", "pending"]);
  const consume = (to) => to.post(`/v1/approvals/${ids.approved}/consume`, { request_digest: digest });
  assert.equal((await consume(gateway)).json.error.code, "AGENT_STOPPED");
  assert.equal((await decide(ids.pending, "approve")).json.error.code, "APPROVAL_NOT_PENDING");
  await gateway.close();

  const next = await startRunning(t, { policy: HOLD_LOOPBACK, dataDir, now: clock.now });
  assert.equal((await next.scan({ ...HELD, agent_id: "a" })).json.reason_codes[0], "AGENT_STOPPED");
  await next.admin("POST", "/v1/agents/a/start", {});
  assert.equal((await consume(next)).json.error.code, "APPROVAL_DENIED");
});

test("monitor mode does not lift the switch, and a name being looked up does not outrun it", async (t) => {
  const monitored = await watched(t, { mode: "monitor" });
  await monitored.gateway.admin("POST", "/v1/agents/a/stop", {});
  assert.equal((await monitored.send("a")).status, 403);
  assert.equal(monitored.upstream.received.length, 0);

  for (const mode of ["enforce", "monitor"]) {
    let asked;
    let answer;
    const [question, found] = [new Promise((resolve) => (asked = resolve)), new Promise((resolve) => (answer = resolve))];
    const resolve = async () => {
      asked();
      return found;
    };
    let opened = 0;
    const connect = (_options, callback) => {
      opened += 1;
      callback(new Error("nobody is there"));
    };
    const { gateway } = await watched(t, { mode, policy: { name: "p", rules: [] }, resolve, connect });
    const sent = gateway.proxy("http://slow.example.com/x", { body: "x", headers: { "x-interven-agent-id": "a" } });
    await question;
    await gateway.admin("POST", "/v1/agents/a/stop", {});
    answer(["93.184.215.14"]);
    assert.equal((await sent).json.reason_codes?.[0], "AGENT_STOPPED", mode);
    assert.equal(opened, 0);
  }
});

test("a destination is new until a call has gone there", async (t) => {
  const policy = { name: "p", rules: [{ rule_id: "new", condition: { is_new_destination: true }, action: "REQUIRE_APPROVAL" }] };
  const { gateway, scan, decide } = await watched(t, { policy });
  const there = { url: CALL.url };
  const held = await scan("a", there);
  assert.equal(held.decision, "REQUIRE_APPROVAL");
  await decide(held.approval_id, "approve");
  assert.equal((await scan("a", there)).decision, "ALLOW");
  assert.equal((await scan("a", { ...there, body: { another: 1 } })).decision, "ALLOW", "known by now");
  assert.equal((await scan("b", there)).decision, "REQUIRE_APPROVAL", "to one agent");

  const digest = createHash("sha256").update("held").digest("hex");
  const elsewhere = { url: "https://other.example.com/", request_digest: digest };
  const waiting = await scan("a", elsewhere);
  await decide(waiting.approval_id, "approve");
  await gateway.post(`/v1/approvals/${waiting.approval_id}/consume`, { request_digest: digest });
  assert.equal((await scan("a", { ...elsewhere, request_digest: "0".repeat(64) })).decision, "ALLOW", "its client has sent it");
});

test("what is refused teaches nothing, and uses nothing up", async (t) => {
  const { gateway } = await watched(t, { policy: { name: "p", rules: [] } });
  const make = async (path, value) => (await gateway.admin("POST", path, { agent_id: "a", ...value })).json.key;
  const key = await make("/v1/keys", {});
  const [reader, once] = [await make("/v1/keys", { scope: { verbs: ["READ"] } }), await make("/v1/keys/ephemeral", {})];
  const isNew = async (by) => (await gateway.scan(CALL, by)).json.signals.includes("new_destination");
  await gateway.admin("POST", "/v1/agents/a/stop", {});
  assert.ok(await isNew(once));
  await gateway.admin("POST", "/v1/agents/a/start", {});
  assert.ok(await isNew(reader), "a call that was stopped is none that went there");
  assert.ok(await isNew(once), "nor is one out of scope, and the key was not used");
  assert.ok(!(await isNew(key)));
});

test("what an administrator does to keys and agents is in the record, together with it", async (t) => {
  const { gateway, scan } = await watched(t);
  const held = await scan("a");
  await gateway.admin("POST", "/v1/agents/a/stop", { note: "it loops" });
  await gateway.admin("POST", "/v1/agents/a/start", {});
  const { key, key_id: id } = (await gateway.admin("POST", "/v1/keys", { agent_id: "b", scope: { verbs: ["READ"] } })).json;
  await gateway.admin("DELETE", `/v1/keys/${id}`);
  await gateway.admin("DELETE", `/v1/keys/${id}`);
  await gateway.admin("DELETE", `/v1/keys/${crypto.randomUUID()}`);
  const entries = await gateway.store.readEntries({ limit: 100 });
  const told = entries.filter(({ kind }) => /^(agent|key|approval)\./.test(kind));
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["approval.requested", "agent.stopped", "approval.denied", "agent.started", "key.created", "key.revoked"],
  );
  const bodies = told.map(({ body }) => JSON.parse(body));
  assert.deepEqual([bodies[1].agent_id, bodies[1].note, bodies[1].actor], ["a", "it loops", "administrator"]);
  assert.equal(bodies[2].approval_id, held.approval_id);
  assert.deepEqual([bodies[4].agent_id, bodies[4].key_id, bodies[4].scope], ["b", id, { verbs: ["READ"] }]);
  assert.ok(!JSON.stringify(entries).includes(key.slice(16)));
});

test("an engine that has to be replaced keeps the trust that was written down", async (t) => {
  const dataDir = temporaryDirectory(t);
  const { clock, gateway, scan, decide, agent } = await watched(t, { dataDir });
  await decide((await scan("a")).approval_id, "deny");
  const trap = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  assert.throws(() => core.run(trap), EngineError);
  assert.equal((await agent("a")).trust, 0.4);
  assert.equal((await scan("b", { url: CALL.url })).decision, "ALLOW");
  await gateway.close();
  const next = await startRunning(t, { dataDir, now: clock.now });
  const kept = (await next.admin("GET", "/v1/agents")).json.agents.find((one) => one.agent_id === "a");
  assert.equal(kept.trust, 0.4);
});

test("a memory that the engine does not use is refused at the start", async (t) => {
  const { gateway } = await watched(t);
  const own = { store: gateway.store, adminHash: "0".repeat(64), consoleFile: async () => undefined };
  const self = () => ({ port: 1, host: "127.0.0.1", addresses: [] });
  assert.throws(() => createGateway({ ...own, self, engine: new Engine(), memory: new Memory() }), {
    name: "ConfigurationError",
  });
});
