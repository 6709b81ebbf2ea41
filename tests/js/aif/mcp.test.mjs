// The middleware for MCP, and how little it concludes from answers.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import * as interven from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { gateway, http } from "./gateway.mjs";

const agentSecret = "unlikely secret of an agent";
const ID = "0b0c0d0e-1111-4222-8333-444455556666";
const middleware = (url, more) =>
  new interven.AifMcpMiddleware({ gatewayUrl: url, agentId: "agent-1", agentSecret, maxRetries: 0, ...more });
const thrown = (promise) =>
  promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
const request = (args, id = 1) => ({
  ...{ jsonrpc: "2.0", id, method: "tools/call" },
  params: { name: "github_create_issue", arguments: args, _meta: { progressToken: awsKey() } },
});
const result = (value, id = 1) => ({ jsonrpc: "2.0", id, result: value });
const text = (value, isError = false) => result({ content: [{ type: "text", text: value }], isError });

test("a call goes out signed, with its time inside of what is signed", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, text("made")));
  const own = middleware(url, { credentialType: "pat", credentialToken: "a token", scopes: ["repo", "user"] });
  const answer = await own.intercept(request({ title: "hello", ssn: ssn() }));
  assert.ok(own.isAllowed(answer));
  const [{ method, path, headers, body }] = requests;
  assert.deepEqual([method, path, headers["x-aif-agent-id"]], ["POST", "/mcp", "agent-1"]);
  assert.deepEqual(["type", "token"].map((name) => headers[`x-aif-credential-${name}`]).concat(headers["x-aif-scopes"]), [
    "pat",
    "a token",
    "repo,user",
  ]);
  const signature = headers["x-aif-signature"];
  assert.equal(signature, createHmac("sha256", agentSecret).update(body).digest("base64"));
  const said = JSON.parse(body);
  assert.deepEqual(said, {
    ...{ jsonrpc: "2.0", id: 1, method: "tools/call" },
    params: {
      name: "github_create_issue",
      arguments: { title: "hello", ssn: "[US_SSN:1]" },
      _meta: { "interven/ts": headers["x-aif-timestamp"] },
    },
  });
  const signed = { body, signature, secret: agentSecret, nonces: new interven.MemoryNonces() };
  const later = new Date(Date.parse(headers["x-aif-timestamp"]) + 1).toISOString();
  await assert.rejects(interven.verifySignature({ ...signed, timestamp: later }), interven.ReplayRejectedError);
  await interven.verifySignature({ ...signed, timestamp: headers["x-aif-timestamp"] });
  await assert.rejects(
    interven.verifySignature({ ...signed, timestamp: headers["x-aif-timestamp"] }),
    interven.ReplayRejectedError,
  );
});

test("a secret in the arguments does not leave", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, text("made")));
  const key = awsKey();
  const answer = await middleware(url).intercept(request({ deep: [{ note: key }] }));
  assert.deepEqual([answer.id, answer.result.isError], [1, true]);
  assert.match(answer.result.content[0].text, /DENY \(SECRET_DETECTED\)/);
  assert.ok(!JSON.stringify(answer).includes(key));
  await assert.rejects(middleware(url).intercept(request({}, key)), interven.InvalidRequestError);
  const policy = { name: "p", rules: [{ rule_id: "r", action: "REQUIRE_APPROVAL" }] };
  const held = await middleware(url, { policy }).intercept(request({}));
  assert.ok(held.result.isError && !middleware(url).isAllowed(held));
  assert.equal(requests.length, 0);
});

test("what is no request is refused here", async (t) => {
  const { url, requests } = await gateway(t, () => http(200, text("made")));
  const good = request({});
  const wrong = [
    ...[undefined, null, "x", [], { ...good, jsonrpc: "1.0" }, { ...good, method: "resources/read" }, { ...good, id: null }],
    ...[
      { ...good, id: { a: 1 } },
      { ...good, id: 1.5 },
      { ...good, params: [] },
      { ...good, params: { name: "" } },
    ],
    ...[
      { ...good, params: { name: 'a"b' } },
      { ...good, params: { name: "a", arguments: [1] } },
    ],
    ...[
      { ...good, params: { name: "a", arguments: { n: 1n } } },
      { ...good, params: { name: "a", arguments: { m: new Map() } } },
    ],
  ];
  for (const one of wrong) await assert.rejects(middleware(url).intercept(one), interven.InvalidRequestError);
  assert.equal(requests.length, 0);
});

test("answers that are not to this question are no answers", async (t) => {
  const wrong = [
    ...["", "null", "[]", "{}", '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"2.0","id":1,"result":null}', "made"],
    ...[
      { ...text("made"), id: 2 },
      { ...text("made"), id: "1" },
      { ...text("made"), jsonrpc: "1.0" },
      { id: 1, result: {} },
    ],
    ...[
      { ...text("made"), error: { code: 1 } },
      { jsonrpc: "2.0", id: 1, result: "made" },
      { jsonrpc: "2.0", id: 1, error: "no" },
    ],
    '{"jsonrpc":"2.0","id":1,"result":{"isError":true,"isError":false,"content":[]}}',
  ];
  for (const body of wrong) {
    const { url } = await gateway(t, () => http(200, body));
    const error = await thrown(middleware(url).intercept(request({})));
    assert.deepEqual(
      [error.code, error.reasonCodes.includes("OUTCOME_UNKNOWN")],
      ["ERR_INTERVEN_GATEWAY", true],
      JSON.stringify(body),
    );
  }
  for (const [status, code] of [
    [401, "ERR_INTERVEN_AUTHENTICATION"],
    [413, "ERR_INTERVEN_PAYLOAD_TOO_LARGE"],
    [429, "ERR_INTERVEN_RATE_LIMIT"],
    [500, "ERR_INTERVEN_GATEWAY"],
  ]) {
    const { url } = await gateway(t, () => http(status, text("made")));
    assert.equal((await thrown(middleware(url).intercept(request({})))).code, code);
  }
  const { url } = await gateway(t, () => http(200, { jsonrpc: "2.0", id: 1, error: { code: -32001, message: "denied" } }));
  const answer = await middleware(url).intercept(request({}));
  assert.deepEqual([answer.error.code, middleware(url).isAllowed(answer)], [-32001, false]);
});

test("only a result that says nothing else was allowed", () => {
  const own = middleware("https://gateway.example");
  for (const answer of [text("made"), result({ content: [], isError: false, decision: "SANITIZE" }), text('{"decision":"hire"}')])
    assert.ok(own.isAllowed(answer), JSON.stringify(answer));
  const not = [
    ...[undefined, null, "", true, [], {}, { result: true }, { result: { foo: 1 } }, { result: { decision: "DENY" } }],
    ...[result({ foo: 1 }), result({ decision: "DENY" }), result({ content: [] }), result({ isError: false }), result([])],
    ...[text("no", true), text("no", "false"), text("no", 0), text("no", null), { ...text("x"), error: { code: 1 } }],
    ...[
      { ...text("x"), id: undefined },
      { ...text("x"), jsonrpc: undefined },
    ],
    ...["DENY", "REQUIRE_APPROVAL", "BLOCK", "allow", null, ["ALLOW"]].map((decision) =>
      result({ content: [], isError: false, decision }),
    ),
    ...[
      text('{"decision":"DENY"}'),
      text(' {"reason_codes":[],"decision":"REQUIRE_APPROVAL"}\n'),
      text(`held\nApproval ID: ${ID}`),
    ],
    ...[result({ content: ["made"], isError: false }), result({ content: [{ type: "text" }], isError: false })],
    ...[result({ content: [], isError: false, structuredContent: { decision: "DENY" } })],
    ...[result({ content: [], isError: false, approval_id: ID })],
  ];
  for (const answer of not) assert.equal(own.isAllowed(answer), false, JSON.stringify(answer));
});

test("an id is read out of text in exactly its form, and only of a refusal", () => {
  const own = middleware("https://gateway.example");
  assert.equal(own.getApprovalId(text(`Held.\nApproval ID: ${ID}\nOpen the console.`, true)), ID);
  assert.equal(own.getApprovalId(text(`Approval ID: ${ID}\r\nApproval ID: ${ID.toUpperCase()}`, true)), ID);
  const none = [
    ...[
      undefined,
      {},
      text("", true),
      text(`Approval ID: ${ID}`),
      text(`Approval ID:${ID}`, true),
      text(` Approval ID: ${ID}`, true),
    ],
    ...[text(`Approval ID: ${ID} `, true), text(`Approval ID: ${ID}0`, true), text(`Approval ID: ../${ID}`, true)],
    ...[text(`Approval ID: ${ID}\nApproval ID: ${ID.replace("0b", "1b")}`, true), text(`Approval ID: ${"-".repeat(36)}`, true)],
    text(`Approval ID: ${ID.replaceAll("-", "a")}`, true),
  ];
  for (const answer of none) assert.equal(own.getApprovalId(answer), undefined, JSON.stringify(answer));
});

test("tools are listed", async (t) => {
  const tools = [{ name: "github_create_issue", description: "x" }];
  const { url, requests } = await gateway(t, ({ path }) => http(200, result({ tools }, path === "/mcp" ? 1 : 0)));
  assert.deepEqual(await middleware(url).listTools(), tools);
  const listed = await middleware(url).intercept({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  assert.deepEqual(listed.result.tools, tools);
  assert.equal(requests[0].path, "/mcp/tools/list");
  for (const { headers, body } of requests) {
    assert.equal(headers["x-aif-signature"], createHmac("sha256", agentSecret).update(body).digest("base64"));
    assert.equal(JSON.parse(body).params._meta["interven/ts"], headers["x-aif-timestamp"]);
  }
  for (const wrong of [result({ tools: "x" }, 0), result({ tools: [{}] }, 0), result({ tools }, 9), result({}, 0), "[]"]) {
    const odd = await gateway(t, () => http(200, wrong));
    await assert.rejects(middleware(odd.url).listTools(), interven.GatewayError);
  }
});
