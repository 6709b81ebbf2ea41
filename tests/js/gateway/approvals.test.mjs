import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeSsn, HOLD_LOOPBACK, manualClock, startRunning, startUpstream, temporaryDirectory } from "./running.mjs";

const MINUTE = 60_000;

async function held(t, options = {}) {
  const upstream = await startUpstream(t);
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now, ...options });
  const send = (text = "hello", agent = "agent-1") =>
    gateway.proxy(`${upstream.url}/notes`, {
      headers: { "content-type": "application/json", "x-interven-agent-id": agent, authorization: "Bearer of-this-service" },
      body: JSON.stringify({ note: text }),
    });
  const decide = (id, verb, value = {}) => gateway.admin("POST", `/v1/approvals/${id}/${verb}`, value);
  return { upstream, clock, gateway, send, decide };
}

test("held, approved, sent exactly once", async (t) => {
  const { upstream, gateway, send, decide } = await held(t);
  const first = await send(`ssn ${fakeSsn()}`);
  assert.equal(first.status, 202);
  assert.equal(first.headers["x-interven-decision"], "REQUIRE_APPROVAL");
  const { approval_id: id, approval_url: url } = first.json;
  assert.ok(url.includes(id));
  assert.equal((await send(`ssn ${fakeSsn()}`)).json.approval_id, id, "the same call joins the same approval");
  assert.equal(upstream.received.length, 0);

  const { approvals } = (await gateway.admin("GET", "/v1/approvals?status=pending")).json;
  assert.deepEqual(
    approvals.map((one) => one.approval_id),
    [id],
  );
  const { preview } = approvals[0];
  assert.equal(preview.method, "POST");
  assert.equal(preview.url, `${upstream.url}/notes`);
  assert.ok(!preview.body.includes(fakeSsn()));
  assert.ok(!JSON.stringify(approvals).includes("of-this-service"), "a credential is not shown");

  const approved = await decide(id, "approve", { note: "looks right" });
  assert.deepEqual([approved.json.status, approved.json.note], ["approved", "looks right"]);
  const sent = await send(`ssn ${fakeSsn()}`);
  assert.equal(sent.status, 200);
  assert.ok(sent.headers["x-interven-reasons"].includes("RECENT_APPROVAL_GRANT"));
  assert.equal(upstream.received.length, 1);
  assert.equal(upstream.received[0].body, preview.body, "what was shown is what was sent");
  const after = await send(`ssn ${fakeSsn()}`);
  assert.equal(after.status, 202);
  assert.notEqual(after.json.approval_id, id);
  assert.equal(upstream.received.length, 1);
});

test("fifty at once use one approval once", async (t) => {
  const { upstream, send, decide } = await held(t);
  await decide((await send()).json.approval_id, "approve");
  const answers = await Promise.all(Array.from({ length: 50 }, () => send()));
  assert.equal(answers.filter((one) => one.status === 200).length, 1);
  assert.equal(answers.filter((one) => one.status === 202).length, 49);
  assert.equal(upstream.received.length, 1);
});

test("an approval is for one call of one agent", async (t) => {
  const { upstream, send, decide } = await held(t);
  await decide((await send("hello")).json.approval_id, "approve");
  assert.equal((await send("hello!")).status, 202);
  assert.equal((await send("hello", "agent-2")).status, 202);
  assert.equal(upstream.received.length, 0);
  assert.equal((await send("hello")).status, 200);
});

test("denied stays denied for ten minutes, for the same agent", async (t) => {
  const { upstream, clock, gateway, send, decide } = await held(t);
  await decide((await send()).json.approval_id, "deny", { note: "no" });
  const denied = await send();
  assert.equal(denied.status, 403);
  assert.ok(denied.json.reason_codes.includes("RECENT_DENIAL"));
  assert.equal((await send("hello", "agent-2")).status, 202);
  clock.advance(10 * MINUTE - 1);
  assert.equal((await send()).status, 403);
  clock.advance(1);
  assert.equal((await send()).status, 202);
  assert.equal(upstream.received.length, 0);
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=denied")).json.approvals.length, 1);
});

test("undecided approvals expire after an hour, unused grants after ten minutes", async (t) => {
  const { clock, gateway, send, decide } = await held(t);
  const first = (await send()).json.approval_id;
  clock.advance(60 * MINUTE - 1);
  assert.equal((await send()).json.approval_id, first);
  clock.advance(1);
  assert.equal((await gateway.call("GET", `/v1/approvals/${first}/status`)).json.status, "expired");
  assert.equal((await decide(first, "approve")).json.error.code, "APPROVAL_NOT_PENDING");
  const second = (await send()).json.approval_id;
  assert.notEqual(second, first);
  await decide(second, "approve");
  clock.advance(10 * MINUTE);
  assert.equal((await send()).status, 202);
  assert.equal((await gateway.call("GET", `/v1/approvals/${second}/status`)).json.status, "expired");
});

test("the first decision stands", async (t) => {
  const { send, decide } = await held(t);
  const { approval_id: id } = (await send()).json;
  const answers = await Promise.all(["deny", "approve", "approve", "deny"].map((verb) => decide(id, verb)));
  assert.equal(answers.filter((one) => one.status === 200).length, 1);
  assert.equal(answers.filter((one) => one.status === 409).length, 3);
  for (const [body, status] of [
    [{ note: 7 }, 400],
    [{ note: "x".repeat(1001) }, 400],
  ])
    assert.equal((await decide(id, "approve", body)).status, status);
});

test("approvals, grants, denials and the record outlive the gateway", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await held(t, { dataDir });
  const ids = {};
  for (const name of ["approved", "denied", "pending"]) ids[name] = (await first.send(name)).json.approval_id;
  await first.decide(ids.approved, "approve");
  await first.decide(ids.denied, "deny");
  await first.gateway.close();

  const second = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [first.upstream.host],
    now: first.clock.now,
    dataDir,
  });
  const send = (text) =>
    second.proxy(`${first.upstream.url}/notes`, {
      headers: { "content-type": "application/json", "x-interven-agent-id": "agent-1", authorization: "Bearer of-this-service" },
      body: JSON.stringify({ note: text }),
    });
  assert.equal((await send("approved")).status, 200);
  assert.equal((await send("approved")).status, 202);
  assert.equal((await send("denied")).status, 403);
  assert.equal((await send("pending")).json.approval_id, ids.pending);
  assert.equal((await second.admin("GET", "/v1/decisions")).json.decisions.length, 7);
});

test("live events tell of decisions and approvals", async (t) => {
  const { gateway, send, decide } = await held(t);
  const events = [];
  const abort = new AbortController();
  t.after(() => abort.abort());
  const response = await fetch(`${gateway.base}/v1/events`, {
    headers: { authorization: `Bearer ${"admin-"}${"x".repeat(20)}` },
    signal: abort.signal,
  });
  assert.match(response.headers.get("content-type"), /^text\/event-stream/);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (count) => {
    let text = "";
    while (events.length < count) {
      text += (await reader.read()).value;
      const blocks = text.split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const match = /^event: (.*)\ndata: (.*)$/.exec(block);
        if (match) events.push([match[1], JSON.parse(match[2])]);
      }
    }
  };
  const { approval_id: id } = (await send()).json;
  await until(2);
  await decide(id, "approve");
  await until(3);
  await send();
  await until(5);
  assert.deepEqual(
    events.map(([type, data]) => `${type} ${data.decision ?? data.status} ${data.status ?? data.action}`),
    [
      "decision REQUIRE_APPROVAL hold",
      "approval pending pending",
      "approval ALLOW approved",
      "approval ALLOW executed",
      "decision ALLOW forward",
    ],
  );
});
