// What reference wrappers get wrong: each weakness against `guard`, `gate`, `scanToolCalls` and `scanToolUse`, in both modes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { IntervenBlockedError, IntervenClient } from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { scanned, scriptedGateway } from "./scripted.mjs";

const url = "https://api.example.com/notes";

/** What ran, through each wrapper: the arguments or the body that it was released with. */
async function released(client, content) {
  const ran = {};
  const guarded = client.guard(async (given) => (ran.guard = given), { tool: "mail", operation: "send" });
  await guarded(content).catch((error) => assert.ok(error instanceof IntervenBlockedError, String(error)));
  const gated = await client.gate("POST", url, { body: content });
  if (gated.proceed) ran.gate = gated.body;
  else assert.throws(() => JSON.stringify(gated.body), IntervenBlockedError);
  const call = { id: "c", type: "function", function: { name: "send", arguments: JSON.stringify(content) } };
  const [{ effectiveArguments }] = await client.scanToolCalls([call]);
  if (effectiveArguments !== null) ran.scanToolCalls = effectiveArguments;
  const use = await client.scanToolUse({ type: "tool_use", id: "t", name: "send", input: content });
  if (use.effectiveInput !== null) ran.scanToolUse = use.effectiveInput;
  assert.equal(use.blocked, use.effectiveInput === null);
  return ran;
}

const ALLOW = scanned("ALLOW");
const written = (text) => JSON.stringify(ALLOW).replace("{", `{${text},`);
const ANSWERS = {
  "W2 DENY with a blank": [200, { ...ALLOW, decision: "DENY " }],
  "W2 full width": [200, { ...ALLOW, decision: "\uff24\uff25\uff2e\uff39" }],
  "W2 a list": [200, { ...ALLOW, decision: ["DENY"] }],
  "W2 another word": [200, { ...ALLOW, decision: "BLOCK" }],
  "W2 null": [200, { ...ALLOW, decision: null }],
  "W2 nothing": [200, {}],
  "W7 a revoked key": [401, ALLOW],
  "W7 a foreign address": [403, ALLOW],
  "W9 SANITIZE without a body": [200, { ...ALLOW, decision: "SANITIZE" }],
  "W9 SANITIZE with an empty body": [200, { ...ALLOW, decision: "SANITIZE", sanitized_body: {} }],
  "W9 SANITIZE with another kind of body": [200, { ...ALLOW, decision: "SANITIZE", sanitized_body: "text" }],
  "W13 too large": [413, ALLOW],
  "W14 a redirect": [307, ALLOW, { location: "http://127.0.0.1:1/v1/scan" }],
  "W29 a list of answers": [200, [ALLOW]],
  "W30 a decision twice": [200, written('"decision":"DENY"')],
  "W33 no risk score": [200, { ...ALLOW, risk_score: null }],
  "W33 codes that are numbers": [200, { ...ALLOW, reason_codes: [1] }],
  "no JSON": [200, "ok"],
  DENY: [200, scanned("DENY")],
};

test("an answer that does not clearly allow releases nothing, in either failure mode", async (t) => {
  let next;
  const { gatewayUrl } = await scriptedGateway(t, () => next);
  for (const [name, answer] of Object.entries(ANSWERS)) {
    next = answer;
    for (const failMode of ["closed", "open"])
      assert.deepEqual(await released(new IntervenClient({ env: {}, gatewayUrl, failMode }), { text: "hello" }), {}, name);
  }
});

test("W1, W4: a gateway that is away releases nothing when closed, and what is local when open", async (t) => {
  let next;
  const { gatewayUrl } = await scriptedGateway(t, () => next);
  for (const answer of [undefined, [500, ALLOW], [429, ALLOW]]) {
    next = answer;
    const client = (failMode) => new IntervenClient({ env: {}, gatewayUrl, failMode, maxRetries: 0 });
    assert.deepEqual(await released(client("closed"), { text: "hello" }), {});
    const open = await released(client("open"), { text: `ssn ${ssn()}` });
    const redacted = { text: "ssn [US_SSN:1]" };
    assert.deepEqual(open, { guard: redacted, gate: redacted, scanToolCalls: redacted, scanToolUse: redacted });
    assert.deepEqual(await released(client("open"), { text: awsKey() }), {});
  }
});

test("W10, W11: what the gateway redacted is what runs", async (t) => {
  const answer = ({ body: { body } }) => {
    const inner = body.args === undefined ? { text: "[SEEN]" } : { ...body, args: { text: "[SEEN]" } };
    return [200, { ...ALLOW, decision: "SANITIZE", sanitized_body: inner }];
  };
  const { gatewayUrl } = await scriptedGateway(t, answer);
  const seen = { text: "[SEEN]" };
  const ran = await released(new IntervenClient({ env: {}, gatewayUrl }), { text: "hello" });
  assert.deepEqual(ran, { guard: seen, gate: seen, scanToolCalls: seen, scanToolUse: seen });
});

test("a gateway cannot change the shape of the arguments", async (t) => {
  let sanitized_body;
  const { gatewayUrl } = await scriptedGateway(t, () => [200, { ...ALLOW, decision: "SANITIZE", sanitized_body }]);
  const client = new IntervenClient({ env: {}, gatewayUrl });
  let ran = 0;
  const one = client.guard(async () => ran++);
  for (sanitized_body of [{ other: 1, text: "a" }, { text: { a: 1 } }, { text: ["a"] }])
    await assert.rejects(one({ text: "a" }), IntervenBlockedError);
  for (sanitized_body of [
    { args: ["a"] },
    { args: ["a", "b", "c"] },
    { args: { 0: "a", 1: "b" } },
    { a: ["a", "b"], args: ["a", "b"] },
  ])
    await assert.rejects(one("a", "b"), IntervenBlockedError);
  assert.equal(ran, 0);
});

test("W12, W13: what cannot be written or is too large is never asked about, and never runs", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, ALLOW]);
  const client = new IntervenClient({ env: {}, gatewayUrl, failMode: "open" });
  let ran = 0;
  const guarded = client.guard(async () => ran++);
  const cycle = [];
  cycle.push(cycle);
  for (const content of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    cycle,
    new Date(),
    new Set(),
    new Uint8Array(3),
    "x".repeat(2_000_000),
  ]) {
    await assert.rejects(guarded({ content }), IntervenBlockedError);
    if (typeof content === "string" || !(content instanceof Date || ArrayBuffer.isView(content)))
      assert.equal((await client.gate("POST", url, { body: { content } })).proceed, false);
  }
  const call = (text) => ({ id: "c", type: "function", function: { name: "send", arguments: text } });
  for (const text of ['{"a":1e999}', `{"a":"${"x".repeat(2_000_000)}"}`, `{"a":${"[".repeat(3_000)}${"]".repeat(3_000)}}`])
    assert.equal((await client.scanToolCalls([call(text)]))[0].effectiveArguments, null);
  assert.deepEqual([ran, requests], [0, []]);
});

test("W15: a trickling gateway does not hold a wrapper longer than its time", { timeout: 60_000 }, async (t) => {
  const { gatewayUrl } = await scriptedGateway(t, () => new Promise(() => {}));
  const client = new IntervenClient({ env: {}, gatewayUrl, timeoutMs: 100, maxRetries: 0 });
  assert.deepEqual(await released(client, { text: "hello" }), {});
});

test("W18, W19, W20: only an open approval of exactly this call releases it, and no id leads elsewhere", async (t) => {
  const state = (more) => [200, { approval_id: "approval-1", status: "approved", ...more }];
  const cases = {
    "used already": state({ status: "executed" }),
    "another approval": state({ approval_id: "approval-2" }),
    "a decision that says otherwise": state({ decision: "DENY" }),
    "a status that says otherwise": [500, state()[1]],
    "not consumed": state(),
  };
  await Promise.all(
    Object.entries(cases).map(async ([name, answer]) => {
      const { gatewayUrl } = await scriptedGateway(t, ({ path }) => {
        if (path === "/v1/scan") return [200, scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" })];
        return path.endsWith("/consume") ? [409, {}] : answer;
      });
      const client = new IntervenClient({ env: {}, gatewayUrl, pollIntervalMs: 2_500, approvalTimeoutMs: 4_000 });
      const gated = await client.gate("POST", url, { body: { text: "hello" } });
      assert.deepEqual([gated.proceed, gated.approvalWaited], [false, true], name);
    }),
  );
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [
    200,
    scanned("REQUIRE_APPROVAL", { approval_id: "../../v1/credentials/slack?x=" }),
  ]);
  assert.equal((await new IntervenClient({ env: {}, gatewayUrl }).gate("POST", url)).proceed, false);
  assert.deepEqual(
    requests.map(({ path }) => path),
    ["/v1/scan"],
  );
});

test("W20: what runs after an approval is what was scanned, whatever became of it meanwhile", async (t) => {
  const { gatewayUrl } = await scriptedGateway(t, ({ path }) => {
    if (path === "/v1/scan") return [200, scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" })];
    return [200, { approval_id: "approval-1", status: path.endsWith("/consume") ? "executed" : "approved" }];
  });
  const given = { amount: 10 };
  const onPending = () => {
    given.amount = 10_000;
  };
  const client = new IntervenClient({ env: {}, gatewayUrl, pollIntervalMs: 2_500, onPending });
  const [gated, called] = await Promise.all([
    client.gate("POST", url, { body: given }),
    client.guard(async (content) => content)(given),
  ]);
  assert.deepEqual([gated.body, called], [{ amount: 10 }, { amount: 10 }]);
});

test("a person is asked once, whatever a name suggests", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, ({ path }) => {
    if (path === "/v1/scan") return [200, scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" })];
    return [200, { approval_id: "approval-1", status: path.endsWith("/consume") ? "executed" : "approved" }];
  });
  const pending = [];
  const client = new IntervenClient({ env: {}, gatewayUrl, pollIntervalMs: 2_500 });
  const postToSlack = async (text) => text;
  assert.equal(await client.guard(postToSlack, { onPending: (one) => pending.push(one.approvalId) })("hello"), "hello");
  assert.equal(pending.length, 1);
  assert.equal(requests.filter(({ path }) => path.endsWith("/consume")).length, 1);
  const call = { id: "c", type: "function", function: { name: "send", arguments: '{"a":1}' } };
  const [later] = await client.scanToolCalls([call]);
  assert.deepEqual([later.scan.approvalId, later.effectiveArguments], ["approval-1", null]);
  const [now] = await client.scanToolCalls([call], { wait: true });
  assert.deepEqual(now.effectiveArguments, { a: 1 });
});

test("a person who is needed for one reading is needed for the call", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, ({ path, body }) => {
    const asks = body?.url?.startsWith("tool:") || body?.decision_floor === "REQUIRE_APPROVAL";
    if (path === "/v1/scan") return [200, asks ? scanned("REQUIRE_APPROVAL", { approval_id: "approval-1" }) : ALLOW];
    return [200, { approval_id: "approval-1", status: path.endsWith("/consume") ? "executed" : "denied" }];
  });
  const client = new IntervenClient({ env: {}, gatewayUrl, pollIntervalMs: 2_500 });
  const postToSlack = async () => assert.fail("it ran");
  await assert.rejects(client.guard(postToSlack)("hello"), { code: "ERR_INTERVEN_APPROVAL_DENIED" });
  assert.deepEqual(
    requests.map(({ path }) => path),
    ["/v1/scan", "/v1/scan", "/v1/approvals/approval-1/status"],
  );
});

test("W21: a URL that would have to be redacted is not one to send to", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, ALLOW]);
  const client = new IntervenClient({ env: {}, gatewayUrl });
  const value = ssn();
  assert.equal((await client.gate("POST", `${url}?ssn=${value}`, { body: { a: 1 } })).proceed, false);
  const args = JSON.stringify({ url: `${url}?ssn=${value}` });
  const [called] = await client.scanToolCalls([{ id: "c", type: "function", function: { name: "fetch_page", arguments: args } }]);
  assert.deepEqual(called.effectiveArguments, { url: `${url}?ssn=[US_SSN:1]` });
  assert.ok(!requests.some(({ raw }) => raw.includes(value)), "the value was sent to the gateway");
});

test("W27: a gateway is asked about the plain name, whatever else a name suggests", async (t) => {
  const denied = new Set();
  const { gatewayUrl, requests } = await scriptedGateway(t, ({ body }) => [
    200,
    scanned(denied.has(body.url) ? "DENY" : "ALLOW"),
  ]);
  const client = new IntervenClient({ env: {}, gatewayUrl });
  const args = JSON.stringify({ method: "GET", text: "hello" });
  const run = async () =>
    (await client.scanToolCalls([{ id: "c", type: "function", function: { name: "post_slack_message", arguments: args } }]))[0];
  assert.deepEqual((await run()).effectiveArguments, JSON.parse(args));
  assert.deepEqual(
    requests.map(({ body }) => `${body.method} ${body.url}`),
    ["POST tool://openai-assistants/post_slack_message", "POST https://slack.com/api/chat.postMessage"],
  );
  for (const url of requests.map(({ body }) => body.url)) {
    denied.clear();
    denied.add(url);
    const { scan, effectiveArguments } = await run();
    assert.deepEqual([scan.decision, effectiveArguments], ["DENY", null], url);
  }
});

test("nothing of a secret is in what a gateway sees, in what a person sees, or in an error", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, scanned("DENY")]);
  const client = new IntervenClient({ env: {}, gatewayUrl });
  const [value, mail] = [ssn(), "jo.doe@corp-mail.com"];
  const content = { note: `ssn ${value}`, list: [mail], inner: JSON.stringify({ ssn: value }) };
  const errors = [];
  await client
    .guard(async () => {})(content, value)
    .catch((error) => errors.push(error));
  const gated = await client.gate("POST", url, { body: content });
  const call = { id: "c", type: "function", function: { name: "fetch_slack", arguments: JSON.stringify({ ...content, url }) } };
  const [called] = await client.scanToolCalls([call]);
  const use = await client.scanToolUse({ type: "tool_use", id: "t", name: "type", input: { text: value } });
  const shown = JSON.stringify([requests.map(({ raw }) => raw), errors, gated, called.scan, use.scan, use.toolResult]);
  assert.ok(requests.length >= 4 && errors.length === 1);
  for (const secret of [value, mail]) assert.ok(!`${shown}${errors[0].stack}`.includes(secret), secret);
  // Nor is a hash of it, from which a short value could be found.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify({ text: value }))));
  assert.ok(!shown.includes(Buffer.from(digest.subarray(0, 6)).toString("hex")));
});
