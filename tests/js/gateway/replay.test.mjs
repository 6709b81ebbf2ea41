// Policies tried on recorded traffic: what is said to change is what then changes, and what is not recorded is not guessed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const rule = (rule_id, more) => ({ rule_id, action: "DENY", ...more });
const ours = (...rules) => ({ name: "ours", rules });

const CALLS = [
  { method: "GET", url: "https://api.example.com/a" },
  { method: "POST", url: "https://api.example.com/b", body: { note: "the heron flies" } },
  { method: "POST", url: "https://api.example.com/b", body: { note: "all is well" } },
  { method: "DELETE", url: "https://api.github.com/repos/acme/site" },
  {
    method: "POST",
    url: "https://slack.com/api/chat.postMessage",
    body: { channel: "general", text: "hello" },
    agent_id: "chatty",
  },
  { method: "POST", url: "https://api.example.com/b", body: { id: fakeSsn() } },
  { method: "PUT", url: "https://files.example.net/x/y", body: { amount: 500 }, agent_id: "payer" },
];

async function traffic({ scan }, times = 1) {
  const decided = [];
  for (let round = 0; round < times; round++) for (const call of CALLS) decided.push((await scan(call)).json.decision);
  return decided;
}

const replay = async ({ admin }, policy, more = {}) => {
  const { status, json, text } = await admin("POST", "/v1/policies/replay", { policy, ...more });
  assert.equal(status, 200, text);
  return json;
};
const counts = ({ decisions, unchanged, changed, undecided, not_replayable: not }) => [
  decisions,
  unchanged,
  changed,
  undecided,
  not,
];

test("a replay says what then happens", async (t) => {
  const gateway = await startRunning(t);
  assert.deepEqual(await traffic(gateway), ["ALLOW", "ALLOW", "ALLOW", "ALLOW", "ALLOW", "SANITIZE", "ALLOW"]);
  const candidate = ours(
    rule("no-deletes", { match: { operations: ["category:delete"] } }),
    rule("chat", { match: { tools: ["slack"], channel_patterns: ["gen*"] }, action: "REQUIRE_APPROVAL" }),
    rule("payer", { match: { agent_ids: ["pay*"], methods: ["PUT"], ports: [443] }, condition: { not: { hosts: ["api.*"] } } }),
    rule("people", { condition: { has_data_class: ["PII"] } }),
    rule("watched", { match: { verbs: ["READ"] }, mode: "monitor" }),
  );
  const told = await replay(gateway, candidate);
  assert.deepEqual(counts(told), [7, 3, 4, 0, 0]);
  const changes = told.changes.map(({ from, to, count, rules }) => [from, to, count, rules.map((one) => one.rule_id).sort()]);
  assert.deepEqual(changes, [
    ["ALLOW", "DENY", 2, ["no-deletes", "payer"]],
    ["SANITIZE", "DENY", 1, ["people"]],
    ["ALLOW", "REQUIRE_APPROVAL", 1, ["chat"]],
  ]);
  assert.deepEqual([told.approvals, told.undecided_keys], [{ before: 0, after: 1, after_at_most: 1 }, {}]);
  const sample = told.samples.find(({ agent_id: agent }) => agent === "payer");
  assert.deepEqual(
    [sample.before, sample.after, sample.host, sample.rules[0].rule_id],
    ["ALLOW", "DENY", "files.example.net", "payer"],
  );

  await gateway.admin("POST", "/v1/policies/apply", { policy: candidate });
  assert.deepEqual(await traffic(gateway), ["ALLOW", "ALLOW", "ALLOW", "DENY", "REQUIRE_APPROVAL", "DENY", "DENY"]);
  // The older half is replayed from facts, the newer one was decided by these very policies.
  assert.deepEqual(counts(await replay(gateway, candidate)), [14, 10, 4, 0, 0]);
  const back = await replay(gateway, ours(rule("watched", { mode: "monitor" })), { limit: 7 });
  assert.deepEqual([counts(back), back.truncated], [[7, 3, 4, 0, 0], true]);
  assert.equal(gateway.log.at(-1).status, 200);
  assert.equal((await gateway.admin("GET", "/v1/policies/by-name/ours")).json.version, 1);
});

test("what the record does not hold is undecided, and the key is named", async (t) => {
  const gateway = await startRunning(t);
  await traffic(gateway);
  const words = await replay(gateway, ours(rule("words", { condition: { body_contains_any: ["heron"] } })));
  // Calls without a body cannot hold it.
  assert.deepEqual([counts(words), words.undecided_keys], [[7, 2, 0, 5, 0], { body_contains_any: 5 }]);
  const { samples } = words;
  assert.ok(
    samples.every(
      (one) => one.after === null && one.possible.join().match(/^(ALLOW|SANITIZE),DENY$/) && one.keys[0] === "body_contains_any",
    ),
  );
  const paths = await replay(gateway, ours(rule("paths", { match: { tools: ["custom_proxy"], url_patterns: ["*/b"] } })));
  assert.deepEqual([counts(paths), paths.undecided_keys], [[7, 2, 0, 5, 0], { url_patterns: 5 }]);
  // What a stricter rule settles is settled.
  const both = await replay(
    gateway,
    ours(rule("words", { condition: { body_contains_any: ["heron"] }, action: "REQUIRE_APPROVAL" }), rule("all", {})),
  );
  assert.deepEqual(counts(both), [7, 0, 7, 0, 0]);
  // The name of an agent that is not kept as it is says nothing.
  await gateway.scan({ method: "GET", url: "https://api.example.com/a", agent_id: "jane.doe@example.org" });
  const agents = await replay(gateway, ours(rule("agents", { match: { agent_ids: ["jane*"] } })), { limit: 1 });
  assert.deepEqual([counts(agents), agents.undecided_keys], [[1, 0, 0, 1, 0], { agent_ids: 1 }]);
});

test("with redacted bodies only what was redacted stays undecided", async (t) => {
  const gateway = await startRunning(t, { storeBodies: "redacted" });
  await traffic(gateway);
  const words = await replay(gateway, ours(rule("words", { condition: { body_contains_any: ["heron"] } })));
  assert.deepEqual([counts(words), words.undecided_keys], [[7, 5, 1, 1, 0], { body_contains_any: 1 }]);
  const money = await replay(gateway, ours(rule("money", { condition: { body_path_gt: { path: "$.amount", value: 100 } } })));
  assert.deepEqual(counts(money), [7, 5, 1, 1, 0]);
  const paths = await replay(gateway, ours(rule("paths", { match: { url_patterns: ["https://api.example.com/b"] } })));
  assert.deepEqual(counts(paths), [7, 4, 3, 0, 0]);
});

test("a rule that asks what a rule in force asks is known to match, body or not", async (t) => {
  const words = { condition: { body_contains_any: ["heron"] } };
  const gateway = await startRunning(t, {
    policy: { name: "start", rules: [rule("heron", { ...words, action: "REQUIRE_APPROVAL" })] },
  });
  assert.equal((await traffic(gateway))[1], "REQUIRE_APPROVAL");
  const told = await replay(gateway, ours(rule("birds", { ...words, description: "the same question" })));
  // What is redacted is looked at once more, and nobody has.
  assert.deepEqual([counts(told), told.undecided_keys], [[7, 5, 1, 1, 0], { redaction: 1 }]);
  assert.deepEqual(
    told.changes.map(({ from, to, rules }) => [from, to, rules[0].rule_id]),
    [["REQUIRE_APPROVAL", "DENY", "birds"]],
  );
  // Once other policies are in force, the older decisions are told from facts alone.
  await gateway.admin("POST", "/v1/policies/apply", { policy: ours(rule("none", { match: { tools: ["stripe"] } })) });
  assert.deepEqual(counts(await replay(gateway, ours(rule("birds", words)))), [7, 2, 0, 5, 0]);
});

test("approvals count as what was asked, the gateway's own refusals as nothing", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const { approval_id: id } = (await gateway.proxy(upstream.url)).json;
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  assert.equal((await gateway.proxy(upstream.url)).status, 200);
  assert.equal((await gateway.proxy("http://10.0.0.1/")).status, 403);
  // A client that uses an approval up by itself: one call, and not two.
  const digest = "ef".repeat(32);
  const stated = (await gateway.scan({ method: "POST", url: `${upstream.url}/x`, request_digest: digest })).json;
  await gateway.admin("POST", `/v1/approvals/${stated.approval_id}/approve`, {});
  assert.equal((await gateway.post(`/v1/approvals/${stated.approval_id}/consume`, { request_digest: digest })).status, 200);
  const told = await replay(gateway, ours(rule("other", { match: { hosts: ["nowhere.example"] } })));
  assert.deepEqual([counts(told), told.approvals], [[4, 3, 0, 0, 1], { before: 3, after: 3, after_at_most: 3 }]);
});

test("facts in the record hold no text of a call", async (t) => {
  const gateway = await startRunning(t);
  const canary = "zanzibar";
  const headers = { "x-http-method-override": canary, "x-note": canary };
  await gateway.scan({
    method: "POST",
    url: `https://api.example.com/${canary}?q=${canary}`,
    headers,
    body: { [canary]: canary },
  });
  const [entry] = await gateway.store.readEntries({ kind: "decision", limit: 1 });
  const { facts } = JSON.parse(entry.body);
  assert.equal(facts.gate, "ALLOW");
  assert.ok(!entry.body.includes(canary), entry.body);
});

test("a wrong candidate and wrong bounds are refused; a candidate changes nothing", async (t) => {
  const gateway = await startRunning(t, { dataDir: temporaryDirectory(t) });
  await traffic(gateway);
  const post = (body) => gateway.admin("POST", "/v1/policies/replay", body);
  assert.equal((await post({ policy: { name: "p" } })).json.error.code, "POLICY_INVALID");
  for (const more of [{ limit: 0 }, { limit: 20_001 }, { since: "yesterday" }, { unknown: 1 }])
    assert.equal((await post({ policy: ours(rule("all", {})), ...more })).status, 400);
  const later = await post({ policy: ours(rule("all", {})), since: Date.now() + 60_000 });
  assert.deepEqual(counts(later.json), [0, 0, 0, 0, 0]);
  assert.equal((await gateway.scan(CALLS[0])).json.decision, "ALLOW");
});

test("a suppression of the detector's findings leaves open what they come to", async (t) => {
  const gateway = await startRunning(t);
  await traffic(gateway);
  const [found] = (await gateway.admin("GET", "/v1/decisions?decision=SANITIZE")).json.decisions;
  const [{ rule_id: id }] = found.findings;
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const suppressions = [{ rule_id: id, host: "api.example.com", expires, reason: "a test" }];
  const candidate = { ...ours(rule("none", { match: { tools: ["stripe"] } })), suppressions };
  const told = await replay(gateway, candidate);
  assert.deepEqual([counts(told), told.undecided_keys], [[7, 6, 0, 1, 0], { suppressions: 1 }]);
  await gateway.admin("POST", "/v1/policies/apply", { policy: candidate });
  assert.equal((await traffic(gateway))[5], "ALLOW");
  // Suppressed just the same, and decided under the policies in force: known. The older ones are not.
  const more = { ...candidate, rules: [...candidate.rules, rule("read", { match: { verbs: ["READ"] } })] };
  assert.deepEqual(counts(await replay(gateway, more)), [14, 11, 2, 1, 0]);
  assert.deepEqual(counts(await replay(gateway, ours())), [14, 13, 0, 1, 0]);
});

test("numbers that JavaScript cannot tell apart are not taken for the same question", async (t) => {
  const more = (value) =>
    `{"name":"ours","rules":[{"rule_id":"r","action":"DENY","condition":{"body_path_gt":{"path":"$.amount","value":${value}}}}]}`;
  const gateway = await startRunning(t);
  const { status } = await gateway.admin("POST", "/v1/policies/apply", { policy: more("500") });
  assert.equal(status, 200);
  await gateway.scan(CALLS[6]);
  const same = await replay(gateway, more("500").replace("DENY", "REQUIRE_APPROVAL"));
  assert.equal(same.undecided, 0);
  const other = await replay(gateway, more("500.00000000000000000001"));
  assert.equal(other.undecided, 1);
});
