import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeAwsKey, fakeSsn, startRunning } from "../gateway/running.mjs";
import { AGENT, startLegacy, TOKEN } from "./signing.mjs";

test("a signed call is made with the agent's credential, byte for byte, and its answer comes back", async (t) => {
  const gateway = await startLegacy(t, {
    answer: (_incoming, response) => response.writeHead(201, { "content-type": "application/json" }).end('{ "id": 17 }'),
  });
  const text = JSON.stringify(gateway.invocation({ url_path: "/repos/o/r/issues?x=1", headers: { "X-Kept": "yes" } })).replace(
    '"headers"',
    '"body":{ "title" : "hello", "n": 12345678901234567890 },"headers"',
  );
  const answer = await gateway.send(text);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers["x-interven-decision"], "ALLOW");
  assert.match(answer.text, /"upstream_response":\{"status":201,"body":\{"id":17\}\}/);
  const { decision, risk, matched_policies: policies, reason_codes: reasons } = answer.json;
  assert.deepEqual(
    [decision, typeof risk.score, typeof risk.band, Array.isArray(risk.signals)],
    ["ALLOW", "number", "string", true],
  );
  assert.deepEqual([policies, Array.isArray(reasons)], [[], true]);
  const [received] = gateway.upstream.received;
  assert.equal(received.url, "/repos/o/r/issues?x=1");
  assert.equal(received.body, '{ "title" : "hello", "n": 12345678901234567890 }');
  assert.equal(received.headers.authorization, `Bearer ${TOKEN}`);
  assert.equal(received.headers["x-kept"], "yes");
  assert.equal(received.headers["content-type"], "application/json");
  assert.ok(!Object.keys(received.headers).some((name) => name.startsWith("x-aif-")));
  const [decided] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([decided.source, decided.action, decided.agent_id], ["invoke", "forward", AGENT]);
  assert.equal(gateway.log.find(({ route }) => route === "invoke").agentId, AGENT);
});

test("what must not leave is redacted or denied", async (t) => {
  const gateway = await startLegacy(t);
  const redacted = await gateway.invoke({ body: { text: `my number is ${fakeSsn()}` } });
  assert.deepEqual([redacted.status, redacted.json.decision], [200, "SANITIZE"]);
  assert.ok(!gateway.upstream.received[0].body.includes(fakeSsn()));

  const denied = await gateway.invoke({ body: { text: fakeAwsKey() } });
  assert.deepEqual([denied.status, denied.json.decision], [403, "DENY"]);
  assert.ok(denied.json.reason_codes.length > 0);
  assert.match(denied.json.error, /Blocked by interven/);
  const ruled = await gateway.invoke({ url_path: "/denied" });
  assert.deepEqual(ruled.json.matched_policies, [{ policy_id: "hold", rule_ids: ["denied"], policy_version: null }]);
  assert.equal(gateway.upstream.received.length, 1);
});

test("addresses are checked, and the refusal is recorded", async (t) => {
  const gateway = await startLegacy(t, { tools: { metadata: "http://169.254.169.254", self: "http://127.0.0.1:9" } });
  for (const tool of ["metadata", "self"]) {
    const answer = await gateway.send(gateway.invocation({ method: "GET" }, { tool_name: tool }));
    assert.deepEqual([answer.status, answer.json.decision, "upstream_response" in answer.json], [403, "DENY", false], tool);
  }
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.deepEqual(
    decisions.map(({ source, action }) => [source, action]),
    [
      ["invoke", "refuse"],
      ["invoke", "refuse"],
    ],
  );
});

test("a path leads nowhere but to the tool", async (t) => {
  const gateway = await startLegacy(t);
  const paths = [
    ...[
      "//evil.example/x",
      "/\\evil.example",
      "\\evil.example",
      "/..",
      "/../x",
      "/a/../../b",
      "/a/./b",
      "/%2e%2e/b",
      "/a/%2E%2E",
    ],
    ...["/..%2fb", "/a%5c..%5cb", "/..;/b", "@evil.example/", ".evil.example/", ":80@evil.example/", "http://evil.example/"],
    ...["https://evil.example/", "", "x", "?x=1", "/x#y", "/a b", "/ü", "/a\tb", "/a\r\nhost: evil.example", "/\u0000", "/%zz\\"],
  ];
  for (const path of paths) {
    const answer = await gateway.invoke({ url_path: path });
    assert.equal(answer.status, 400, JSON.stringify(path));
    assert.match(answer.json.error, /'upstream_request.url_path' must be a path/);
    assert.ok(!answer.text.includes("evil"));
  }
  assert.equal(gateway.upstream.received.length, 0);
  for (const path of ["/@scope/x", "/a//b", "/a?u=http://b.example/../c", "/%C3%BC"]) {
    assert.equal((await gateway.invoke({ method: "GET", url_path: path })).status, 200, path);
    assert.equal(gateway.upstream.received.at(-1).url, path);
  }
});

test("what is wrong with a body is said by name, as a text", async (t) => {
  const gateway = await startLegacy(t);
  const valid = gateway.invocation({});
  const cases = [
    [{ tool_name: "no such tool" }, /'tool_name'/],
    [{ tool_name: "unheard" }, /--tool-url/],
    [{ upstream_request: 1 }, /'upstream_request'/],
    [{ upstream_request: { method: "GET /", url_path: "/" } }, /'upstream_request.method'/],
    [{ upstream_request: { method: "GET", url_path: "/", host: "x" } }, /'upstream_request.host' is not known/],
    [{ upstream_request: { method: "GET", url_path: "/", headers: { a: 1 } } }, /'upstream_request.headers'/],
    [
      { upstream_request: { method: "GET", url_path: "/", headers: { a: "1", A: "2" } } },
      /'upstream_request.headers' name a header/,
    ],
    [{ upstream_request: { method: "GET", url_path: "/", headers: { a: "1\r\nb: 2" } } }, /'upstream_request.headers'/],
    [{ identity_context: { credential_token: "a\nb" } }, /'identity_context.credential_token'/],
    [{ identity_context: { credential_type: 1 } }, /'identity_context.credential_type'/],
    [{ identity_context: { scopes: "repo" } }, /'identity_context.scopes'/],
    [{ identity_context: { password: "x" } }, /'identity_context.password' is not known/],
    [{ more: 1 }, /'more' is not known/],
    [{ trace_id: 1 }, /'trace_id'/],
  ];
  for (const [more, message] of cases) {
    const answer = await gateway.send({ ...valid, trace_id: crypto.randomUUID(), ...more });
    assert.equal(answer.status, 400, JSON.stringify(more));
    assert.match(answer.json.error, message);
    assert.ok(!answer.json.error.toLowerCase().includes("replay"));
  }
  for (const [text, message] of [
    ["[]", /JSON object/],
    ["{", /JSON object/],
    [JSON.stringify(valid).replace("{", '{"tool_name":"github",'), /stands twice/],
    [JSON.stringify(valid).replace('"url_path"', '"url_path":"/denied","url_\\u0070ath"'), /stands twice/],
    [JSON.stringify({ ...valid, agent_context: {} }), /'agent_context.agent_id'/],
  ]) {
    const answer = await gateway.send(text);
    assert.deepEqual([answer.status, typeof answer.json.error], [400, "string"], text);
    assert.match(answer.json.error, message);
  }
  const large = await gateway.invoke({ body: "x".repeat(256 * 1024) });
  assert.deepEqual([large.status, large.json.error_code], [413, "PAYLOAD_TOO_LARGE"]);
  const encoded = await gateway.invoke({ headers: { "content-encoding": "gzip" } });
  assert.equal(encoded.status, 415);
  assert.equal(gateway.upstream.received.length, 0);
});

test("headers of the connection and of this protocol go no further", async (t) => {
  const gateway = await startLegacy(t);
  const headers = {
    ...{
      Host: "evil.example",
      Connection: "close, x-named",
      "x-named": "1",
      "Transfer-Encoding": "chunked",
      "Content-Length": "1",
    },
    ...{
      "X-AIF-Agent-ID": "x",
      "X-Interven-Key": "x",
      "Proxy-Authorization": "x",
      authorization: "Bearer of-the-call",
      Upgrade: "h2c",
    },
  };
  assert.equal((await gateway.invoke({ headers, body: "a text" })).status, 200);
  const [received] = gateway.upstream.received;
  assert.deepEqual([received.headers.host, received.body], [gateway.upstream.host, '"a text"']);
  for (const name of ["x-named", "x-aif-agent-id", "x-interven-key", "proxy-authorization", "upgrade"])
    assert.equal(received.headers[name], undefined, name);
  // The credential of the invocation is the one that is used.
  assert.equal(received.headers.authorization, `Bearer ${TOKEN}`);
  await gateway.invoke(
    { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" },
    { identity_context: {} },
  );
  assert.equal(gateway.upstream.received[1].body, "a=b");
  assert.equal(gateway.upstream.received[1].headers.authorization, undefined);
});

test("a call that fails at the tool says that it may have been made", async (t) => {
  const gateway = await startLegacy(t, { answer: (incoming) => incoming.socket.destroy() });
  const answer = await gateway.invoke({});
  assert.equal(answer.status, 502);
  assert.deepEqual([answer.json.error_code, "upstream_response" in answer.json], ["UPSTREAM_FAILED", false]);
  const cut = await startLegacy(t, {
    answer: (_incoming, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 10);
    },
  });
  const half = await cut.invoke({});
  assert.deepEqual([half.status, half.json.decision, "upstream_response" in half.json], [502, "ALLOW", false]);
  assert.match(half.json.error, /The call was made; its answer broke off/);
});

test("under monitor mode calls are made, and the reasons told", async (t) => {
  const gateway = await startLegacy(t, { mode: "monitor" });
  const answer = await gateway.invoke({ url_path: "/denied" });
  assert.deepEqual([answer.status, answer.json.decision, answer.headers["x-interven-decision"]], [200, "ALLOW", "DENY"]);
  assert.ok(answer.json.reason_codes.includes("DESTRUCTIVE_ACTION"));
  assert.equal(gateway.upstream.received.length, 1);
});

test("without the option there are no such routes, and without a vault no such gateway", async (t) => {
  const gateway = await startRunning(t);
  const body = "{}";
  const headers = { "content-type": "application/json" };
  for (const path of ["/invoke", "/mcp", "/mcp/tools/list", `/approvals/${crypto.randomUUID()}/execute`])
    assert.equal((await gateway.call("POST", path, { headers, body })).status, 404, path);
  assert.equal((await gateway.call("GET", `/approvals/${crypto.randomUUID()}/status`)).status, 404);
  const off = await gateway.admin("POST", "/v1/agents/a/hmac-secret", {});
  assert.deepEqual([off.status, off.json.error.code], [409, "LEGACY_HMAC_OFF"]);
  await assert.rejects(startRunning(t, { legacyHmac: true }), /needs a vault/);
});
