// The documented calls of the wrappers, in the form in which they are documented.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GuardBlockedError,
  gate,
  guard,
  IntervenClient,
  InterventBlockedError,
  scanToolCalls,
  scanToolUse,
} from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { scanned, scriptedGateway } from "./scripted.mjs";

const url = "https://api.example.com/notes";

/** A gateway that the environment names, as documented, until the end of the test. */
async function configured(t, answer) {
  const gateway = await scriptedGateway(t, answer);
  process.env.INTERVEN_GATEWAY_URL = gateway.gatewayUrl;
  t.after(() => delete process.env.INTERVEN_GATEWAY_URL);
  return gateway;
}

const allows = () => [200, scanned("ALLOW")];

test("guard(fn, { apiKey, tool, operation })", async (t) => {
  const { requests } = await configured(t, allows);
  const sendMail = guard(async ({ to, text }) => `${to}: ${text}`, { apiKey: "iv_live_x", tool: "mail", operation: "send" });
  assert.equal(await sendMail({ to: "jo", text: "hello" }), "jo: hello");
  assert.equal(await sendMail({ to: "jo", text: `ssn ${ssn()}` }), "jo: ssn [US_SSN:1]");
  await assert.rejects(sendMail({ to: "jo", text: awsKey() }), (error) => {
    assert.ok(error instanceof GuardBlockedError && error instanceof InterventBlockedError);
    return error.decision === "DENY";
  });
  assert.deepEqual(
    requests.map(({ body, headers }) => [body.method, body.url, headers.authorization]),
    [
      ["POST", "tool://mail/send", "Bearer iv_live_x"],
      ["POST", "tool://mail/send", "Bearer iv_live_x"],
    ],
  );
});

test("guard(fn, { client, url, method })", async (t) => {
  const { requests } = await configured(t, allows);
  const client = new IntervenClient();
  const put = guard(async (note) => note.id, { client, url, method: "PUT" });
  assert.equal(await put({ id: 7 }), 7);
  assert.deepEqual([requests[0].body.method, requests[0].body.url, requests[0].body.body], ["PUT", url, { id: 7 }]);
  const same = client.guard(async (note) => note.id, { url, method: "PUT" });
  assert.equal(await same({ id: 8 }), 8);
});

test('gate("POST", url, { apiKey, body, headers, onPending })', async (t) => {
  const { requests } = await configured(t, (_, count) => {
    if (count === 1) return [200, scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" })];
    if (count === 2) return [200, { approval_id: "approval-1", status: "approved" }];
    return [200, { approval_id: "approval-1", status: "executed" }];
  });
  const pending = [];
  const result = await gate("POST", url, {
    apiKey: "iv_live_x",
    pollIntervalMs: 2_500,
    body: { amount: 10 },
    headers: { "x-note": "a" },
    onPending: ({ approvalId, method, url }) => pending.push([approvalId, method, url]),
  });
  const { proceed, decision, body, sanitizedBody, scan, blockedReason, approvalWaited } = result;
  assert.deepEqual([proceed, decision, body, sanitizedBody], [true, "ALLOW", { amount: 10 }, undefined]);
  assert.deepEqual([scan.traceId, blockedReason, approvalWaited], ["trace-1", undefined, true]);
  assert.deepEqual(pending, [["approval-1", "POST", url]]);
  assert.deepEqual(
    requests.map(({ method, path }) => `${method} ${path}`),
    ["POST /v1/scan", "GET /v1/approvals/approval-1/status", "POST /v1/approvals/approval-1/consume"],
  );
  assert.equal(requests[2].body.request_digest, requests[0].body.request_digest);
});

test("client.gate(method, url, { body }) and what it says of a block", async () => {
  const client = new IntervenClient({ env: {} });
  const { proceed, decision, body, blockedReason, approvalWaited } = await client.gate("POST", url, { body: { key: awsKey() } });
  assert.deepEqual([proceed, decision, approvalWaited], [false, "DENY", false]);
  assert.match(blockedReason, /SECRET_DETECTED/);
  assert.throws(() => JSON.stringify({ body }), GuardBlockedError);
});

test("scanToolCalls(toolCalls, { apiKey })", async (t) => {
  const { requests } = await configured(t, allows);
  const message = {
    tool_calls: [
      { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } },
      { id: "call_2", type: "function", function: { name: "create_pull_request", arguments: '{"owner":"o","repo":"r"}' } },
      { id: "call_3", type: "function", function: { name: "upload_to_drive", arguments: '{"name":"a.txt"}' } },
      { id: "call_4", type: "function", function: { name: "http_post", arguments: `{"url":"${url}","text":"hello"}` } },
      { id: "call_5", type: "function", function: { name: "say", arguments: "hello" } },
    ],
  };
  const results = await scanToolCalls(message.tool_calls, { apiKey: "iv_live_x" });
  assert.deepEqual(
    results.map(({ toolCall, scan, effectiveArguments }) => [toolCall.id, scan.decision, effectiveArguments]),
    [
      ["call_1", "ALLOW", { city: "Oslo" }],
      ["call_2", "ALLOW", { owner: "o", repo: "r" }],
      ["call_3", "ALLOW", { name: "a.txt" }],
      ["call_4", "ALLOW", { url, text: "hello" }],
      ["call_5", "ALLOW", { input: "hello" }],
    ],
  );
  assert.deepEqual(requests.map(({ body }) => `${body.method} ${body.url}`).sort(), [
    "POST https://api.example.com/notes",
    "POST https://api.github.com/repos/o/r/pulls",
    "POST https://www.googleapis.com/drive/v3/files",
    "POST tool://openai-assistants/create_pull_request",
    "POST tool://openai-assistants/get_weather",
    "POST tool://openai-assistants/http_post",
    "POST tool://openai-assistants/say",
    "POST tool://openai-assistants/upload_to_drive",
  ]);
});

test("scanToolUse(block, { apiKey })", async (t) => {
  const { requests } = await configured(t, ({ body }) => [200, scanned(body.body.tool === "bash" ? "DENY" : "ALLOW")]);
  const block = { type: "tool_use", id: "toolu_1", name: "computer", input: { action: "left_click", coordinate: [1, 2] } };
  const { toolUse, scan, blocked, effectiveInput, toolResult } = await scanToolUse(block, { apiKey: "iv_live_x" });
  assert.deepEqual(
    [toolUse, scan.decision, blocked, effectiveInput, toolResult],
    [block, "ALLOW", false, block.input, undefined],
  );
  const asked = requests[0].body;
  assert.match(asked.url, /^https:\/\/computer-use\.interven\.local\/computer-use\/computer\/[0-9a-f]{12}$/);
  assert.deepEqual(
    [asked.method, asked.body],
    ["POST", { tool: "computer", category: "computer", args: block.input, args_keys: ["action", "coordinate"] }],
  );
  const denied = await scanToolUse({ ...block, name: "bash", input: { command: "ls" } }, { apiKey: "iv_live_x" });
  assert.deepEqual([denied.blocked, denied.toolResult.is_error, denied.toolResult.tool_use_id], [true, true, "toolu_1"]);
});

test("client.tools.slack.postMessage({ text, channel })", async (t) => {
  await configured(t, () => [200, scanned("ALLOW", { upstream: { status: 200, body: { ok: true } } })]);
  const { upstream } = await new IntervenClient({ apiKey: "iv_live_x" }).tools.slack.postMessage({ text: "hi", channel: "#ops" });
  assert.deepEqual(upstream, { status: 200, body: { ok: true } });
});

test("client.scanResponse({ traceId, responseBody, responseStatus }) and client.health()", async (t) => {
  const inspected = { data_classes: ["PII"], fields_redacted_count: 1, content_fingerprint: "f00d" };
  await configured(t, ({ path }) => [200, path === "/health" ? { status: "ok" } : inspected]);
  const client = new IntervenClient({ apiKey: "iv_live_x" });
  const { traceId } = { traceId: "trace-1" };
  const result = await client.scanResponse({ traceId, responseBody: { name: "Jo" }, responseStatus: 200 });
  assert.deepEqual([result.dataClasses, result.fieldsRedactedCount, result.contentFingerprint], [["PII"], 1, "f00d"]);
  assert.equal((await client.health()).status, "ok");
});

test("INTERVEN_GATEWAY and INTERVEN_TIMEOUT_MS", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, { status: "ok" }]);
  const env = { INTERVEN_GATEWAY: gatewayUrl, INTERVEN_TIMEOUT_MS: "5000" };
  await new IntervenClient({ env }).health();
  assert.equal(requests.length, 1);
  assert.throws(() => new IntervenClient({ env: { INTERVEN_TIMEOUT_MS: "soon" } }), { code: "ERR_INTERVEN_CONFIGURATION" });
  const slow = await scriptedGateway(t, () => new Promise(() => {}));
  const impatient = new IntervenClient({ env: { INTERVEN_GATEWAY: slow.gatewayUrl, INTERVEN_TIMEOUT_MS: "50" } });
  await assert.rejects(impatient.health(), { code: "ERR_INTERVEN_GATEWAY" });
});
