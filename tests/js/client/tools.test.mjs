// `client.tools`: calls that the gateway makes, against one that answers by script.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalTimeoutError,
  ApprovalUsedError,
  AuthenticationError,
  ConfigurationError,
  GatewayError,
  IntervenBlockedError,
  IntervenClient,
  InvalidRequestError,
  PayloadTooLargeError,
  RateLimitError,
} from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { scanned, scriptedGateway } from "./scripted.mjs";

const made = (more = {}) => scanned("ALLOW", { upstream: { status: 200, body: { ok: true } }, ...more });
const held = (id = "approval-1") => [202, scanned("REQUIRE_APPROVAL", { approval_id: id })];
const client = (gatewayUrl, more = {}) => new IntervenClient({ env: {}, gatewayUrl, pollIntervalMs: 2_500, ...more });

test("each tool is one operation, with its parameters as they are on the wire", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, made()]);
  const { tools } = client(gatewayUrl, { apiKey: "iv_key" });
  const result = await tools.slack.postMessage({ text: "hello", channel: "#ops", blocks: [{ type: "divider" }] });
  assert.deepEqual(result, {
    decision: "ALLOW",
    riskScore: 0.1,
    riskBand: "LOW",
    reasonCodes: [],
    classifications: [],
    signals: [],
    toolName: "slack",
    operation: "post_message",
    traceId: "trace-1",
    upstream: { status: 200, body: { ok: true } },
    approvalWaited: false,
  });
  await tools.github.createPullRequest({ owner: "o", repo: "r", title: "t", head: "h" });
  await tools.github.updateFile({ owner: "o", repo: "r", path: "a/b.md", message: "m", content: "aGVsbG8=", sha: undefined });
  await tools.gdrive.shareFile({ fileId: "f", role: "reader", type: "user", emailAddress: "jo@example.com" });
  await tools.http.request({ url: "https://api.example.com/x" });
  await tools.call("jira", "create_issue", { title: "t" });
  assert.deepEqual(
    requests.map(({ method, path, body }) => [method, path, body]),
    [
      ["POST", "/v1/tools/slack/post_message", { text: "hello", channel: "#ops", blocks: [{ type: "divider" }] }],
      ["POST", "/v1/tools/github/create_pull_request", { base: "main", owner: "o", repo: "r", title: "t", head: "h" }],
      ["POST", "/v1/tools/github/update_file", { owner: "o", repo: "r", path: "a/b.md", message: "m", content: "aGVsbG8=" }],
      ["POST", "/v1/tools/gdrive/share_file", { file_id: "f", role: "reader", type: "user", email_address: "jo@example.com" }],
      ["POST", "/v1/tools/http/request", { method: "GET", url: "https://api.example.com/x" }],
      ["POST", "/v1/tools/jira/create_issue", { title: "t" }],
    ],
  );
  assert.ok(requests.every(({ headers }) => headers.authorization === "Bearer iv_key"));
});

test("what is denied here never leaves, and what is redacted leaves redacted", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, made()]);
  const { tools } = client(gatewayUrl);
  const [key, value] = [awsKey(), ssn()];
  for (const call of [
    () => tools.slack.postMessage({ text: `the key is ${key}` }),
    () => tools.http.request({ url: "https://api.example.com/", headers: { authorization: `Bearer ${key}` } }),
    () => tools.http.request({ url: `https://api.example.com/?k=${key}` }),
    () => tools.http.request({ url: "http://169.254.169.254/latest/" }),
    () => tools.http.request({ url: "no url" }),
    () => tools.call("jira", "create_issue", { deep: [{ [key]: 1 }] }),
    () => tools.github.updateFile({ owner: "o", repo: "r", path: "p", message: "m", content: btoa(`the key is ${key}`) }),
  ]) {
    const error = await call().catch((thrown) => thrown);
    assert.ok(error instanceof IntervenBlockedError, String(error));
    assert.equal(error.decision, "DENY");
    assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes(key));
  }
  assert.deepEqual(requests, []);
  const result = await tools.slack.postMessage({ text: `ssn ${value}` });
  assert.equal(result.decision, "SANITIZE");
  assert.deepEqual(requests[0].body, { text: "ssn [US_SSN:1]" });
  await tools.http.request({ url: `https://api.example.com/?ssn=${value}`, method: "POST", body: { note: value } });
  assert.ok(!requests[1].raw.includes(value), requests[1].raw);
});

test("rules about the service hold, as those about the tool", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, made()]);
  for (const match of [{ hosts: ["slack.com"] }, { tools: ["slack"] }, { operations: ["post_message"] }]) {
    const policy = { name: "p", rules: [{ rule_id: "r", match, action: "DENY" }] };
    await assert.rejects(client(gatewayUrl, { policy }).tools.slack.postMessage({ text: "a" }), IntervenBlockedError);
  }
  assert.deepEqual(requests, []);
});

test("parameters that cannot be scanned, and names that lead elsewhere, are refused", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, made()]);
  const { tools } = client(gatewayUrl);
  for (const params of [null, 5, [1], { n: Number.NaN }, { f: () => 1 }, { b: new Uint8Array(1) }, new Map()])
    await assert.rejects(tools.call("a", "b", params), InvalidRequestError);
  for (const [tool, operation] of [
    ["../credentials", "slack"],
    ["slack", ".."],
    ["a/b", "c"],
    ["a?x=", "c"],
    ["", "c"],
    [5, "c"],
  ])
    await assert.rejects(tools.call(tool, operation, {}), InvalidRequestError);
  await assert.rejects(tools.gdrive.shareFile({ file_id: "f" }), ConfigurationError);
  await assert.rejects(tools.slack.postMessage(undefined), ConfigurationError);
  await assert.rejects(tools.slack.postMessage({ text: "a" }, { unheard: 1 }), ConfigurationError);
  assert.deepEqual(requests, []);
});

test("a DENY of the gateway is thrown with its reasons", async (t) => {
  const reason_codes = ["SECRET_DETECTED", `not a code ${awsKey()}`];
  const { gatewayUrl } = await scriptedGateway(t, () => [403, scanned("DENY", { reason_codes })]);
  const error = await client(gatewayUrl)
    .tools.slack.postMessage({ text: "a" })
    .catch((thrown) => thrown);
  assert.deepEqual(
    [error.constructor, error.decision, error.reasonCodes, error.traceId],
    [IntervenBlockedError, "DENY", ["SECRET_DETECTED", "UNRECOGNISED_REASON"], "trace-1"],
  );
});

const UNBELIEVABLE = {
  "no JSON": [200, "<html>"],
  "an empty answer": [200, ""],
  "a list": [200, [made()]],
  "no decision": [200, { ...made(), decision: undefined }],
  "a decision with a blank": [200, made({ decision: "ALLOW " })],
  "a decision in small letters": [200, made({ decision: "allow" })],
  "a decision in a list": [200, made({ decision: ["ALLOW"] })],
  "an unknown decision": [200, made({ decision: "BLOCK" })],
  "DENY with 200": [200, made({ decision: "DENY" })],
  "REQUIRE_APPROVAL with 200": [200, made({ decision: "REQUIRE_APPROVAL", approval_id: "a" })],
  "ALLOW with 202": [202, made()],
  "ALLOW with 403": [403, made()],
  "a decision twice": [200, JSON.stringify(made()).replace("{", '{"decision":"DENY",')],
  "a decision twice, once escaped": [200, JSON.stringify(made()).replace("{", '{"decisio\\u006e":"DENY",')],
  "no risk score": [200, made({ risk_score: null })],
  "an endless risk score": [200, JSON.stringify(made()).replace("0.1", "1e999")],
  "no reason codes": [200, made({ reason_codes: undefined })],
  "reason codes that are numbers": [200, made({ reason_codes: [1] })],
  "no upstream": [200, made({ upstream: undefined })],
  "an upstream without a status": [200, made({ upstream: { body: 1 } })],
  "an upstream with a text for a status": [200, made({ upstream: { status: "200" } })],
  "an approval without an id": [202, scanned("REQUIRE_APPROVAL")],
  "an approval that leads elsewhere": [202, scanned("REQUIRE_APPROVAL", { approval_id: "../../credentials/slack" })],
  "bytes that are no text": [200, Buffer.from([0xff, 0xfe, 0x7b])],
  "a redirect": [307, made(), { location: "http://127.0.0.1:1/" }],
  "the wrong key's 403": [403, { error: "address not allowed" }],
  "an unknown tool": [404, {}],
  "a failure": [500, made()],
  created: [201, made()],
};

test("an answer that is not exactly one is no result, and nothing is sent twice", async (t) => {
  let next;
  const { gatewayUrl, requests } = await scriptedGateway(t, () => next);
  const { tools } = client(gatewayUrl);
  for (const [name, answer] of Object.entries(UNBELIEVABLE)) {
    next = Buffer.isBuffer(answer[1]) ? [answer[0], answer[1].toString("latin1")] : answer;
    const before = requests.length;
    const error = await tools.slack.postMessage({ text: "a" }).catch((thrown) => thrown);
    assert.ok(error instanceof GatewayError, `${name}: ${error}`);
    assert.equal(requests.length - before, 1, name);
  }
});

test("errors say what to do", async (t) => {
  let next;
  const { gatewayUrl, requests } = await scriptedGateway(t, () => next);
  const { tools } = client(gatewayUrl, { maxRetries: 1 });
  for (const [status, Kind, times] of [
    [401, AuthenticationError, 1],
    [413, PayloadTooLargeError, 1],
    [429, RateLimitError, 2],
    [503, GatewayError, 1],
  ]) {
    next = [status, {}];
    const before = requests.length;
    await assert.rejects(tools.slack.postMessage({ text: "a" }), Kind);
    assert.equal(requests.length - before, times, String(status));
  }
  next = undefined;
  await assert.rejects(tools.slack.postMessage({ text: "a" }), /not known/);
  next = [200, made({ upstream: undefined, error: "upstream timed out" })];
  await assert.rejects(tools.slack.postMessage({ text: "a" }), /not known/);
});

test("429 is tried again, for it was not made", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, (_, count) =>
    count === 1 ? [429, {}, { "retry-after": "0" }] : [200, made()],
  );
  assert.equal((await client(gatewayUrl).tools.slack.postMessage({ text: "a" })).decision, "ALLOW");
  assert.deepEqual(requests[0].raw, requests[1].raw);
});

test("a held call waits for the person, and is then made once, exactly as it was", async (t) => {
  const pending = [];
  let polls = 0;
  const { gatewayUrl, requests } = await scriptedGateway(t, ({ path }, count) => {
    if (count === 1) return held();
    if (path.endsWith("/status")) return [200, { approval_id: "approval-1", status: polls++ === 0 ? "pending" : "approved" }];
    return [200, made({ reason_codes: ["RECENT_APPROVAL_GRANT"] })];
  });
  const result = await client(gatewayUrl, { onPending: (one) => pending.push(one.approvalId) }).tools.slack.postMessage({
    text: `ssn ${ssn()}`,
  });
  assert.deepEqual([result.approvalWaited, result.decision, pending], [true, "SANITIZE", ["approval-1"]]);
  const paths = requests.map(({ path }) => path);
  const status = "/v1/approvals/approval-1/status";
  assert.deepEqual(paths, ["/v1/tools/slack/post_message", status, status, "/v1/tools/slack/post_message"]);
  assert.equal(requests[0].raw, requests[3].raw);
});

test("whatever is not an approval of this call does not make it", async (t) => {
  const state = (more) => [200, { approval_id: "approval-1", status: "approved", ...more }];
  const cases = {
    denied: [state({ status: "denied" }), ApprovalDeniedError],
    expired: [state({ status: "expired" }), ApprovalExpiredError],
    "used already": [state({ status: "executed" }), ApprovalUsedError],
    "another approval": [state({ approval_id: "approval-2" }), GatewayError],
    "no id": [state({ approval_id: undefined }), GatewayError],
    "an unknown state": [state({ status: "APPROVED" }), GatewayError],
    "a decision that says otherwise": [state({ decision: "DENY" }), GatewayError],
    "no time left": [state({ remaining_seconds: 0 }), GatewayError],
    "a state twice": [[200, '{"approval_id":"approval-1","status":"denied","status":"approved"}'], GatewayError],
    "a refusal whose body says approved": [[404, state()[1]], GatewayError],
    "a key that is revoked": [[401, state()[1]], AuthenticationError],
    "a redirect": [[302, state()[1], { location: "http://127.0.0.1:1/" }], GatewayError],
  };
  await Promise.all(
    Object.entries(cases).map(async ([name, [answer, Kind]]) => {
      const { gatewayUrl, requests } = await scriptedGateway(t, (_, count) => (count === 1 ? held() : answer));
      const error = await client(gatewayUrl)
        .tools.slack.postMessage({ text: "a" })
        .catch((thrown) => thrown);
      assert.ok(error instanceof Kind, `${name}: ${error}`);
      assert.equal(requests.filter(({ path }) => path.startsWith("/v1/tools/")).length, 1, name);
    }),
  );
});

test("the wait ends with its time, with the signal, and with a second approval", async (t) => {
  const waits = await scriptedGateway(t, ({ path }) =>
    path.endsWith("/status") ? [200, { approval_id: "approval-1", status: "pending" }] : held(),
  );
  const { gatewayUrl } = waits;
  await assert.rejects(
    client(gatewayUrl, { approvalTimeoutMs: 50 }).tools.slack.postMessage({ text: "a" }),
    ApprovalTimeoutError,
  );
  const stopping = new AbortController();
  const onPending = () => stopping.abort(new Error("enough"));
  const options = { signal: stopping.signal, onPending };
  await assert.rejects(client(gatewayUrl).tools.slack.postMessage({ text: "a" }, options), /enough/);
  const again = await scriptedGateway(t, ({ path }) =>
    path.endsWith("/status") ? [200, { approval_id: "approval-1", status: "approved" }] : held(),
  );
  await assert.rejects(client(again.gatewayUrl).tools.slack.postMessage({ text: "a" }), ApprovalDeniedError);
  assert.equal(again.requests.length, 3);
});

test("where the client's own policy asks for a person, the gateway asks one first", async (t) => {
  const policy = { name: "p", rules: [{ rule_id: "r", match: { tools: ["slack"] }, action: "REQUIRE_APPROVAL" }] };
  const { gatewayUrl, requests } = await scriptedGateway(t, ({ path }) => {
    if (path === "/v1/scan") return [200, scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" })];
    if (path.endsWith("/status")) return [200, { approval_id: "approval-1", status: "approved" }];
    if (path.endsWith("/consume")) return [200, { approval_id: "approval-1", status: "executed" }];
    return [200, made()];
  });
  const result = await client(gatewayUrl, { policy }).tools.slack.postMessage({ text: "a" });
  assert.equal(result.approvalWaited, true);
  assert.equal(requests.at(-1).path, "/v1/tools/slack/post_message");
  assert.equal(requests.filter(({ path }) => path.startsWith("/v1/tools/")).length, 1);
  assert.equal(requests.filter(({ path }) => path.endsWith("/consume")).length, 1);
});
