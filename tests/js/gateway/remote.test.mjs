import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { Engine } from "../../../dist/engine.js";
import { RemoteGateway } from "../../../dist/gateway/index.js";
import { IntervenClient } from "../../../dist/index.js";
import { fakeAwsKey, fakeSsn, freePort, HOLD_LOOPBACK, manualClock, startRunning, startUpstream } from "./running.mjs";

const containing = (word, action) => ({
  name: `p-${action.toLowerCase()}`,
  rules: [{ rule_id: "r", match: { methods: ["POST"] }, condition: { body_contains_any: [word] }, action }],
});

/** A gateway that asks another one; both are real. `asked` are the bodies that the other one got. */
async function withRemote(t, { far = {}, near = {}, remote = {} } = {}) {
  const upstream = await startUpstream(t);
  const other = await startRunning(t, far);
  const asked = [];
  const engine = new Engine({ allowPrivate: ["127.0.0.1"], ...(near.policy ? { policy: JSON.stringify(near.policy) } : {}) });
  const spy = (url, init) => {
    asked.push({ url: String(url), body: init?.body ?? "", headers: init?.headers });
    return fetch(url, init);
  };
  const link = new RemoteGateway({ gatewayUrl: other.base, fetch: spy, maxRetries: 0, ...remote });
  const { policy: _, ...options } = near;
  const gateway = await startRunning(t, { engine, remote: link, allowPrivate: [upstream.host], ...options });
  const send = (body, headers = {}) => gateway.proxy(`${upstream.url}/x`, { body, headers });
  return { upstream, other, gateway, asked, send, engine };
}

test("the stricter of both decisions holds, whichever gateway makes it", async (t) => {
  const { upstream, other, gateway, send } = await withRemote(t, {
    far: { policy: containing("far", "DENY") },
    near: { policy: containing("near", "DENY") },
  });
  assert.equal((await send("hello")).status, 200);
  const far = await send("far away");
  assert.equal(far.status, 403);
  assert.ok(far.json.reason_codes.includes("REMOTE_DECISION"));
  assert.equal((await send("near by")).status, 403);
  assert.equal(upstream.received.length, 1);
  const scan = (body) => gateway.scan({ method: "POST", url: "https://api.example.com/", body });
  assert.deepEqual(
    [(await scan("hello")).json.decision, (await scan("far")).json.decision, (await scan("near")).json.decision],
    [...["ALLOW", "DENY", "DENY"]],
  );
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.filter(({ decision }) => decision === "DENY").length, 4);
  assert.ok((await other.admin("GET", "/v1/decisions")).json.decisions.length > 0);
});

test("no secret and no personal data is shown to the other gateway", async (t) => {
  const { asked, send, upstream, gateway } = await withRemote(t);
  const [key, ssn] = [fakeAwsKey(), fakeSsn()];
  const denied = await send(`key ${key}`);
  assert.equal(denied.status, 403);
  const sanitised = await send(`social security number ${ssn}`, { authorization: "Bearer opaque-value-of-a-key" });
  assert.equal(sanitised.status, 200);
  assert.ok(!upstream.received[0].body.includes(ssn));
  assert.equal(upstream.received[0].headers.authorization, "Bearer opaque-value-of-a-key");
  await gateway.scan({ method: "POST", url: "https://api.example.com/", body: { ssn, key } });
  assert.ok(asked.length > 0);
  for (const word of [key, ssn, "opaque-value"]) assert.ok(!JSON.stringify(asked).includes(word), "leaked");
});

test("a call that is held there goes once after a person has approved it there", async (t) => {
  const clock = manualClock(Date.now());
  const { upstream, other, gateway, send } = await withRemote(t, { far: { policy: HOLD_LOOPBACK, now: clock.now } });
  const held = await send("hello");
  assert.equal(held.status, 202);
  assert.ok(held.json.approval_url.startsWith(`${other.base}/#approval=`));
  assert.equal((await send("hello")).json.approval_id, held.json.approval_id);
  assert.deepEqual((await gateway.admin("GET", "/v1/approvals")).json.approvals, [], "nobody here can decide it");
  assert.equal((await other.admin("POST", `/v1/approvals/${held.json.approval_id}/approve`, {})).status, 200);
  assert.equal((await send("another")).status, 202);
  assert.equal((await send("hello")).status, 202, "polled twice within two seconds");
  clock.advance(2000);
  const sent = await send("hello");
  assert.equal(sent.status, 200);
  assert.match(sent.headers["x-interven-reasons"], /RECENT_APPROVAL_GRANT/);
  assert.equal((await send("hello")).status, 202);
  assert.deepEqual(
    upstream.received.map(({ body }) => body),
    ["hello"],
  );
  const both = await Promise.all([1, 2, 3, 4].map(() => send("at once")));
  await other.admin("POST", `/v1/approvals/${both[0].json.approval_id}/approve`, {});
  clock.advance(2000);
  const after = await Promise.all([1, 2, 3, 4].map(() => send("at once")));
  assert.equal(after.filter(({ status }) => status === 200).length, 1);
});

test("a person's denial there is one here", async (t) => {
  const { upstream, other, send } = await withRemote(t, { far: { policy: HOLD_LOOPBACK } });
  const held = await send("hello");
  await other.admin("POST", `/v1/approvals/${held.json.approval_id}/deny`, {});
  assert.equal((await send("hello")).status, 403);
  assert.equal(upstream.received.length, 0);
});

test("what needs a person here is decided there too, and by nobody where it cannot be asked", async (t) => {
  const { other, send, upstream } = await withRemote(t, { near: { policy: HOLD_LOOPBACK }, remote: { failMode: "open" } });
  const held = await send("hello");
  assert.equal(held.status, 202);
  await other.admin("POST", `/v1/approvals/${held.json.approval_id}/approve`, {});
  assert.equal((await send("hello")).status, 200);
  await other.close();
  assert.equal((await send("hello")).status, 403);
  assert.equal(upstream.received.length, 1);
});

test("when the other gateway cannot be asked, nothing goes; with `open`, what is allowed here", async (t) => {
  for (const failMode of ["closed", "open"]) {
    const { other, send, upstream } = await withRemote(t, { near: { policy: containing("near", "DENY") }, remote: { failMode } });
    await other.close();
    const answer = await send("hello");
    assert.equal(answer.status, failMode === "open" ? 200 : 403);
    assert.match(answer.headers["x-interven-reasons"], /GATEWAY_UNREACHABLE/);
    assert.equal((await send("near")).status, 403);
    assert.equal((await send(fakeAwsKey())).status, 403);
    assert.equal(upstream.received.length, failMode === "open" ? 1 : 0);
  }
});

test("answers that are none refuse the call, with `open` too", async (t) => {
  const answers = [
    [200, "no json"],
    [200, "{}"],
    [200, '{"decision":"MAYBE"}'],
    [200, '{"decision":"ALLOW","decision":"DENY"}'],
    [401, "{}"],
    [403, "{}"],
    [302, "{}"],
  ];
  for (const [status, text] of answers) {
    const server = createServer((_incoming, response) => {
      response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {});
      response.end(text);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.on("listening", resolve));
    t.after(() => server.close());
    const gatewayUrl = `http://127.0.0.1:${server.address().port}`;
    const { send, upstream } = await withRemote(t, { remote: { gatewayUrl, failMode: "open" } });
    assert.equal((await send("hello")).status, 403, `${status} ${text}`);
    assert.equal(upstream.received.length, 0);
    server.closeAllConnections();
  }
});

test("clients that wait poll and use an approval of the other gateway here", async (t) => {
  const { upstream, other, gateway } = await withRemote(t, { far: { policy: HOLD_LOOPBACK } });
  const approving = async ({ approvalId }) => {
    assert.equal((await gateway.call("GET", `/v1/approvals/${approvalId}/status`)).json.status, "pending");
    await other.admin("POST", `/v1/approvals/${approvalId}/approve`, {});
  };
  const client = new IntervenClient({
    gatewayUrl: gateway.base,
    pollIntervalMs: 2500,
    allowPrivate: ["127.0.0.1"],
    onPending: approving,
  });
  const answer = await client.fetch(`${upstream.url}/y`, { method: "POST", body: "from a client" });
  assert.equal(answer.status, 200);
  assert.equal(upstream.received.length, 1);
  const consumed = (await gateway.admin("GET", "/v1/decisions")).json.decisions.filter(({ source }) => source === "consume");
  assert.equal(consumed.length, 1);
});

test("an approval of the other gateway is nobody else's, and for nothing else", async (t) => {
  const { gateway, other } = await withRemote(t, { far: { policy: HOLD_LOOPBACK } });
  const [a, b] = await Promise.all(
    ["a", "b"].map(async (agent_id) => (await gateway.admin("POST", "/v1/keys", { agent_id })).json.key),
  );
  const digest = "a".repeat(64);
  const held = await gateway.scan({ method: "POST", url: "http://127.0.0.1:1/", body: "x", request_digest: digest }, a);
  const id = held.json.approval_id;
  await other.admin("POST", `/v1/approvals/${id}/approve`, {});
  const consume = (key, request_digest) => gateway.post(`/v1/approvals/${id}/consume`, { request_digest }, key);
  assert.equal((await consume(b, digest)).status, 404);
  assert.equal((await consume(a, "b".repeat(64))).status, 409);
  assert.equal((await gateway.call("POST", `/v1/approvals/${id}/consume`)).status, 401);
  const status = await gateway.call("GET", `/v1/approvals/${id}/status`, { headers: { authorization: `Bearer ${b}` } });
  assert.equal(status.status, 404);
  await gateway.admin("POST", "/v1/agents/a/stop", {});
  assert.equal((await consume(a, digest)).status, 403);
  await gateway.admin("POST", "/v1/agents/a/start", {});
  const uses = await Promise.all([1, 2, 3].map(() => consume(a, digest)));
  assert.equal(uses.filter(({ status }) => status === 200).length, 1);
});

test("a gateway does not ask itself, nor in a circle", async (t) => {
  const port = await freePort();
  const engine = new Engine();
  for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
    const remote = new RemoteGateway({ gatewayUrl: `http://${name}:${port}` });
    await assert.rejects(startRunning(t, { port, engine, remote }), { name: "ConfigurationError" });
  }
  for (const gatewayUrl of ["http://gateway.example", "http://10.0.0.1", "ftp://x", "https://u:p@gateway.example"])
    assert.throws(() => new RemoteGateway({ gatewayUrl }), { name: "ConfigurationError" });
  assert.throws(() => new RemoteGateway({}), { name: "ConfigurationError" });
  const [one, two] = [await freePort(), await freePort()];
  const link = (to, failMode) => new RemoteGateway({ gatewayUrl: `http://127.0.0.1:${to}`, failMode, maxRetries: 0 });
  const first = await startRunning(t, { port: one, engine, remote: link(two, "open") });
  const second = await startRunning(t, { port: two, engine, remote: link(one, "open") });
  const answer = await first.scan({ method: "GET", url: "https://api.example.com/" });
  assert.equal(answer.json.decision, "DENY");
  assert.ok(second.log.length < 5 && first.log.length < 5);
});

test("in monitor mode nobody is asked about a call that goes anyway", async (t) => {
  const { asked, send, upstream } = await withRemote(t, { far: { policy: HOLD_LOOPBACK }, near: { mode: "monitor" } });
  assert.equal((await send("hello")).status, 200);
  assert.equal(upstream.received.length, 1);
  assert.deepEqual(asked, []);
});
