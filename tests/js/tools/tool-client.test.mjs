// `client.tools` against a gateway that makes the calls.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprovalDeniedError, GatewayError, IntervenBlockedError, IntervenClient } from "../../../dist/index.js";
import { startHolding } from "../gateway/holding.mjs";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK } from "../gateway/running.mjs";

async function started(t, options = {}) {
  const { client: own, ...rest } = options;
  const holding = await startHolding(t, { tools: ["slack", "github", "gdrive", "jira"], ...rest });
  const apiKey = (await holding.admin("POST", "/v1/keys", { agent_id: "agent-1" })).json.key;
  const client = new IntervenClient({ env: {}, gatewayUrl: holding.base, apiKey, pollIntervalMs: 2500, ...own });
  return { ...holding, client };
}

test("every tool of the client is made by the gateway", async (t) => {
  const { client, upstream, credentials } = await started(t, { client: { allowPrivate: ["127.0.0.1"] } });
  const { tools } = client;
  const made = await tools.slack.postMessage({ channel: "#ops", text: "deployed" });
  assert.deepEqual(
    [made.decision, made.toolName, made.operation, made.upstream, made.approvalWaited],
    ["ALLOW", "slack", "post_message", { status: 200, body: { ok: true } }, false],
  );
  await tools.github.createPullRequest({ owner: "o", repo: "r", title: "t", head: "h" });
  await tools.github.updateFile({ owner: "o", repo: "r", path: "a/b.md", message: "m", content: "aGVsbG8=" });
  await tools.gdrive.shareFile({ fileId: "f", role: "reader", type: "user", emailAddress: "jo@example.com" });
  const asked = await tools.http.request({ url: `${upstream.url}/x`, method: "PUT", body: { a: 1 }, headers: { "x-a": "b" } });
  assert.equal(asked.toolName, "custom_proxy");
  await tools.call("jira", "get_issue", { issue: "OPS-1", fields: "summary" });
  await tools.call("slack", "list_channels");
  assert.deepEqual(
    upstream.received.map(({ method, url, body }) => [method, url, body]),
    [
      ["POST", "/slack/chat.postMessage", '{"channel":"#ops","text":"deployed"}'],
      ["POST", "/github/repos/o/r/pulls", '{"base":"main","title":"t","head":"h"}'],
      ["PUT", "/github/repos/o/r/contents/a/b.md", '{"message":"m","content":"aGVsbG8="}'],
      ["POST", "/gdrive/files/f/permissions", '{"role":"reader","type":"user","emailAddress":"jo@example.com"}'],
      ["PUT", "/x", '{"a":1}'],
      ["GET", "/jira/rest/api/3/issue/OPS-1?fields=summary", ""],
      ["GET", "/slack/conversations.list", ""],
    ],
  );
  const sent = upstream.received.map(({ headers }) => headers.authorization);
  const { slack, github, gdrive, jira } = credentials;
  const bearer = (text) => `Bearer ${text}`;
  assert.deepEqual(sent, [
    bearer(slack),
    bearer(github),
    bearer(github),
    bearer(gdrive),
    undefined,
    `Basic ${jira}`,
    bearer(slack),
  ]);
});

test("a call that waits for a person is made once, when it is approved", async (t) => {
  let pending;
  const asked = new Promise((resolve) => (pending = resolve));
  const { client, upstream, admin } = await started(t, { policy: HOLD_LOOPBACK, client: { onPending: pending } });
  const waiting = client.tools.slack.postMessage({ channel: "#ops", text: `ssn ${fakeSsn()}` });
  const { approvalId } = await asked;
  assert.equal(upstream.received.length, 0);
  const [approval] = (await admin("GET", "/v1/approvals?status=pending")).json.approvals;
  assert.deepEqual([approval.approval_id, approval.agent_id], [approvalId, "agent-1"]);
  assert.equal((await admin("POST", `/v1/approvals/${approvalId}/approve`, { note: "fine" })).status, 200);
  const made = await waiting;
  assert.deepEqual([made.approvalWaited, made.decision, made.upstream.status], [true, "SANITIZE", 200]);
  assert.ok(made.reasonCodes.includes("RECENT_APPROVAL_GRANT"));
  assert.deepEqual(
    upstream.received.map(({ body }) => body),
    [approval.preview.body],
  );
  assert.ok(!upstream.received[0].body.includes(fakeSsn()));
  assert.equal((await admin("GET", "/v1/approvals")).json.approvals[0].status, "executed");
});

test("a denial, a failure and a missing credential are errors", async (t) => {
  let pending;
  const asked = new Promise((resolve) => (pending = resolve));
  const { client, upstream, admin } = await started(t, { policy: HOLD_LOOPBACK, client: { onPending: pending } });
  const refused = assert.rejects(client.tools.slack.postMessage({ text: "a" }), ApprovalDeniedError);
  await admin("POST", `/v1/approvals/${(await asked).approvalId}/deny`, {});
  await refused;
  await assert.rejects(client.tools.slack.postMessage({ text: "a" }), IntervenBlockedError);
  await assert.rejects(client.tools.call("notion", "search", {}), GatewayError);
  await assert.rejects(client.tools.call("slack", "no_such", {}), GatewayError);
  await assert.rejects(client.tools.http.request({ url: "http://127.0.0.1:1/" }), IntervenBlockedError);
  await assert.rejects(client.tools.slack.postMessage({ text: fakeAwsKey() }), IntervenBlockedError);
  assert.equal(upstream.received.length, 0);
  const gone = await started(t, { answer: (_incoming, response) => response.destroy() });
  await assert.rejects(gone.client.tools.slack.postMessage({ text: "a" }), /whether it was made is not known/);
});
