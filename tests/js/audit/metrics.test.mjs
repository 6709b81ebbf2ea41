import assert from "node:assert/strict";
import { test } from "node:test";
import { createGateway, hashCredential } from "../../../dist/gateway/index.js";
import { ADMIN, fakeAwsKey, HOLD_LOOPBACK, manualClock, startRunning, startUpstream } from "../gateway/running.mjs";

/** The samples of Prometheus' text format; fails on a line that is none. */
function parse(text) {
  const samples = new Map();
  const typed = new Set();
  for (const line of text.trimEnd().split("\n")) {
    if (line.startsWith("# TYPE ")) typed.add(line.split(" ")[2]);
    if (line.startsWith("#")) continue;
    const match = /^([a-z_]+)(\{(?:[a-z]+="[^"\\\n]*",?)*\})? (\S+)$/.exec(line);
    assert.ok(match, line);
    assert.ok(typed.has(match[1].replace(/_(bucket|sum|count)$/, "")) || typed.has(match[1]), line);
    assert.ok(Number.isFinite(Number(match[3])), line);
    samples.set(`${match[1]}${match[2] ?? ""}`, Number(match[3]));
  }
  return samples;
}

test("decisions, requests, approvals and the store are counted", async (t) => {
  const clock = manualClock();
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now });
  const send = (name) => gateway.proxy(`${upstream.url}/${name}`, { body: "hello" });
  await gateway.scan({ method: "POST", url: "https://api.example.com/", body: { k: fakeAwsKey() } });
  const { approval_id: id } = (await send("a")).json;
  await send("b");
  assert.equal(parse((await gateway.call("GET", "/metrics")).text).get("interven_approvals_pending"), 2);
  clock.advance(45_000);
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  await send("a");
  clock.advance(3_600_000);
  await gateway.store.expireApprovals(0);
  await send("c");
  const call = { method: "POST", url: "http://127.0.0.1/held", body: { note: "one" }, request_digest: "1".repeat(64) };
  const edited = (await gateway.scan(call)).json.approval_id;
  assert.equal((await gateway.admin("POST", `/v1/approvals/${edited}/edit`, { body: '{"note":"two"}' })).status, 200);
  const answer = await gateway.call("GET", "/metrics");
  assert.match(answer.headers["content-type"], /^text\/plain; version=0\.0\.4/);
  const samples = parse(answer.text);
  const value = (name) => samples.get(name);
  assert.equal(value('interven_decisions_total{decision="DENY",action="answer",source="scan",mode="enforce"}'), 1);
  assert.equal(value('interven_decisions_total{decision="REQUIRE_APPROVAL",action="hold",source="proxy",mode="enforce"}'), 3);
  assert.equal(value('interven_decisions_total{decision="ALLOW",action="forward",source="proxy",mode="enforce"}'), 1);
  assert.equal(value('interven_requests_total{route="proxy",status="2xx"}'), 4);
  assert.equal(value('interven_request_duration_seconds_count{route="proxy"}'), 4);
  assert.equal(value('interven_request_duration_seconds_bucket{route="proxy",le="+Inf"}'), 4);
  assert.equal(value("interven_approvals_pending"), 2);
  assert.equal([...samples.keys()].filter((name) => name.startsWith("interven_approvals_total")).length, 3);
  for (const status of ["approved", "executed", "expired"])
    assert.equal(value(`interven_approvals_total{status="${status}"}`), 1, status);
  assert.equal(value('interven_approval_decision_seconds_bucket{le="30"}'), 0);
  assert.equal(value('interven_approval_decision_seconds_bucket{le="60"}'), 1);
  assert.equal(value("interven_approval_decision_seconds_sum"), 45);
  assert.ok(value("interven_store_commits_total") >= 7);
  assert.equal(value("interven_store_failures_total"), 0);
  assert.equal(value("interven_audit_last_seq"), (await gateway.store.statistics()).lastSeq);
});

test("whatever agents send, the number of lines is bounded, and no label holds it", async (t) => {
  const gateway = await startRunning(t);
  const run = async (from, count) => {
    for (let index = from; index < from + count; index++) {
      await gateway.scan({
        method: `M${index}`,
        url: `https://host-${index}.example.com/`,
        agent_id: `agent-${index}"} 1\nforged 1`,
        body: { index },
      });
      await gateway.call("GET", `/v1/approvals/route-${index}`);
      await gateway.call("GET", `/proxyroute-${index}/http://10.0.0.1/`);
    }
    return (await gateway.call("GET", "/metrics")).text;
  };
  const first = await run(0, 10);
  const second = await run(10, 40);
  assert.equal(first.split("\n").length, second.split("\n").length);
  assert.ok(!/agent-|host-|route-|M1|forged/.test(second));
  parse(second);
});

test("metrics are for this machine, and for the administrator from elsewhere", async (t) => {
  const { store } = await startRunning(t);
  const gateway = createGateway({
    engine: { policyVersion: "0", scan: () => {} },
    store,
    adminHash: await hashCredential(ADMIN),
    self: () => ({ port: 4100, host: "127.0.0.1", addresses: ["127.0.0.1"] }),
    consoleFile: async () => undefined,
  });
  const get = async (peerAddress, headers = {}) =>
    (
      await gateway.fetch(new Request("http://localhost:4100/metrics", { headers: { host: "localhost:4100", ...headers } }), {
        peerAddress,
      })
    ).status;
  const admin = { authorization: `Bearer ${ADMIN}` };
  assert.deepEqual(
    [await get("127.0.0.1"), await get("::1"), await get("192.0.2.1"), await get(undefined)],
    [200, 200, 401, 401],
  );
  assert.deepEqual([await get("192.0.2.1", admin), await get("192.0.2.1", { authorization: "Bearer x" })], [200, 401]);
});
