// Policies that are applied to a gateway while it runs: versions, effect, refusals, and what becomes of approvals.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openSqliteStore } from "../../../dist/gateway/index.js";
import { ADMIN, HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const URL_OF_CALLS = "https://api.example.com/notes";

function policy(action, { name = "ours", hosts = ["api.example.com"], ...more } = {}) {
  return { name, rules: [{ rule_id: "notes", match: { hosts }, action, reason_code: "OURS", ...more }] };
}

const decision = async ({ scan }, url = URL_OF_CALLS) => (await scan({ method: "POST", url, body: { a: 1 } })).json.decision;
const apply = async ({ admin }, document, more = {}) => admin("POST", "/v1/policies/apply", { policy: document, ...more });
const entries = async (store, kind) => (await store.readEntries({ kind, limit: 100 })).map(({ body }) => JSON.parse(body));

test("a policy that is applied decides the next scan; the same text is no new version", async (t) => {
  const gateway = await startRunning(t);
  const { admin, store } = gateway;
  const before = (await gateway.call("GET", "/health")).json.policy_version;
  assert.equal(await decision(gateway), "ALLOW");
  const first = await apply(gateway, policy("DENY"));
  assert.equal(first.status, 200, first.text);
  assert.match(first.json.policy_id, /^[0-9a-f-]{36}$/);
  const { name, env_name, version, rules, changed, active, in_force } = first.json;
  assert.deepEqual(
    { name, env_name, version, rules, changed, active, in_force },
    { name: "ours", env_name: "production", version: 1, rules: 1, changed: true, active: true, in_force: true },
  );
  assert.equal(await decision(gateway), "DENY");
  assert.notEqual((await gateway.call("GET", "/health")).json.policy_version, before);

  // As text, and laid out otherwise, it says the same.
  for (const same of [policy("DENY"), JSON.stringify(policy("DENY"), null, 4)]) {
    const again = (await apply(gateway, same)).json;
    assert.deepEqual([again.policy_id, again.version, again.changed], [first.json.policy_id, 1, false]);
  }
  const second = (await apply(gateway, policy("REQUIRE_APPROVAL"))).json;
  assert.deepEqual([second.policy_id, second.version, second.changed], [first.json.policy_id, 2, true]);
  assert.equal(await decision(gateway), "REQUIRE_APPROVAL");

  const id = second.policy_id;
  const { versions } = (await admin("GET", `/v1/policies/${id}/versions`)).json;
  assert.deepEqual(
    versions.map((one) => [one.version, one.rules, one.restored_from]),
    [
      [2, 1, null],
      [1, 1, null],
    ],
  );
  const old = (await admin("GET", `/v1/policies/${id}/versions/1`)).json;
  assert.deepEqual(JSON.parse(old.text), policy("DENY"));
  const named = (await admin("GET", "/v1/policies/by-name/ours?env=production")).json;
  assert.deepEqual([named.version, JSON.parse(named.text)], [2, policy("REQUIRE_APPROVAL")]);

  const back = (await admin("POST", `/v1/policies/${id}/rollback`, { version: 1 })).json;
  assert.deepEqual([back.version, back.changed], [3, true]);
  assert.equal(await decision(gateway), "DENY");
  assert.equal((await admin("GET", `/v1/policies/${id}/versions/3`)).json.restored_from, 1);

  const gone = (await admin("DELETE", `/v1/policies/${id}`)).json;
  assert.deepEqual([gone.active, gone.in_force, gone.changed], [false, false, true]);
  assert.equal(await decision(gateway), "ALLOW");
  assert.equal((await gateway.call("GET", "/health")).json.policy_version, before);
  assert.equal((await admin("DELETE", `/v1/policies/${id}`)).json.changed, false);
  assert.equal((await admin("GET", "/v1/policies/by-name/ours")).status, 404);
  assert.deepEqual((await admin("GET", "/v1/policies")).json.policies, []);
  assert.equal((await admin("GET", "/v1/policies?all=true")).json.policies[0].version, 3);
  // Applied again it has its history.
  assert.deepEqual([(await apply(gateway, policy("DENY"))).json.version, await decision(gateway)], [4, "DENY"]);

  const told = [...(await entries(store, "admin.policy_applied")), ...(await entries(store, "admin.policy_rolled_back"))];
  assert.deepEqual(
    told.map((one) => [one.version, one.restored_from]),
    [
      [1, undefined],
      [2, undefined],
      [4, undefined],
      [3, 1],
    ],
  );
  assert.ok(told.every((one) => /^[0-9a-f]{64}$/.test(one.text_sha256) && one.actor === "administrator"));
  assert.equal((await entries(store, "admin.policy_deactivated")).length, 1);
});

test("the proxy goes by what is applied, and what the start gave stays on top", async (t) => {
  const upstream = await startUpstream(t);
  const host = upstream.host;
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [host] });
  assert.equal((await gateway.proxy(upstream.url)).status, 202);
  // A policy of the same name takes nothing away.
  const same = { name: "hold", rules: [{ rule_id: "loopback", match: { hosts: ["127.0.0.1"] }, action: "ALLOW" }] };
  assert.equal((await apply(gateway, same)).status, 200);
  assert.equal((await gateway.proxy(upstream.url)).status, 202);
  await apply(gateway, policy("DENY", { hosts: ["127.0.0.1"] }));
  const denied = await gateway.proxy(upstream.url);
  assert.deepEqual([denied.status, denied.headers["x-interven-reasons"]], [403, "NEW_DESTINATION,OURS,POLICY_MATCH"]);
  const { policies, files, environment } = (await gateway.admin("GET", "/v1/policies")).json;
  assert.deepEqual(
    [policies.map(({ name }) => name), files, environment],
    [["hold", "ours"], [{ source: "test.json", name: "hold", rules: 1 }], "production"],
  );
  for (const { policy_id } of policies) await gateway.admin("DELETE", `/v1/policies/${policy_id}`);
  assert.equal((await gateway.proxy(upstream.url)).status, 202);
  assert.deepEqual(upstream.received, []);
});

test("policies of another environment wait for their gateway", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startRunning(t, { dataDir, environment: "staging" });
  const own = await apply(first, { ...policy("DENY"), env_name: "production" });
  assert.deepEqual([own.json.env_name, own.json.in_force, await decision(first)], ["production", false, "ALLOW"]);
  const both = { ...policy("REQUIRE_APPROVAL"), env_names: ["staging", "test"] };
  assert.equal((await apply(first, both)).json.env_name, "staging");
  assert.equal(await decision(first), "REQUIRE_APPROVAL");
  const wrong = await apply(first, both, { env_name: "production" });
  assert.deepEqual([wrong.status, wrong.json.error.code], [400, "ENVIRONMENT_MISMATCH"]);
  assert.equal((await first.admin("GET", "/v1/policies?env=production")).json.policies.length, 1);
  await first.close();

  const second = await startRunning(t, { dataDir });
  assert.equal(await decision(second), "DENY");
});

test("what is applied outlives the gateway, under the same version of the engine", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startRunning(t, { dataDir });
  await apply(first, policy("SANITIZE", { name: "b" }));
  await apply(first, policy("DENY", { name: "a" }));
  await apply(first, policy("REQUIRE_APPROVAL", { name: "a" }));
  const { policy_version: version } = (await first.call("GET", "/health")).json;
  await first.close();
  const second = await startRunning(t, { dataDir });
  assert.equal((await second.call("GET", "/health")).json.policy_version, version);
  assert.equal(await decision(second), "REQUIRE_APPROVAL");
  await second.close();

  // Who cannot put them in force decides nothing.
  const { Engine } = await import("../../../dist/engine.js");
  await assert.rejects(startRunning(t, { dataDir, engine: new Engine() }), /no longer be used|engineWith/);
});

test("a wrong policy is refused with its place, and nothing changes", async (t) => {
  const gateway = await startRunning(t);
  await apply(gateway, policy("DENY"));
  const text = '{\n  "name": "ours",\n  "rules": [{"rule_id": "notes", "acton": "ALLOW"}]\n}';
  const refused = await gateway.admin("POST", "/v1/policies/apply", { policy: text, source: "ours.json" });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.error.code, "POLICY_INVALID");
  assert.equal(refused.json.error.message, "ours.json:3:34: rules[0].acton: unknown key (did you mean `action`?)");
  assert.deepEqual(refused.json.error.details, {
    ...{ source: "ours.json", line: 3, column: 34, key: "rules[0].acton" },
    ...{ problem: "unknown key", suggestion: "did you mean `action`?" },
  });
  const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
  const raw = (body) => gateway.call("POST", "/v1/policies/apply", { headers, body });
  // In the source of an object a key that stands twice is seen.
  const twice = await raw('{"policy": {"name": "ours", "rules": [], "rules": [{"rule_id": "r", "action": "ALLOW"}]}}');
  assert.match(twice.json.error.message, /the key `rules` appears twice/);
  for (const [body, field] of [
    ['{"policy": 1}', "policy"],
    ['{"policy": {"name":"p","rules":[]}, "env": "x"}', "env"],
    ['{"policy": {"name":"p","rules":[]}, "policy": {"name":"q","rules":[]}}', "policy"],
    ['{"policy": {"name":"p","rules":[]}, "env_name": "no spaces"}', "env_name"],
    ['{"policy": {"name":"jane.doe@example.org","rules":[]}}', "policy.name"],
  ]) {
    const { status, json } = await raw(body);
    assert.deepEqual(
      [status, json.error.code, json.error.message.startsWith(`'${field}' `)],
      [400, "INVALID_REQUEST", true],
      body,
    );
  }
  assert.equal((await raw("[]")).status, 400);
  const zone = {
    name: "z",
    rules: [
      { rule_id: "z", action: "DENY", condition: { time_of_day_outside: { start: "09:00", end: "17:00", tz: "Nowhere/Land" } } },
    ],
  };
  assert.match((await apply(gateway, zone)).json.error.message, /time zone `Nowhere\/Land`/);
  assert.equal(await decision(gateway), "DENY");
  const list = (await gateway.admin("GET", "/v1/policies")).json.policies;
  assert.deepEqual(
    list.map(({ name, version }) => [name, version]),
    [["ours", 1]],
  );
  const { policy_id: id } = list[0];
  for (const [path, status] of [
    [`/v1/policies/${crypto.randomUUID()}/versions`, 404],
    [`/v1/policies/${id}/versions/2`, 404],
    [`/v1/policies/${id}/versions/x`, 400],
    ["/v1/policies/by-name/ours?env=staging", 404],
    ["/v1/policies?envv=x", 400],
  ])
    assert.equal((await gateway.admin("GET", path)).status, status, path);
  for (const version of [0, "x", 2, null])
    assert.ok((await gateway.admin("POST", `/v1/policies/${id}/rollback`, { version })).status >= 400);
});

test("validate says what is wrong and what is odd, and changes nothing", async (t) => {
  const gateway = await startRunning(t);
  const validate = async (document) => (await gateway.admin("POST", "/v1/policies/validate", { policy: document })).json;
  const odd = await validate(policy("ALLOW"));
  assert.deepEqual([odd.valid, odd.name, odd.rules, odd.errors], [true, "ours", 1, []]);
  assert.match(odd.warnings[0].problem, /ALLOW loosens nothing/);
  const wrong = await validate('{"name": "p"}');
  assert.deepEqual([wrong.valid, wrong.errors[0].problem, wrong.warnings], [false, "the key `rules` is missing", []]);
  assert.deepEqual((await gateway.admin("GET", "/v1/policies?all=true")).json.policies, []);
});

test("of many who apply at once everybody gets a version of his own, and the last one holds", async (t) => {
  const gateway = await startRunning(t);
  const actions = Array.from({ length: 20 }, (_, index) => (index % 2 ? "DENY" : "REQUIRE_APPROVAL"));
  const made = await Promise.all(
    actions.map((action, index) => apply(gateway, policy(action, { description: `take ${index}` }))),
  );
  const versions = made.map(({ json }) => json.version);
  assert.deepEqual(
    [...versions].sort((a, b) => a - b),
    actions.map((_, index) => index + 1),
  );
  const last = (await gateway.admin("GET", "/v1/policies/by-name/ours")).json;
  assert.equal(last.version, 20);
  assert.equal(await decision(gateway), JSON.parse(last.text).rules[0].action);
});

test("of several that are applied while a store is slow none is lost", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  const list = store.policies.list.bind(store.policies);
  let turn = 0;
  store.policies.list = async (all) => {
    const found = await list(all);
    // What was read grows old while others go on.
    for (let left = 20 - 3 * (turn++ % 5); left > 0; left--) await new Promise(setImmediate);
    return found;
  };
  const gateway = await startRunning(t, { store });
  const hosts = Array.from({ length: 5 }, (_, index) => `host-${index}.example.com`);
  await Promise.all(hosts.map((host) => apply(gateway, policy("DENY", { name: host, hosts: [host] }))));
  for (const host of hosts) assert.equal(await decision(gateway, `https://${host}/`), "DENY", host);
});

test("a store that fails leaves the policies as they were", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  const gateway = await startRunning(t, { store });
  await apply(gateway, policy("DENY"));
  const works = store.policies.apply.bind(store.policies);
  store.policies.apply = async () => {
    const { StoreError } = await import("../../../dist/gateway/index.js");
    throw new StoreError("no room");
  };
  assert.equal((await apply(gateway, policy("REQUIRE_APPROVAL"))).status, 503);
  assert.equal(await decision(gateway), "DENY");
  store.policies.apply = works;
  assert.equal((await apply(gateway, policy("REQUIRE_APPROVAL"))).json.version, 2);
  assert.equal(await decision(gateway), "REQUIRE_APPROVAL");
});

test("an approval of older policies releases nothing under newer ones", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const { admin, post, scan, proxy, store } = gateway;
  const digest = "ab".repeat(32);
  const call = { method: "POST", url: `${upstream.url}/x`, body: { a: 1 }, request_digest: digest };
  const stated = (await scan(call)).json;
  const held = (await proxy(`${upstream.url}/x`)).json;
  const waiting = (await proxy(`${upstream.url}/y`)).json;
  for (const { approval_id: id } of [stated, held])
    assert.equal((await admin("POST", `/v1/approvals/${id}/approve`, {})).status, 200);

  await apply(gateway, policy("DENY", { hosts: ["127.0.0.1"] }));
  const consumed = await post(`/v1/approvals/${stated.approval_id}/consume`, { request_digest: digest });
  assert.deepEqual([consumed.status, consumed.json.error.code], [409, "POLICIES_CHANGED"]);
  assert.equal((await proxy(`${upstream.url}/x`)).status, 403);
  assert.equal((await scan(call)).json.decision, "DENY");
  const statuses = (await admin("GET", "/v1/approvals")).json.approvals.map(({ status }) => status);
  assert.deepEqual(statuses, ["expired", "expired", "expired"]);
  assert.equal((await admin("POST", `/v1/approvals/${waiting.approval_id}/approve`, {})).status, 409);
  assert.deepEqual(upstream.received, []);

  // Without that policy a person is asked anew; what was given before stays over.
  const { policies } = (await admin("GET", "/v1/policies")).json;
  await admin("DELETE", `/v1/policies/${policies[0].policy_id}`);
  assert.equal((await post(`/v1/approvals/${stated.approval_id}/consume`, { request_digest: digest })).status, 409);
  const anew = (await scan(call)).json;
  assert.equal(anew.decision, "REQUIRE_APPROVAL");
  assert.notEqual(anew.approval_id, stated.approval_id);
  await admin("POST", `/v1/approvals/${anew.approval_id}/approve`, {});
  assert.equal((await post(`/v1/approvals/${anew.approval_id}/consume`, { request_digest: digest })).status, 200);
  assert.equal((await entries(store, "approval.expired")).length, 3);
});

test("an approval that was given under the policies of another start is asked for anew", async (t) => {
  const dataDir = temporaryDirectory(t);
  const digest = "cd".repeat(32);
  const call = { method: "POST", url: "http://127.0.0.1:9/x", body: { a: 1 }, request_digest: digest };
  const first = await startRunning(t, { dataDir, policy: HOLD_LOOPBACK });
  const given = (await first.scan(call)).json;
  await first.admin("POST", `/v1/approvals/${given.approval_id}/approve`, {});
  await first.close();
  const rules = [{ ...HOLD_LOOPBACK.rules[0], reason_code: "OTHER" }];
  const second = await startRunning(t, { dataDir, policy: { name: "hold", rules } });
  const consumed = await second.post(`/v1/approvals/${given.approval_id}/consume`, { request_digest: digest });
  assert.deepEqual([consumed.status, consumed.json.error.code], [409, "POLICIES_CHANGED"]);
  const anew = (await second.scan(call)).json;
  assert.notEqual(anew.approval_id, given.approval_id);
  assert.equal((await second.admin("GET", "/v1/approvals?status=approved")).json.approvals.length, 0);
});

test("only the administrator has anything to do with policies", async (t) => {
  const { call } = await startRunning(t);
  const json = { headers: { "content-type": "application/json" }, body: '{"policy":{"name":"p","rules":[]}}' };
  const id = crypto.randomUUID();
  for (const [method, path] of [
    ["POST", "/v1/policies/apply"],
    ["POST", "/v1/policies/validate"],
    ["POST", "/v1/policies/replay"],
    ["POST", `/v1/policies/${id}/rollback`],
    ["DELETE", `/v1/policies/${id}`],
    ["GET", "/v1/policies"],
    ["GET", "/v1/policies/by-name/p"],
    ["GET", `/v1/policies/${id}/versions`],
    ["GET", `/v1/policies/${id}/versions/1`],
  ]) {
    assert.equal((await call(method, path, method === "POST" ? json : {})).status, 401, path);
    const form = { headers: { authorization: `Bearer ${ADMIN}`, "content-type": "text/plain" }, body: json.body };
    if (method === "POST") assert.equal((await call(method, path, form)).status, 415, path);
  }
});

test("a call that was decided under policies that were replaced before it was sent is decided again", async (t) => {
  const upstream = await startUpstream(t);
  let [asked, answer] = [() => {}, () => {}];
  const lookup = new Promise((resolve) => (answer = resolve));
  const isAsked = new Promise((resolve) => (asked = resolve));
  const gateway = await startRunning(t, {
    allowPrivate: [`slow.test:${upstream.port}`],
    resolve: async () => {
      asked();
      await lookup;
      return ["127.0.0.1"];
    },
  });
  const call = gateway.proxy(`http://slow.test:${upstream.port}/x`, { body: "hello" });
  await isAsked;
  const policy = { name: "stop", rules: [{ rule_id: "r", match: { url_patterns: ["*"] }, action: "DENY" }] };
  assert.equal((await gateway.admin("POST", "/v1/policies/apply", { policy })).status, 200);
  answer();
  assert.equal((await call).status, 403);
  assert.equal(upstream.received.length, 0);
});
