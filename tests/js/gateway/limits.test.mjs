import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createGateway } from "../../../dist/gateway/index.js";
import { HOLD_LOOPBACK, manualClock, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const CALL = { method: "POST", url: "https://api.example.com/v1/notes", body: { note: "hello" } };
const held = (n, agent = "a") => ({ ...CALL, url: "http://127.0.0.1/notes", body: { n }, agent_id: agent });
const DEFAULTS = { rateLimit: undefined, promptLimit: undefined };

async function limited(t, options = {}) {
  const clock = manualClock(Date.UTC(2026, 0, 31, 23, 0, 0));
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, ...DEFAULTS, ...options });
  const usage = async () => (await gateway.admin("GET", "/v1/usage")).json;
  const pending = async () => (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
  return { clock, gateway, usage, pending };
}

test("sixty scans a minute, then 429 with the time to wait", async (t) => {
  const { clock, gateway } = await limited(t);
  for (let index = 0; index < 60; index++) {
    if (index === 30) clock.advance(20_000);
    assert.equal((await gateway.scan(CALL)).status, 200, String(index));
  }
  const refused = await gateway.scan(CALL);
  assert.deepEqual([refused.status, refused.json.error.code], [429, "RATE_LIMITED"]);
  assert.equal(refused.headers["retry-after"], "40");
  clock.advance(39_999);
  assert.equal((await gateway.scan(CALL)).status, 429);
  clock.advance(1);
  const next = await Promise.all(Array.from({ length: 40 }, () => gateway.scan(CALL)));
  assert.equal(next.filter((answer) => answer.status === 200).length, 30, "half of the minute is free");
  assert.equal((await gateway.admin("GET", "/v1/decisions?limit=1000")).json.decisions.length, 90);
});

test("the limit is for all keys together, and not for those without one", async (t) => {
  const upstream = await startUpstream(t);
  const { gateway } = await limited(t, { rateLimit: 3, policy: { name: "p", rules: [] }, allowPrivate: [upstream.host] });
  const make = async () => (await gateway.admin("POST", "/v1/keys", {})).json.key;
  const keys = [await make(), await make()];
  for (let index = 0; index < 10; index++) assert.equal((await gateway.scan(CALL)).status, 401);
  const answers = await Promise.all([0, 1, 0, 1, 0, 1].map((index) => gateway.scan(CALL, keys[index])));
  assert.equal(answers.filter((answer) => answer.status === 200).length, 3);
  const refused = gateway.log.filter((entry) => entry.status === 429);
  assert.equal(refused.length, 3);
  assert.ok(
    refused.every((entry) => /^[0-9a-f-]{36}$/.test(entry.agentId)),
    "the log says who asks too much",
  );
  const { trace_id } = answers.find((answer, index) => answer.status === 200 && index % 2 === 0).json;
  const tell = () => gateway.post("/v1/scan/response", { trace_id, response_body: "x" }, keys[0]);
  const told = await Promise.all([tell(), tell(), tell(), tell()]);
  assert.equal(told.filter((answer) => answer.status === 429).length, 1, "responses have a limit of their own");
  const headers = { "x-interven-key": keys[0] };
  assert.equal((await gateway.proxy(`${upstream.url}/x`, { headers })).status, 200, "the proxy has no such limit");
});

test("a clock that is set back neither locks anybody out nor lifts a limit", async (t) => {
  const { clock, gateway } = await limited(t, { rateLimit: 2 });
  for (const status of [200, 200, 429]) assert.equal((await gateway.scan(CALL)).status, status);
  clock.advance(-3_600_000);
  for (const status of [200, 200, 429]) assert.equal((await gateway.scan(CALL)).status, status);
  const other = await limited(t, { promptLimit: 2 });
  other.clock.advance(-3_600_000);
  const decisions = [];
  for (const n of [1, 2, 3]) {
    decisions.push((await other.gateway.scan(held(n))).json.decision);
    other.clock.advance(10);
  }
  assert.deepEqual(decisions, ["REQUIRE_APPROVAL", "REQUIRE_APPROVAL", "DENY"]);
});

test("a thousand requests at once make ten prompts, and the rest is denied with a time to wait", async (t) => {
  const { clock, gateway, pending } = await limited(t, { rateLimit: 10_000 });
  const answers = [];
  for (let from = 0; from < 1000; from += 50)
    answers.push(...(await Promise.all(Array.from({ length: 50 }, (_, index) => gateway.scan(held(from + index))))));
  const of = (decision) => answers.filter((answer) => answer.json.decision === decision);
  assert.deepEqual([of("REQUIRE_APPROVAL").length, of("DENY").length], [10, 990]);
  assert.equal((await pending()).length, 10);
  for (const { headers, json } of of("DENY")) {
    assert.ok(json.reason_codes.includes("APPROVAL_RATE_LIMITED"));
    assert.equal(headers["retry-after"], "60");
    assert.equal(json.retry_guidance.retry_after_seconds, 60);
    assert.equal(json.approval_id, undefined);
  }
  assert.equal((await gateway.scan(held(0))).json.decision, "REQUIRE_APPROVAL", "the same call joins its approval");
  assert.equal((await gateway.scan(held(0, "b"))).json.decision, "REQUIRE_APPROVAL", "another agent has its own ten");
  const [first] = (await pending()).filter((one) => one.agent_id === "a");
  await gateway.admin("POST", `/v1/approvals/${first.approval_id}/deny`, {});
  assert.equal((await gateway.scan(held("after"))).json.decision, "REQUIRE_APPROVAL", "whoever decides has time for another");
  assert.equal((await gateway.scan(held("more"))).json.decision, "DENY");
  clock.advance(60_000);
  assert.equal((await gateway.scan(held("more"))).json.decision, "REQUIRE_APPROVAL");
});

test("prompts of proxied calls are limited too; those of a gateway that was there before do not count", async (t) => {
  const upstream = await startUpstream(t);
  const options = { dataDir: temporaryDirectory(t), allowPrivate: [upstream.host], promptLimit: 2 };
  const { clock, gateway } = await limited(t, options);
  const send = (to, n) => to.proxy(`${upstream.url}/x`, { body: String(n), headers: { "x-interven-agent-id": "a" } });
  for (const n of [1, 2]) assert.equal((await send(gateway, n)).status, 202);
  const denied = await send(gateway, 3);
  assert.deepEqual([denied.status, denied.headers["retry-after"]], [403, "60"]);
  assert.ok(denied.headers["x-interven-reasons"].includes("APPROVAL_RATE_LIMITED"));
  await gateway.close();
  clock.advance(1);
  const next = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, ...options });
  const answers = [];
  for (const n of [3, 4, 5]) answers.push((await send(next, n)).status);
  assert.deepEqual(answers, [202, 202, 403]);
  assert.equal(upstream.received.length, 0);
});

test("a call that is denied for want of a prompt is in the record", async (t) => {
  const { gateway } = await limited(t, { promptLimit: 1 });
  const digest = createHash("sha256").update("x").digest("hex");
  await gateway.scan(held(1));
  const { trace_id } = (await gateway.scan({ ...held(2), request_digest: digest })).json;
  const [last] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([last.trace_id, last.decision, last.action], [trace_id, "DENY", "refuse"]);
});

test("usage counts the month, the last day and the last minute, across restarts", async (t) => {
  const dataDir = temporaryDirectory(t);
  const { clock, gateway, usage } = await limited(t, { dataDir, rateLimit: 2 });
  const period = { period_start: "2026-01-01T00:00:00.000Z", period_end: "2026-02-01T00:00:00.000Z", scans_limit: null };
  assert.deepEqual(await usage(), { ...period, scans_used: 0, rate_limit_hits_24h: 0, current_rate_per_min: 0 });
  for (let index = 0; index < 5; index++) await gateway.scan(CALL);
  assert.deepEqual(await usage(), { ...period, scans_used: 2, rate_limit_hits_24h: 3, current_rate_per_min: 2 });
  await gateway.scan(CALL);
  await gateway.close();

  const next = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, dataDir });
  const later = async () => (await next.admin("GET", "/v1/usage")).json;
  assert.deepEqual(await later(), { ...period, scans_used: 2, rate_limit_hits_24h: 4, current_rate_per_min: 0 });
  clock.advance(2 * 3_600_000);
  await next.scan(CALL);
  const february = { period_start: "2026-02-01T00:00:00.000Z", period_end: "2026-03-01T00:00:00.000Z", scans_limit: null };
  assert.deepEqual(await later(), { ...february, scans_used: 1, rate_limit_hits_24h: 4, current_rate_per_min: 1 });
  clock.advance(24 * 3_600_000);
  assert.equal((await later()).rate_limit_hits_24h, 0);
});

test("limits out of range are refused at the start", async (t) => {
  const { gateway } = await limited(t);
  const own = {
    store: gateway.store,
    adminHash: "0".repeat(64),
    engine: {},
    self: () => ({}),
    consoleFile: async () => undefined,
  };
  for (const wrong of [{ rateLimit: 0 }, { rateLimit: 1_000_001 }, { promptLimit: 0 }, { promptLimit: Number.NaN }])
    assert.throws(() => createGateway({ ...own, ...wrong }), RangeError);
});
