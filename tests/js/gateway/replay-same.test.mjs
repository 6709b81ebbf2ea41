// A replay under the very policies that decided reproduces every decision, those too that hang on what went before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeSsn, manualClock, startRunning } from "./running.mjs";

const POLICY = {
  name: "stateful",
  rules: [
    {
      rule_id: "third",
      match: { tools: ["slack"] },
      condition: { count_gt: { of: "calls", per: "tool", window: "10m", limit: 2 } },
      action: "DENY",
    },
    {
      rule_id: "new",
      match: { verbs: ["WRITE"], hosts: ["new.example.com"] },
      condition: { is_new_destination: true },
      action: "REQUIRE_APPROVAL",
    },
    { rule_id: "burst", condition: { is_volume_burst: true }, action: "DENY" },
    { rule_id: "distrusted", condition: { trust_score_lt: 0.4 }, action: "DENY" },
    { rule_id: "risky", condition: { risk_score_gt: 0.9 }, action: "DENY" },
    { rule_id: "words", condition: { body_contains_any: ["heron"] }, action: "REQUIRE_APPROVAL" },
    { rule_id: "money", condition: { body_path_gt: { path: "$.amount", value: 100 } }, action: "DENY" },
    { rule_id: "people", condition: { has_data_class: ["PII"] }, action: "SANITIZE" },
    { rule_id: "hours", condition: { time_of_day_outside: { start: "00:00", end: "23:59", tz: "UTC" } }, action: "DENY" },
  ],
};

const CALLS = [
  { method: "GET", url: "https://api.example.com/a" },
  { method: "POST", url: "https://api.example.com/b", body: { note: "the heron flies" } },
  { method: "POST", url: "https://slack.com/api/chat.postMessage", body: { channel: "c", text: "hello" } },
  { method: "POST", url: "https://api.example.com/b", body: { id: fakeSsn(), mail: "jo.doe@corp-mail.com" } },
  { method: "POST", url: "https://pay.example.com/b", body: { amount: 500 } },
  { method: "POST", url: "https://new.example.com/b", body: { amount: 5 } },
];

for (const where of ["at the start", "applied"]) {
  test(`every decision is reproduced under the same policies, ${where}`, async (t) => {
    // Not in the last minute of a day, which is outside all hours.
    const { now } = manualClock();
    const gateway = await startRunning(t, where === "applied" ? { now } : { now, policy: POLICY });
    if (where === "applied") await gateway.admin("POST", "/v1/policies/apply", { policy: POLICY });
    const decided = [];
    for (let round = 0; round < 5; round++) for (const call of CALLS) decided.push((await gateway.scan(call)).json.decision);
    assert.deepEqual([...new Set(decided)].sort(), ["ALLOW", "DENY", "REQUIRE_APPROVAL"].concat("SANITIZE").sort());
    const { json } = await gateway.admin("POST", "/v1/policies/replay", { policy: POLICY });
    const { decisions, unchanged, changed, undecided, undecided_keys: keys } = json;
    assert.deepEqual(
      { decisions, unchanged, changed, undecided, keys },
      {
        decisions: decided.length,
        unchanged: decided.length,
        changed: 0,
        undecided: 0,
        keys: {},
      },
    );
  });
}
