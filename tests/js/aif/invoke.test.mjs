// What AifClient sends, and what it makes of answers that no well-behaved gateway gives.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import * as interven from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { gateway, http } from "./gateway.mjs";

const { AifClient, GatewayError } = interven;
const agentSecret = "unlikely secret of an agent";
const ID = "0b0c0d0e-1111-4222-8333-444455556666";
const CALL = { toolName: "github", method: "POST", urlPath: "/repos/o/r/issues", body: { title: "hello" } };
const client = (url, more) => new AifClient({ gatewayUrl: url, agentId: "agent-1", agentSecret, maxRetries: 0, ...more });
const thrown = (promise) =>
  promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );

test("the documented call, and the very bytes that are signed", async (t) => {
  const upstream_response = { status: 201, body: { number: 7 } };
  const risk = { score: 0.1, band: "MED", signals: ["new_destination"] };
  const matched_policies = [{ policy_id: "p", rule_ids: ["r"], policy_version: 3 }];
  const { url, requests } = await gateway(t, () =>
    http(200, { decision: "ALLOW", risk, matched_policies, reason_codes: ["A"], upstream_response }),
  );
  const answer = await client(url, { agentName: "Agent", runtimeType: "custom", deploymentEnv: "prod" }).invoke({
    ...CALL,
    operation: "create_issue",
    headers: { "x-mode": "1" },
    credentialType: "pat",
    credentialToken: "a token",
    scopes: ["repo"],
    traceId: "trace-1",
  });
  assert.deepEqual([answer.decision, answer.allowed, answer.blocked], ["ALLOW", true, false]);
  assert.deepEqual(
    [answer.risk, answer.upstreamResponse, answer.traceId],
    [{ ...risk, band: "MEDIUM" }, upstream_response, "trace-1"],
  );
  assert.deepEqual(answer.matchedPolicies, [{ policyId: "p", ruleIds: ["r"], policyVersion: "3" }]);
  const [{ method, path, headers, body, wire }] = requests;
  assert.deepEqual([method, path, headers["content-type"]], ["POST", "/invoke", "application/json"]);
  assert.equal(headers["x-aif-signature"], createHmac("sha256", agentSecret).update(body).digest("base64"));
  const { ts, ...said } = JSON.parse(body);
  assert.ok(Math.abs(Date.parse(ts) - Date.now()) < 60_000);
  assert.deepEqual(said, {
    tool_name: "github",
    operation: "create_issue",
    upstream_request: { method: "POST", url_path: "/repos/o/r/issues", body: { title: "hello" }, headers: { "x-mode": "1" } },
    agent_context: { agent_id: "agent-1", agent_name: "Agent", runtime_type: "custom", deployment_env: "prod" },
    identity_context: { credential_type: "pat", credential_token: "a token", scopes: ["repo"] },
    trace_id: "trace-1",
  });
  assert.equal(body.toString(), JSON.stringify({ ...said, ts }));
  assert.ok(!wire.includes(agentSecret));
});

test("a host verifies what was sent, once", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "ALLOW" }));
  await client(url).invoke(CALL);
  const [{ body, headers }] = requests;
  const signature = headers["x-aif-signature"];
  await interven.verifySignature({ body, signature, secret: agentSecret });
  await assert.rejects(interven.verifySignature({ body, signature, secret: agentSecret }), interven.ReplayRejectedError);
  const changed = Buffer.from(body.toString().replace("hello", "hullo"));
  await assert.rejects(interven.verifySignature({ body: changed, signature, secret: agentSecret }), interven.AuthenticationError);
});

test("a body is read once", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "ALLOW" }));
  let reads = 0;
  const body = {
    get text() {
      return ++reads === 1 ? "harmless" : awsKey();
    },
  };
  await client(url).invoke({ ...CALL, body });
  assert.equal(JSON.parse(requests[0].body).upstream_request.body.text, "harmless");
});

test("a secret leaves in its own place alone", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "ALLOW" }));
  const [key, token] = [awsKey(), ["ghp", "_", "16C7e42F292c6912E7710c838347Ae178B4a"].join("")];
  const deny = [
    { body: { text: key } },
    { body: key },
    { urlPath: `/x?k=${key}` },
    { urlPath: `/${key}/x` },
    { headers: { "x-note": key } },
    { body: { text: btoa(`-- ${key} --`) } },
    { operation: key },
    { traceId: key },
    { scopes: [key] },
    { toolName: "slack", headers: { authorization: `Bearer ${key}` } },
  ];
  for (const more of deny) {
    const error = await thrown(client(url).invoke({ ...CALL, ...more }));
    assert.ok(error instanceof interven.IntervenBlockedError, `${JSON.stringify(Object.keys(more))}: ${error}`);
    assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes(key));
  }
  assert.equal(requests.length, 0);
  await client(url).invoke({
    ...CALL,
    headers: { authorization: `Bearer ${token}` },
    credentialType: "pat",
    credentialToken: key,
  });
  const said = JSON.parse(requests[0].body);
  assert.deepEqual(
    [said.upstream_request.headers.authorization, said.identity_context.credential_token],
    [`Bearer ${token}`, key],
  );
});

test("personal data leaves redacted, in path, headers and body", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "SANITIZE" }));
  const [a, b] = [ssn(), ssn()];
  const answer = await client(url).invoke({
    ...CALL,
    urlPath: `/x?ssn=${a}`,
    headers: { "x-note": `ssn ${a}` },
    body: { list: [b, 1] },
  });
  assert.ok(answer.allowed);
  assert.ok(!requests[0].wire.includes(a) && !requests[0].wire.includes(b), requests[0].wire.toString());
  const { url_path, body, headers } = JSON.parse(requests[0].body).upstream_request;
  assert.match(url_path, /^\/x\?ssn=.*US_SSN/);
  assert.deepEqual([body.list[1], Object.keys(headers)], [1, ["x-note"]]);
});

test("policies of the client hold before anything is sent", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "ALLOW" }));
  const upstreams = { jira: "https://corp.example/rest" };
  const call = { ...CALL, toolName: "jira", urlPath: "/api/3/issue" };
  const match = (action) => ({ name: "p", rules: [{ rule_id: "r", match: { hosts: ["corp.example"] }, action }] });
  const denied = await thrown(client(url, { upstreams, policy: match("DENY") }).invoke(call));
  assert.deepEqual([denied.code, denied.matchedPolicies], ["ERR_INTERVEN_POLICY_DENIED", ["p"]]);
  const asked = await thrown(client(url, { upstreams, policy: match("REQUIRE_APPROVAL") }).invoke(call));
  assert.ok(asked instanceof interven.ApprovalRequiredError, String(asked));
  const quiet = await client(url, { upstreams, policy: match("DENY"), raiseOnDeny: false }).invoke(call);
  assert.deepEqual([quiet.decision, quiet.blocked, quiet.allowed], ["DENY", true, false]);
  assert.equal(requests.length, 0);
});

test("what is no invocation is refused here", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, { decision: "ALLOW" }));
  const cycle = {};
  cycle.self = cycle;
  const wrong = [
    ...[{ toolName: "" }, { toolName: "a/b" }, { toolName: undefined }, { method: "GE T" }, { method: undefined }],
    ...[
      "",
      "x",
      "//evil.example/x",
      "/\\evil.example",
      "/../x",
      "/a/../../b",
      "/a/%2e%2e/%2e%2e/b",
      "https://evil.example/",
      undefined,
    ].map((urlPath) => ({ urlPath })),
    ...[1n, cycle, new Map(), new Uint8Array(2), () => {}, new Blob([])].map((body) => ({ body })),
    ...[{ "a b": "c" }, { a: "b\r\nc: d" }, { a: 1 }].map((headers) => ({ headers })),
    ...[{ credentialToken: 7 }, { scopes: "repo" }, { scopes: ["a b"] }, { traceId: "../x" }, { operation: "a b" }],
  ];
  for (const more of wrong) {
    const error = await client(url)
      .invoke({ ...CALL, ...more })
      .catch((e) => e);
    assert.ok(error instanceof interven.IntervenBlockedError, `${Object.entries(more)[0]}: ${error}`);
  }
  for (const params of [undefined, null, 7, "x"]) await assert.rejects(client(url).invoke(params), interven.InvalidRequestError);
  assert.equal(requests.length, 0);
});

const ALLOW = '{"decision":"ALLOW","reason_codes":[]}';
const UNKNOWN = "OUTCOME_UNKNOWN";
/** Answers, and the error that each of them is. */
const FAULTS = {
  "no answer": [undefined, "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "half an answer": [http(200, ALLOW).subarray(0, 90), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "no HTTP": [Buffer.from("hello\r\n\r\n"), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "an empty answer": [http(200, ""), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "a page": [http(200, "<html>ALLOW</html>"), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "no UTF-8": [http(200, Buffer.from([0x22, 0xff, 0x22])), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "JSON cut off": [http(200, ALLOW.slice(0, -1)), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "two answers": [http(200, `${ALLOW}${ALLOW}`), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "a key twice": [http(200, '{"decision":"DENY","decision":"ALLOW"}'), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "a key twice, spelt otherwise": [http(200, '{"decision":"DENY","d\\u0065cision":"ALLOW"}'), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "a key twice, deep": [http(200, '{"decision":"ALLOW","risk":{"a":[{"b":1,"b":2}]}}'), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  ...Object.fromEntries(
    [
      "null",
      "[]",
      "true",
      '"ALLOW"',
      "{}",
      '{"decision":null}',
      '{"decision":["ALLOW"]}',
      '{"decision":"allow"}',
      '{"decision":"ALLOW "}',
    ]
      .concat([
        '{"decision":"BLOCK"}',
        '{"decision":"toString"}',
        '{"decision":"ALLOW","reason_codes":[1]}',
        '{"decision":"ALLOW","reason_codes":{}}',
      ])
      .concat([
        '{"decision":"REQUIRE_APPROVAL"}',
        '{"decision":"REQUIRE_APPROVAL","approval_id":"../../x"}',
        '{"__proto__":{"decision":"ALLOW"}}',
      ])
      .concat(['{"decision":"\uff21\uff2c\uff2c\uff2f\uff37"}', '{"decision":"ALLOW","approval_id":7}'])
      .map((body) => [body, [http(200, body), "ERR_INTERVEN_GATEWAY", UNKNOWN]]),
  ),
  "ALLOW under 403": [http(403, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 202": [http(202, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 404": [http(404, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 400": [http(400, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 500": [http(500, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 502": [http(502, ALLOW), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "ALLOW under 503": [http(503, ALLOW), "ERR_INTERVEN_GATEWAY"],
  "ALLOW under 401": [http(401, ALLOW), "ERR_INTERVEN_AUTHENTICATION"],
  "ALLOW under 413": [http(413, ALLOW), "ERR_INTERVEN_PAYLOAD_TOO_LARGE"],
  "ALLOW under 429": [http(429, ALLOW), "ERR_INTERVEN_RATE_LIMIT"],
  "a replay": [http(400, { error: "Replay detected: timestamp too old" }), "ERR_INTERVEN_REPLAY_REJECTED"],
  "another 400": [http(400, { error: "no such tool" }), "ERR_INTERVEN_GATEWAY", UNKNOWN],
  "DENY under 403": [http(403, '{"decision":"DENY","reason_codes":["X"]}'), "ERR_INTERVEN_POLICY_DENIED"],
  "DENY, malformed otherwise": [
    http(200, '{"decision":"DENY","risk":null,"reason_codes":7,"approval_id":7}'),
    "ERR_INTERVEN_POLICY_DENIED",
  ],
};

for (const [name, [bytes, code, reason]] of Object.entries(FAULTS)) {
  test(`invoke, ${name}`, async (t) => {
    const { url, requests } = await gateway(t, () => bytes);
    const error = await thrown(client(url).invoke(CALL));
    assert.equal(error.code, code, error.stack);
    assert.equal(error.reasonCodes.includes(UNKNOWN), reason === UNKNOWN, error.reasonCodes.join());
    assert.ok(error instanceof interven.IntervenBlockedError && error.cause === undefined);
    assert.equal(requests.length, 1);
  });
}

test("a redirect is not followed", async (t) => {
  const other = await gateway(t, () => http(200, ALLOW));
  for (const status of [301, 302, 303, 307, 308]) {
    const { url } = await gateway(t, () => http(status, ALLOW, `location: ${other.url}/invoke\r\n`));
    assert.ok((await thrown(client(url).invoke(CALL))) instanceof GatewayError);
    assert.ok((await thrown(client(url).pollApproval(ID))) instanceof GatewayError);
  }
  assert.equal(other.requests.length, 0);
});

test("what may have been done is not asked again; what was surely not is, dated and signed anew", async (t) => {
  const lost = await gateway(t, () => undefined);
  await thrown(client(lost.url, { maxRetries: 2 }).invoke(CALL));
  assert.equal(lost.requests.length, 1);
  const answers = [http(503, "{}"), http(429, "{}", "retry-after: 0\r\n"), http(200, ALLOW)];
  const busy = await gateway(t, (_request, index) => answers[index]);
  assert.ok((await client(busy.url, { maxRetries: 2 }).invoke(CALL)).allowed);
  const signatures = new Set(busy.requests.map(({ headers }) => headers["x-aif-signature"]));
  assert.deepEqual([busy.requests.length, signatures.size], [3, 3]);
  for (const { body, headers } of busy.requests)
    await interven.verifySignature({ body, signature: headers["x-aif-signature"], secret: agentSecret });
});

test("the deadline holds over retries, and an abort rejects with its reason", async (t) => {
  const slow = await gateway(t, () => new Promise(() => {}));
  const error = await thrown(client(slow.url, { timeoutMs: 1_500, maxRetries: 2 }).invoke(CALL));
  assert.deepEqual([error.code, error.reasonCodes], ["ERR_INTERVEN_GATEWAY", ["GATEWAY_UNREACHABLE", UNKNOWN]]);
  const waiting = await gateway(t, () => http(503, "{}", "retry-after: 20\r\n"));
  const told = [];
  const logger = Object.fromEntries(["debug", "info", "warn", "error"].map((level) => [level, (message) => told.push(message)]));
  const late = await thrown(client(waiting.url, { timeoutMs: 15_000, maxRetries: 2, logger }).invoke(CALL));
  assert.equal(late.code, "ERR_INTERVEN_GATEWAY");
  // It does not wait for a time that is beyond the deadline.
  assert.deepEqual([waiting.requests.length, told], [1, ["interven scan", "interven gateway"]]);
  const reason = new Error("enough");
  const controller = new AbortController();
  const stalled = await gateway(t, () => {
    controller.abort(reason);
    return new Promise(() => {});
  });
  assert.equal(await thrown(client(stalled.url).invoke({ ...CALL, signal: controller.signal })), reason);
});

test("options are checked", () => {
  const good = { gatewayUrl: "https://gateway.example", agentId: "agent-1", agentSecret };
  new AifClient(good);
  const wrong = [
    ...[
      "http://gateway.example",
      "http://127.0.0.1.evil.example",
      "ftp://localhost",
      "x",
      "https://a:b@c.example",
      "",
      undefined,
    ].map((gatewayUrl) => ({ gatewayUrl })),
    ...[{ agentId: "" }, { agentId: "a\r\nb" }, { agentSecret: "" }, { agentSecret: undefined }, { raiseOnDeny: "yes" }],
    ...[
      { telemetryUrl: "http://x.example" },
      { upstreams: { a: "x" } },
      { upstreams: { a: "https://u:p@x.example" } },
      { nosuch: 1 },
    ],
    ...[{ timeoutMs: "30s" }, { maxRetries: -1 }, { logger: {} }, { tracer: {} }],
  ];
  for (const more of wrong) {
    assert.throws(() => new AifClient({ ...good, ...more }), interven.ConfigurationError, JSON.stringify(more));
  }
});
