import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, fakeAwsKey, HOLD_LOOPBACK, manualClock, startRunning } from "./running.mjs";

const HOUR = 3_600_000;
const TEN_MINUTES = 600_000;
const CALL = { method: "POST", url: "https://api.example.com/v1/notes", body: { note: "hello" }, agent_id: "a" };
const HELD = { ...CALL, url: "http://127.0.0.1/notes" };

async function watched(t, options = {}) {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, ...options });
  const statistics = async (query = "") => (await gateway.admin("GET", `/v1/statistics${query}`)).json;
  return { clock, gateway, statistics };
}

test("nothing is counted where nothing was decided", async (t) => {
  const { clock, statistics } = await watched(t);
  const told = await statistics();
  assert.equal(told.until, new Date(clock.time + 1).toISOString());
  assert.equal(Date.parse(told.until) - Date.parse(told.since), 24 * HOUR);
  assert.deepEqual(told.decisions, { ALLOW: 0, SANITIZE: 0, REQUIRE_APPROVAL: 0, DENY: 0 });
  assert.ok(
    told.buckets.length >= 48 && told.buckets.every(({ at, ...counts }) => Object.values(counts).every((count) => count === 0)),
  );
  assert.deepEqual(told.reasons, []);
  assert.equal(told.approvals.decided, 0);
  assert.equal(told.approvals.median_seconds, null);
  assert.equal(told.truncated, false);
});

test("decisions are counted in the step that they were made in, from since on and before until", async (t) => {
  const { clock, gateway, statistics } = await watched(t);
  const since = clock.time;
  await gateway.scan(CALL);
  clock.advance(HOUR - 1);
  await gateway.scan({ ...CALL, body: { note: fakeAwsKey() } });
  clock.advance(1);
  await gateway.scan(HELD);
  await gateway.scan(CALL);
  clock.advance(HOUR);
  await gateway.scan(CALL);
  const told = await statistics(`?since=${since}&until=${clock.time}&bucket=3600`);
  const none = { ALLOW: 0, SANITIZE: 0, REQUIRE_APPROVAL: 0, DENY: 0 };
  assert.deepEqual(told.buckets, [
    { at: new Date(since).toISOString(), ...none, ALLOW: 1, DENY: 1 },
    { at: new Date(since + HOUR).toISOString(), ...none, ALLOW: 1, REQUIRE_APPROVAL: 1 },
  ]);
  assert.deepEqual(told.decisions, { ...none, ALLOW: 2, REQUIRE_APPROVAL: 1, DENY: 1 });
  assert.deepEqual((await statistics(`?since=${since}&bucket=3600`)).decisions.ALLOW, 3);
  assert.deepEqual((await statistics(`?since=${since + 1}&until=${clock.time}&bucket=3600`)).decisions.ALLOW, 1);
});

test("an entry counts wherever it stands in the record: calls are stamped before they are written", async (t) => {
  const { clock, gateway, statistics } = await watched(t);
  await gateway.scan(CALL);
  const [{ seq: _seq, ...one }] = await gateway.store.listDecisions({ limit: 1 });
  const counted = async () => (await statistics()).decisions.ALLOW;
  for (const [index, later] of [5, 2, -3, 1].entries()) {
    await gateway.store.recordDecision({ ...one, traceId: crypto.randomUUID(), at: one.at + later });
    clock.advance(10);
    assert.equal(await counted(), 2 + index);
  }
  const since = one.at + 1;
  const told = await statistics(`?since=${since}&until=${one.at + 3}&bucket=1`);
  assert.deepEqual([told.decisions.ALLOW, told.truncated], [2, false]);
});

test("reasons are those of what was not simply allowed, most frequent first", async (t) => {
  const { gateway, statistics } = await watched(t);
  await gateway.scan(CALL);
  for (let index = 0; index < 3; index++) await gateway.scan({ ...CALL, body: { note: fakeAwsKey() } });
  await gateway.scan(HELD);
  const { reasons } = await statistics();
  assert.deepEqual(reasons[0], { code: "SECRET_DETECTED", count: 3 });
  assert.ok(reasons.some(({ code, count }) => code === "NEW_DESTINATION" && count >= 1));
  assert.deepEqual(
    reasons,
    reasons.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  );
});

test("how long people took, by what they decided themselves", async (t) => {
  const { clock, gateway, statistics } = await watched(t);
  const waits = [5, 15, 16, 200, 4000];
  for (const [index, seconds] of waits.entries()) {
    const { approval_id: id } = (await gateway.scan({ ...HELD, body: { index } })).json;
    clock.advance(Math.min(seconds, 3000) * 1000);
    await gateway.admin("POST", `/v1/approvals/${id}/${index % 2 === 0 ? "approve" : "deny"}`, {});
  }
  const { approvals } = await statistics();
  assert.equal(approvals.decided, 5);
  assert.equal(approvals.median_seconds, 16);
  assert.equal(approvals.p95_seconds, 3000);
  assert.deepEqual(
    approvals.waited.map(({ up_to_seconds: bound, count }) => [bound, count]),
    [
      [15, 2],
      [60, 1],
      [300, 1],
      [900, 0],
      [3600, 1],
      [null, 0],
    ],
  );
});

test("wrong times and steps are refused, and so is everybody else", async (t) => {
  const { gateway } = await watched(t);
  for (const query of [
    "?since=2026-02-01&until=2026-01-01",
    "?bucket=0",
    "?bucket=1",
    "?bucket=x",
    "?sinse=1",
    "?since=tomorrow",
  ]) {
    const answer = await gateway.admin("GET", `/v1/statistics${query}`);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.json.error.code, "INVALID_REQUEST");
  }
  for (const path of ["/v1/statistics", "/v1/settings", "/v1/audit"]) {
    assert.equal((await gateway.call("GET", path)).status, 401, path);
    const key = (await gateway.admin("POST", "/v1/keys", {})).json.key;
    assert.equal((await gateway.call("GET", path, { headers: { authorization: `Bearer ${key}` } })).status, 401, path);
  }
});

test("settings say how the gateway was started, and hold no secret", async (t) => {
  const { clock, gateway } = await watched(t, {
    mode: "monitor",
    retainMs: 30 * 24 * HOUR,
    storeBodies: "redacted",
    publicHosts: ["gateway.example"],
    allowPrivate: ["127.0.0.1:1"],
    toolUrls: { jira: "https://jira.example/with/a/path" },
    upstreamTimeoutMs: 1000,
    lifetimes: { grantMs: 5000 },
  });
  const answer = await gateway.admin("GET", "/v1/settings");
  const { started_at: started, version, policy_version: policy, limits, ...told } = answer.json;
  assert.equal(started, new Date(clock.time).toISOString());
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(policy, (await gateway.call("GET", "/health")).json.policy_version);
  assert.deepEqual(limits, {
    max_body_bytes: 1_048_576,
    scans_per_minute: 100_000,
    prompts_per_minute: 1000,
    upstream_timeout_ms: 1000,
  });
  assert.deepEqual(told, {
    mode: "monitor",
    lifetimes: { pending_seconds: 3600, grant_seconds: 5, denial_seconds: 600 },
    retain_days: 30,
    store_bodies: "redacted",
    keys_required: false,
    memory: true,
    vault: false,
    allow_private: ["127.0.0.1:1"],
    public_hosts: ["gateway.example"],
    public_url: null,
    legacy_hmac: false,
    tool_origins: { jira: "https://jira.example" },
  });
  for (const secret of [ADMIN, "mine", "token"]) assert.ok(!answer.text.includes(secret), secret);
  await gateway.admin("POST", "/v1/keys", {});
  assert.equal((await gateway.admin("GET", "/v1/settings")).json.keys_required, true);
});

test("entries of the record are listed newest first, filtered and in pages", async (t) => {
  const { clock, gateway } = await watched(t);
  for (let index = 0; index < 3; index++) {
    await gateway.scan({ ...HELD, body: { index } });
    clock.advance(TEN_MINUTES);
  }
  const list = async (query = "") => (await gateway.admin("GET", `/v1/audit${query}`)).json;
  const all = await list();
  assert.deepEqual(
    all.entries.map(({ seq, kind }) => [seq, kind]),
    [6, 5, 4, 3, 2, 1].map((seq) => [seq, seq % 2 === 1 ? "approval.requested" : "decision"]),
  );
  assert.equal(all.next, null);
  const [newest] = all.entries;
  assert.equal(newest.hash, (await gateway.admin("GET", "/v1/audit/head")).json.hash);
  assert.equal(newest.previous, all.entries[1].hash);
  const first = await list("?kind=decision&limit=2");
  assert.deepEqual(
    first.entries.map(({ seq }) => seq),
    [6, 4],
  );
  assert.equal(first.next, 4);
  assert.deepEqual(
    (await list(`?kind=decision&limit=2&after=${first.next}`)).entries.map(({ seq }) => seq),
    [2],
  );
  const since = clock.time - 2 * TEN_MINUTES;
  assert.deepEqual(
    (await list(`?since=${since}&until=${since + TEN_MINUTES}`)).entries.map(({ seq }) => seq),
    [4, 3],
  );
  assert.equal((await gateway.admin("GET", "/v1/audit?limit=0")).status, 400);
});
