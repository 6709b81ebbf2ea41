import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

const note = (text) => ({ headers: { "content-type": "application/json" }, body: JSON.stringify({ note: text }) });

test("an ordinary call reaches its upstream as it was written", async (t) => {
  const upstream = await startUpstream(t, (_incoming, response) => {
    response.writeHead(201, { "content-type": "text/plain", "x-upstream": "yes" });
    response.end("made");
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const answer = await gateway.proxy(`${upstream.url}/v1/notes?a=1&b=%2F`, {
    headers: {
      "content-type": "application/json",
      authorization: "Bearer of-this-service",
      "x-interven-agent-id": "agent-7",
      "x-interven-other": "1",
    },
    body: '{"n": 12345678901234567890,  "text":"hello"}',
  });
  assert.equal(answer.status, 201);
  assert.equal(answer.text, "made");
  assert.equal(answer.headers["x-upstream"], "yes");
  assert.equal(answer.headers["x-interven-decision"], "ALLOW");
  assert.match(answer.headers["x-interven-trace-id"], /^[0-9a-f-]{36}$/);
  assert.equal(answer.headers["x-interven-reasons"] !== undefined, true);
  const [received] = upstream.received;
  assert.equal(received.url, "/v1/notes?a=1&b=%2F");
  assert.equal(received.body, '{"n": 12345678901234567890,  "text":"hello"}');
  assert.equal(received.headers.authorization, "Bearer of-this-service");
  assert.equal(received.headers.host, upstream.host);
  assert.deepEqual(
    Object.keys(received.headers).filter((name) => name.startsWith("x-interven")),
    [],
  );
});

test("a secret in the body, the URL or a header is denied and nothing is sent", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const key = fakeAwsKey();
  const answers = [
    await gateway.proxy(`${upstream.url}/notes`, note(key)),
    await gateway.proxy(`${upstream.url}/notes?key=${key}`, { method: "GET" }),
    await gateway.proxy(`${upstream.url}/notes`, { method: "GET", headers: { "x-note": key } }),
    await gateway.proxy(`${upstream.url}/search`, { method: "GET", ...note(key) }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 403);
    const body = answer.json;
    assert.equal(body.decision, "DENY");
    assert.ok(body.reason_codes.length > 0);
    assert.equal(typeof body.risk_score, "number");
    assert.equal(body.trace_id, answer.headers["x-interven-trace-id"]);
    assert.equal(answer.headers["x-interven-decision"], "DENY");
    assert.ok(!answer.text.includes(key));
  }
  assert.equal(upstream.received.length, 0);
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.length, answers.length);
  assert.ok(!JSON.stringify([decisions, gateway.log]).includes(key));
});

test("personal data reaches the upstream redacted", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const answer = await gateway.proxy(`${upstream.url}/notes`, note(`ssn ${fakeSsn()}`));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["x-interven-decision"], "SANITIZE");
  const [received] = upstream.received;
  assert.ok(!received.body.includes(fakeSsn()));
  assert.equal(typeof JSON.parse(received.body).note, "string");
  assert.equal(Number(received.headers["content-length"]), Buffer.byteLength(received.body));
});

test("monitor mode sends the original and records what would have happened", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, {
    mode: "monitor",
    allowPrivate: [upstream.host],
    policy: HOLD_LOOPBACK,
    maxBodyBytes: 1000,
  });
  const key = fakeAwsKey();
  const denied = await gateway.proxy(`${upstream.url}/a`, note(key));
  assert.equal(denied.status, 200);
  assert.equal(denied.headers["x-interven-decision"], "DENY");
  assert.equal(denied.headers["x-interven-mode"], "monitor");
  const held = await gateway.proxy(`${upstream.url}/b`, note(fakeSsn()));
  assert.equal(held.status, 200);
  assert.equal(held.headers["x-interven-decision"], "REQUIRE_APPROVAL");
  assert.deepEqual(
    upstream.received.map((one) => JSON.parse(one.body).note),
    [key, fakeSsn()],
  );
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.deepEqual(
    decisions.map((one) => [one.decision, one.action, one.mode]),
    [
      ["REQUIRE_APPROVAL", "forward", "monitor"],
      ["DENY", "forward", "monitor"],
    ],
  );
  assert.equal((await gateway.admin("GET", "/v1/approvals")).json.approvals.length, 0);
  // What monitor mode never lifts.
  assert.equal((await gateway.proxy(`${upstream.url}/c`, { body: "x".repeat(1001) })).status, 413);
  assert.equal((await gateway.proxy("http://10.0.0.1/")).status, 403);
  assert.equal((await gateway.proxy(`http://localhost:${gateway.port}/v1/decisions`)).status, 403);
  assert.equal(upstream.received.length, 2);
});

test("any method goes through, with and without a body", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
    const answer = await gateway.proxy(`${upstream.url}/${method}`, { method, body: "" });
    assert.equal(answer.status, 200, method);
    assert.equal(answer.text, method === "HEAD" ? "" : "upstream says hello");
  }
  await gateway.proxy(`${upstream.url}/search`, {
    method: "GET",
    headers: { "content-type": "application/json" },
    body: '{"q":1}',
  });
  assert.equal(upstream.received.at(-1).body, '{"q":1}');
  assert.deepEqual(
    upstream.received.slice(0, 8).map((one) => one.url.slice(1)),
    upstream.received.slice(0, 8).map((one) => one.method),
  );
});

test("answers are streamed as they come", async (t) => {
  let finish;
  const upstream = await startUpstream(t, (_incoming, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: one\n\n");
    finish = () => response.end("data: two\n\n");
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const response = await fetch(`${gateway.base}/proxy/${upstream.url}/events`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "data: one\n\n");
  finish();
  assert.equal((await reader.read()).value, "data: two\n\n");
  assert.equal((await reader.read()).done, true);
});

test("bodies are refused beyond the limit before anything is sent", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host], maxBodyBytes: 1000 });
  const fits = await gateway.proxy(`${upstream.url}/`, { body: "x".repeat(1000) });
  assert.equal(fits.status, 200);
  for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
    const answer = await gateway.proxy(`${upstream.url}/`, { headers, body: "x".repeat(1001) });
    assert.equal(answer.status, 413);
    assert.equal(answer.json.error.code, "PAYLOAD_TOO_LARGE");
    assert.equal(answer.headers["x-interven-decision"], "DENY");
  }
  assert.equal(upstream.received.length, 1);
});

test("what cannot be inspected is refused", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const cases = [
    [{ "content-encoding": "gzip" }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "content-encoding": "identity, br" }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "content-encoding": ["identity", "gzip"] }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "content-encoding": ["identity", "identity"] }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "content-encoding": ["identity", ""] }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "transfer-encoding": "gzip, chunked" }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "transfer-encoding": ["gzip", "chunked"] }, 415, "UNINSPECTABLE_ENCODING"],
    [{ "transfer-encoding": "identity, chunked" }, 415, "UNINSPECTABLE_ENCODING"],
    [{ connection: "upgrade", upgrade: "websocket" }, 501, "UPGRADE_UNSUPPORTED"],
    [{ "sec-fetch-dest": "document" }, 403, "BROWSER_NAVIGATION"],
  ];
  for (const [headers, status, code] of cases) {
    const answer = await gateway.proxy(`${upstream.url}/`, { headers, body: "x" });
    assert.equal(answer.status, status, code);
    assert.deepEqual(answer.json.reason_codes.slice(0, 1), [code]);
  }
  for (const headers of [{ "content-encoding": "identity" }, { "transfer-encoding": "chunked" }])
    assert.equal((await gateway.proxy(`${upstream.url}/`, { headers, body: "x" })).status, 200);
  assert.equal(upstream.received.length, 2);
});

test("an upstream that fails is told apart from a refusal", async (t) => {
  const upstream = await startUpstream(t, (incoming, response) => {
    if (incoming.url === "/reset") incoming.socket.destroy();
    else if (incoming.url !== "/hang") response.end();
  });
  const options = { allowPrivate: [upstream.host, "127.0.0.1:1"], resolve: async () => [] };
  const gateway = await startRunning(t, options);
  const hasty = await startRunning(t, { ...options, upstreamTimeoutMs: 100 });
  const cases = [
    ["http://127.0.0.1:1/", 502, "UPSTREAM_FAILED"],
    [`${upstream.url}/reset`, 502, "UPSTREAM_FAILED"],
    [`${upstream.url}/hang`, 504, "UPSTREAM_TIMEOUT"],
    ["https://does-not-resolve.example/", 502, "UPSTREAM_UNRESOLVED"],
  ];
  for (const [url, status, code] of cases) {
    const answer = await (status === 504 ? hasty : gateway).proxy(url);
    assert.equal(answer.status, status, url);
    assert.equal(answer.json.error.code, code);
    assert.ok(answer.headers["x-interven-trace-id"]);
  }
});

test("a name is looked up for a call that is sent, and for no other", async (t) => {
  const asked = [];
  const hold = { rule_id: "hold", match: { hosts: ["held.example", "10.0.0.1"] }, action: "REQUIRE_APPROVAL" };
  const gateway = await startRunning(t, {
    policy: { name: "hold", rules: [hold] },
    resolve: async (name) => {
      asked.push(name);
      return [];
    },
  });
  assert.equal((await gateway.proxy("https://api.example.com/", note(fakeAwsKey()))).status, 403);
  assert.deepEqual(asked, []);
  assert.equal((await gateway.proxy("https://api.example.com/", note("hello"))).status, 502);
  assert.deepEqual(asked.splice(0), ["api.example.com"]);

  const held = await gateway.proxy("https://held.example/", note("hello"));
  assert.equal(held.status, 202);
  await gateway.admin("POST", `/v1/approvals/${held.json.approval_id}/deny`, {});
  assert.equal((await gateway.proxy("https://held.example/", note("hello"))).status, 403);
  const second = await gateway.proxy("https://held.example/", note("again"));
  assert.equal((await gateway.proxy("http://10.0.0.1/", note("hello"))).json.error.code, "PRIVATE_ADDRESS");
  assert.deepEqual(asked, []);
  await gateway.admin("POST", `/v1/approvals/${second.json.approval_id}/approve`, {});
  assert.equal((await gateway.proxy("https://held.example/", note("again"))).json.error.code, "UPSTREAM_UNRESOLVED");
  assert.deepEqual(asked, ["held.example"]);
});
