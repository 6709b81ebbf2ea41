// This package's own clients of the older protocol, against its own gateway.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AifClient, AifMcpMiddleware } from "../../../dist/index.js";
import { fakeAwsKey, fakeSsn } from "../gateway/running.mjs";
import { AGENT, startLegacy, TOKEN } from "./signing.mjs";

const CREDENTIAL = { credentialType: "pat", credentialToken: TOKEN, scopes: ["repo"] };
const answerJson = (_incoming, response) => response.writeHead(201, { "content-type": "application/json" }).end('{"ok":true}');

async function start(t) {
  const gateway = await startLegacy(t, { answer: answerJson });
  const options = { gatewayUrl: gateway.base, agentId: AGENT, agentSecret: gateway.secret };
  return { gateway, options, client: new AifClient({ ...options, upstreams: { acme: "https://api.example.com" } }) };
}

test("AifClient: allowed, redacted, denied, held, executed once", async (t) => {
  const { gateway, client } = await start(t);
  const call = { toolName: "acme", method: "POST", urlPath: "/notes", ...CREDENTIAL };
  const allowed = await client.invoke({ ...call, body: { n: 1 } });
  assert.deepEqual([allowed.decision, allowed.upstreamResponse], ["ALLOW", { status: 201, body: { ok: true } }]);
  assert.ok(allowed.risk.signals.every((signal) => typeof signal === "string"));
  assert.equal((await client.invoke({ ...call, body: { text: fakeSsn() } })).allowed, true);
  await assert.rejects(client.invoke({ ...call, body: { text: fakeAwsKey() } }), { name: "PolicyDeniedError" });
  await assert.rejects(client.invoke({ ...call, urlPath: "/denied" }), {
    name: "PolicyDeniedError",
    reasonCodes: ["DESTRUCTIVE_ACTION"],
  });

  const held = await client.invoke({ ...call, urlPath: "/held", body: { n: 2 } });
  assert.equal(held.needsApproval, true);
  const waiting = client.waitForApproval(held.approvalId, { timeoutMs: 20_000, pollIntervalMs: 2500 });
  await gateway.admin("POST", `/v1/approvals/${held.approvalId}/approve`, {});
  assert.equal((await waiting).status, "approved");
  await assert.rejects(client.executeApproval(held.approvalId, { ...CREDENTIAL, credentialToken: "another" }), {
    reasonCodes: ["CREDENTIAL_MISMATCH"],
  });
  const before = gateway.upstream.received.length;
  assert.equal((await client.executeApproval(held.approvalId, CREDENTIAL)).decision, "ALLOW");
  await assert.rejects(client.executeApproval(held.approvalId, CREDENTIAL), { reasonCodes: ["APPROVAL_ALREADY_EXECUTED"] });
  assert.equal(gateway.upstream.received.length, before + 1);
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, `Bearer ${TOKEN}`);
});

test("AifClient: a wrong secret, a wrong clock and an unknown approval are told apart", async (t) => {
  const { gateway, options, client } = await start(t);
  const call = { toolName: "acme", method: "GET", urlPath: "/" };
  const wrong = new AifClient({ ...options, agentSecret: "wrong" });
  await assert.rejects(wrong.invoke(call), { name: "AuthenticationError" });
  const late = await startLegacy(t, { now: () => Date.now() + 120_000 });
  const stale = new AifClient({ ...options, gatewayUrl: late.base, agentSecret: late.secret });
  await assert.rejects(stale.invoke(call), { name: "ReplayRejectedError" });
  await assert.rejects(client.pollApproval(crypto.randomUUID()), { name: "GatewayError" });
  await assert.rejects(client.executeApproval(crypto.randomUUID(), CREDENTIAL), { name: "GatewayError" });
  assert.equal(gateway.upstream.received.length, 0);
});

test("AifMcpMiddleware: tools are listed and called, and what is held can be asked for again", async (t) => {
  const { gateway, options } = await start(t);
  const middleware = new AifMcpMiddleware({ ...options, ...CREDENTIAL });
  const tools = await middleware.listTools();
  const { inputSchema } = tools.find(({ name }) => name === "github_create_pull_request");
  assert.deepEqual(inputSchema.required, ["owner", "repo"]);
  const listed = await middleware.intercept({ jsonrpc: "2.0", id: "a", method: "tools/list" });
  assert.deepEqual(listed.result.tools, tools);
  const call = (id, owner, more = {}) => {
    const params = { name: "github_create_pull_request", arguments: { owner, repo: "r", title: "t", head: "h", ...more } };
    return middleware.intercept({ jsonrpc: "2.0", id, method: "tools/call", params });
  };
  const made = await call(1, "o");
  assert.deepEqual([middleware.isAllowed(made), middleware.getApprovalId(made)], [true, undefined]);
  const [first] = gateway.upstream.received;
  assert.deepEqual([first.method, first.url], ["POST", "/repos/o/r/pulls"]);
  assert.equal(first.body, '{"title":"t","head":"h","base":"main"}');
  assert.equal(first.headers.authorization, `Bearer ${TOKEN}`);
  const held = await call(2, "held");
  const id = middleware.getApprovalId(held);
  assert.deepEqual([middleware.isAllowed(held), id.length], [false, 36]);
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  assert.equal(middleware.isAllowed(await call(2, "held")), true);
  const again = await call(2, "held");
  assert.notEqual(middleware.getApprovalId(again), id);
  assert.equal(gateway.upstream.received.length, 2);
});
