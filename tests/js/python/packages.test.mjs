// The clients that are published for Python, as they are, against a gateway as it is run.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startGatewayProcess } from "../cli/process.mjs";
import { ADMIN, fakeAwsKey, fakeSsn, rawRequest, startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";
import { environment, script } from "./venv.mjs";

const { python, skip } = await environment();
const cases = [];
const inPython = (name, action) => cases.push(() => test(name, { skip }, action));

const POLICY = {
  name: "python",
  rules: [
    { rule_id: "held-path", match: { url_patterns: ["*/held*"] }, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" },
    { rule_id: "held-text", condition: { body_contains_any: ["hold this"] }, action: "REQUIRE_APPROVAL" },
  ],
};

/** A gateway process, an agent's key, and the administrator. */
async function start(t, ...more) {
  const upstream = await startUpstream(t);
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, "policy.json"), JSON.stringify(POLICY));
  const args = ["--data-dir", join(folder, "data"), "--policy", join(folder, "policy.json"), "--allow-private", upstream.host];
  const { port } = await startGatewayProcess(t, [...args, "--rate-limit", "1000", ...more], { INTERVEN_ADMIN_TOKEN: ADMIN });
  const admin = async (method, path, value) => {
    const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
    const answer = await rawRequest(port, { method, path, headers, body: value && JSON.stringify(value) });
    assert.ok(answer.status < 300, answer.text);
    return answer.json;
  };
  const { key } = await admin("POST", "/v1/keys", { agent_id: "python-agent" });
  return { gateway: `http://127.0.0.1:${port}`, admin, key, upstream };
}

const secrets = () => ({ ssn: fakeSsn(), secret: fakeAwsKey() });
const decide = (gateway, id, verb) => gateway.admin("POST", `/v1/approvals/${id}/${verb}`, {});

inPython("interven: decisions, answers and errors are those that its client knows", async (t) => {
  const gateway = await start(t);
  const limited = await start(t, "--rate-limit", "1");
  const { ssn, secret } = secrets();
  const said = await script(python, "client.py", {
    ...{ gateway: gateway.gateway, key: gateway.key, upstream: gateway.upstream.url, ssn, secret },
    ...{ limited: limited.gateway, limited_key: limited.key },
  });
  assert.deepEqual([said.health, said.unhealthy], [true, false]);
  assert.deepEqual(said.allowed_is, [true, false, false, false]);
  for (const name of ["allowed", "empty", "sanitized", "denied", "held"]) {
    const { decision, risk_score: score, risk_band: band, reason_codes: reasons, trace_id: trace, raw } = said[name];
    assert.deepEqual([typeof score, Array.isArray(reasons), trace.length], ["number", true, 36], name);
    assert.ok(["LOW", "MEDIUM", "HIGH", "CRITICAL"].includes(band), name);
    for (const field of ["tool_name", "operation"]) assert.equal(typeof raw[field], "string", field);
    for (const field of ["classifications", "signals"]) assert.ok(Array.isArray(raw[field]), field);
    assert.equal(raw.decision, decision);
  }
  const decisions = ["allowed", "empty", "sanitized", "denied", "held"].map((name) => said[name].decision);
  assert.deepEqual(decisions, ["ALLOW", "ALLOW", "SANITIZE", "DENY", "REQUIRE_APPROVAL"]);
  const { text, n } = said.sanitized.sanitized_body;
  assert.deepEqual([text.includes(ssn), n], [false, 1]);
  assert.deepEqual([said.denied_blocked, said.denied.sanitized_body, said.denied.approval_id], [true, null, null]);
  assert.deepEqual(
    [said.held_needs, said.held.raw.approval_url],
    [true, `${gateway.gateway.replace("127.0.0.1", "localhost")}/#approval=${said.held.approval_id}`],
  );

  const { status, decision, decided_at: decided, remaining_seconds: left, error } = said.pending;
  assert.deepEqual(
    [said.pending.approval_id, status, decision, decided, error],
    [said.held.approval_id, "pending", null, null, null],
  );
  assert.ok(Number.isInteger(left) && left > 3500);
  assert.equal(new Date(said.pending.expires_at).toISOString(), said.pending.expires_at);
  assert.deepEqual([typeof said.pending.poll_guidance, said.pending.retry_guidance], ["string", null]);
  assert.deepEqual([said.too_fast.status, said.unknown_approval.status], ["unknown", "unknown"]);

  assert.ok(said.response.data_classes.includes("PII"));
  assert.equal(said.response.fields_redacted_count, 1);
  assert.equal(typeof said.response.content_fingerprint, "string");
  assert.deepEqual([said.response_text.data_classes, said.response_list.data_classes], [[], []]);
  assert.equal(said.no_such_trace.error, "GatewayError");
  for (const name of ["wrong_key", "wrong_key_response"]) assert.equal(said[name].error, "AuthenticationError", name);
  for (const name of ["too_large", "far_too_large"]) assert.equal(said[name].error, "PayloadTooLargeError", said[name].message);
  assert.equal(said.bad_url.error, "GatewayError");
  assert.match(said.bad_url.message, /'url' must be absolute/);
  const [first, second] = said.rate_limited;
  assert.deepEqual([first.returned.decision, second.error], ["ALLOW", "GatewayError"]);
  assert.match(second.message, /returned 429.*RATE_LIMITED/);
  assert.equal(gateway.upstream.received.length, 0);
});

inPython("interven: a person decides while its client waits", async (t) => {
  const gateway = await start(t);
  // The command has no option for the time that people have.
  const expiring = await startRunning(t, { policy: POLICY, lifetimes: { pendingMs: 2000 } });
  const { key } = (await expiring.admin("POST", "/v1/keys", { agent_id: "python-agent" })).json;
  const decisions = {
    ...{ approve: "approve", deny: "deny", settle: "deny", gate_approve: "approve", gate_deny: "deny" },
  };
  const act = async (value) => {
    const [[name, id]] = Object.entries(value);
    const verb = name.endsWith("_waits") && decisions[name.slice(0, -6)];
    if (verb) await decide(gateway, id, verb);
  };
  const said = await script(
    python,
    "approvals.py",
    {
      ...{ gateway: gateway.gateway, key: gateway.key, upstream: gateway.upstream.url, ...secrets() },
      ...{ expiring: expiring.base, expiring_key: key },
    },
    act,
  );
  const { status, decision, decided_at: decided, approval_id: id } = said.approve.returned;
  assert.deepEqual([status, decision, id], ["approved", "ALLOW", said.approve_waits]);
  assert.equal(new Date(decided).toISOString(), decided);
  assert.deepEqual([said.again.decision, said.again.reason_codes.includes("RECENT_APPROVAL_GRANT")], ["ALLOW", true]);
  assert.equal(said.deny.error, "ApprovalDeniedError");
  assert.equal(said.expire.error, "ApprovalExpiredError");
  assert.deepEqual([said.gate_expire.proceed, said.gate_expire.blocked_reason], [false, "Approval expired (no response)"]);
  assert.equal(said.timeout.error, "ApprovalTimeoutError");
  assert.deepEqual([said.settle.returned.status, said.settle.returned.decision], ["denied", "DENY"]);
  assert.deepEqual([said.gate_approve.proceed, said.gate_approve.approval_waited], [true, true]);
  assert.deepEqual([said.gate_deny.proceed, said.gate_deny.blocked_reason], [false, "Denied by analyst"]);
  assert.deepEqual(
    [said.gate_allow.proceed, said.gate_allow.decision, said.gate_allow.body],
    [true, "ALLOW", { name: "gate_allow" }],
  );
  assert.deepEqual([said.gate_sanitize.proceed, said.gate_sanitize.body.text === fakeSsn()], [true, false]);
  assert.deepEqual([said.gate_block.proceed, said.gate_block.decision], [false, "DENY"]);
  assert.deepEqual([said.guard_allow, said.guard_called], ["posted to general", 1]);
  assert.match(said.guard_block, /Action blocked by security policy: Denied by policy/);
});

inPython("interven-langchain, -openai-assistants and -computer-use act as the gateway decides", async (t) => {
  const gateway = await start(t);
  const { ssn, secret } = secrets();
  const said = await script(python, "frameworks.py", { gateway: gateway.gateway, key: gateway.key, ssn, secret });
  assert.deepEqual([said.wrapped_allow.returned, said.callback_allow.returned], ["noted hello", "noted hello"]);
  for (const name of ["wrapped_block", "callback_block"]) {
    assert.equal(said[name].error, "InterventBlockedError");
    assert.match(said[name].message, /Tool 'note' blocked: SECRET_DETECTED/);
  }
  for (const name of ["wrapped_held", "callback_held"]) {
    assert.equal(said[name].error, "InterventBlockedError");
    assert.match(said[name].message, /approvals\/[0-9a-f-]{36}$/);
  }
  assert.ok(said.wrapped_sanitize.returned.startsWith("noted [") && !said.wrapped_sanitize.returned.includes(ssn));
  assert.deepEqual([said.ran.length, said.callback_ran], [2, 1]);
  assert.deepEqual(
    said.custom_node.map(({ decision, sanitized_body: body }) => [decision, body !== null]),
    [
      ["ALLOW", false],
      ["SANITIZE", true],
      ["DENY", false],
    ],
  );

  const decided = said.assistants.map(({ scan }) => [scan.decision, scan.raw.tool_name, scan.raw.operation]);
  assert.deepEqual(decided, [
    ["ALLOW", "slack", "post_message"],
    ["SANITIZE", "openai-assistants", "note"],
    ["DENY", "openai-assistants", "note"],
    ["REQUIRE_APPROVAL", "openai-assistants", "note"],
    ["ALLOW", "openai-assistants", "note"],
  ]);
  assert.deepEqual(
    [said.assistants[1].arguments.text.includes(ssn), said.assistants[4].arguments],
    [false, { input: "no JSON" }],
  );
  assert.match(said.assistants_url, /#approval=[0-9a-f-]{36}$/);

  const verdicts = Object.entries(said.verdicts).map(([name, { decision, proceed }]) => [name, decision, proceed]);
  assert.deepEqual(verdicts, [
    ["screenshot", "ALLOW", true],
    ["bash", "ALLOW", true],
    ["typed", "SANITIZE", true],
    ["leak", "DENY", false],
    ["held", "REQUIRE_APPROVAL", false],
  ]);
  for (const { risk_score: score, risk_band: band, trace_id: trace } of Object.values(said.verdicts))
    assert.deepEqual([typeof score, typeof band, trace.length], ["number", "string", 36]);
  assert.deepEqual(
    Object.values(said.results).map(({ is_error: error = false }) => error),
    [false, false, false, true, true],
  );
  assert.deepEqual(said.executed, ["computer", "bash", "computer"]);
  assert.deepEqual([said.wrong_key.decision, said.wrong_key.proceed], ["FAIL_CLOSED", false]);
  assert.match(said.wrong_key.reason, /HTTP 401/);
});

/** What a service that is called through the gateway would answer. */
const echo = (incoming, response, body) => {
  response.setHeader("content-type", "application/json");
  response.writeHead(incoming.method === "POST" ? 201 : 200);
  response.end(JSON.stringify({ ok: true, received: body.length }));
};

inPython("interven: tools are called with credentials that the agent never sees", async (t) => {
  const upstream = await startUpstream(t, echo);
  const places = ["slack", "github", "gdrive"].flatMap((tool) => ["--tool-url", `${tool}=${upstream.url}/${tool}`]);
  const gateway = await start(t, "--allow-private", upstream.host, ...places);
  for (const tool of ["slack", "github", "gdrive"])
    await gateway.admin("PUT", `/v1/credentials/${tool}`, { credential: `held-for-${tool}-by-the-gateway` });
  const { ssn, secret } = secrets();
  const act = ({ pending }) => pending && decide(gateway, pending.approval_id, "approve");
  const input = { gateway: gateway.gateway, key: gateway.key, upstream: upstream.url, ssn, secret };
  const said = await script(python, "tools.py", input, act);
  assert.deepEqual(said.allowed_is, [true, false, false, false]);
  assert.deepEqual([said.sanitized_is, said.denied_is, said.held_is], [true, true, true]);
  for (const name of ["allowed", "sanitized", "pull", "file", "share", "http", "escape", "after"]) {
    const { decision, upstream_status: status, upstream_body: body, risk_score: score, trace_id: trace } = said[name];
    assert.ok(["ALLOW", "SANITIZE"].includes(decision), name);
    assert.deepEqual([[200, 201].includes(status), body.ok, typeof score, trace.length], [true, true, "number", 36], name);
  }
  for (const name of ["denied", "held"]) assert.deepEqual([said[name].upstream_status, said[name].upstream_body], [null, null]);
  assert.match(said.held.approval_url, /#approval=/);
  assert.equal(said.approved.status, "approved");
  assert.equal(said.wrong_key.error, "AuthenticationError");
  assert.equal(said.unknown.returned.decision, "");
  const paths = upstream.received.map(({ method, url }) => `${method} ${url}`);
  assert.deepEqual(paths, [
    ...Array(3).fill("POST /slack/chat.postMessage"),
    "POST /github/repos/o/r/pulls",
    "PUT /github/repos/o/r/contents/docs/a%20b.md",
    "POST /gdrive/files/f1/permissions",
    "POST /plain",
    "GET /slack/conversations.list?limit=5",
  ]);
  assert.equal(upstream.received[0].headers.authorization, "Bearer held-for-slack-by-the-gateway");
  assert.ok(!upstream.received.some(({ body }) => body.includes(ssn) || body.includes(secret)));
  assert.ok(!JSON.stringify(said).includes("by-the-gateway"));
});

inPython("interven: the older protocol, with secrets, executions and MCP", async (t) => {
  const upstream = await startUpstream(t, echo);
  const gateway = await start(t, "--legacy-hmac", "--allow-private", upstream.host, "--tool-url", `github=${upstream.url}`);
  const agent = "00000000-0000-4000-8000-000000000010";
  const { secret: agentSecret } = await gateway.admin("POST", `/v1/agents/${agent}/hmac-secret`, {});
  const { ssn, secret } = secrets();
  const decisions = { held_waits: "approve", refused_waits: "deny", mcp_waits: "approve", second_waits: "approve" };
  const act = async (value) => {
    const [[name, id]] = Object.entries(value);
    if (decisions[name]) await decide(gateway, id, decisions[name]);
  };
  const token = "credential-of-the-agent-4711";
  const input = { gateway: gateway.gateway, agent, agent_secret: agentSecret, token, ssn, secret };
  const said = await script(python, "legacy.py", input, act);

  const {
    decision,
    risk,
    matched_policies: policies,
    reason_codes: reasons,
    upstream_response: answer,
    http_status: status,
  } = said.allowed;
  assert.deepEqual(
    [decision, policies, reasons, answer, status],
    ["ALLOW", [], [], { status: 201, body: { ok: true, received: 17 } }, 200],
  );
  assert.deepEqual([typeof risk.score, risk.band], ["number", "LOW"]);
  for (const signal of risk.signals) assert.deepEqual([typeof signal.name, typeof signal.contribution], ["string", "number"]);
  assert.deepEqual([said.read.decision, said.sanitized.decision, said.denied.decision], ["ALLOW", "SANITIZE", "DENY"]);
  assert.deepEqual([said.denied.upstream_response, typeof said.denied.error], [null, "string"]);
  assert.equal(said.raised_on_deny.error, "PolicyDeniedError");
  const [first] = upstream.received;
  assert.deepEqual(
    [first.url, first.headers.authorization, first.headers["x-kept"]],
    ["/repos/o/r/issues", `Bearer ${token}`, "yes"],
  );

  const { held, pending } = said;
  assert.deepEqual([held.decision, held.approval_id.length, held.http_status], ["REQUIRE_APPROVAL", 36, 202]);
  assert.deepEqual(held.matched_policies, [{ policy_id: "python", rule_ids: ["held-text"], policy_version: null }]);
  assert.deepEqual(
    [pending.status, pending.error, typeof pending.poll_guidance, typeof pending.retry_guidance],
    ["pending", null, "string", "string"],
  );
  assert.deepEqual([said.early.decision, said.approved.status], ["REQUIRE_APPROVAL", "approved"]);
  assert.deepEqual([said.other_credential.decision, said.other_credential.reason_codes], ["DENY", ["CREDENTIAL_MISMATCH"]]);
  assert.deepEqual([said.executed.decision, said.executed.upstream_response.status], ["ALLOW", 201]);
  assert.deepEqual([said.twice.decision, said.twice.reason_codes], ["DENY", ["APPROVAL_ALREADY_EXECUTED"]]);
  assert.equal(said.refused.error, "ApprovalDeniedError");

  assert.equal(said.wrong_secret.error, "AuthenticationError");
  assert.equal(said.too_large.error, "PayloadTooLargeError");
  assert.deepEqual([said.no_tool.returned.decision, said.no_tool.returned.http_status], [null, 400]);
  assert.deepEqual(
    [said.stale.error, said.replayed_raises.error, said.replayed.status],
    ["ReplayRejectedError", "ReplayRejectedError", 400],
  );

  assert.ok(said.tools.some(({ name, description }) => name === "github_create_pull_request" && typeof description === "string"));
  assert.deepEqual(said.listed.result.tools, said.tools);
  const { allowed, approval, answer: mcp } = said.mcp_allowed;
  assert.deepEqual([allowed, approval, mcp.id, mcp.result.isError], [true, null, 2, false]);
  assert.equal(JSON.parse(mcp.result.content[0].text).ok, true);
  assert.deepEqual([said.mcp_replayed.allowed, /replay/i.test(said.mcp_replayed.answer.error)], [false, true]);
  assert.deepEqual([said.mcp_sanitized.allowed, said.mcp_denied.allowed, said.mcp_denied.approval], [true, false, null]);
  assert.deepEqual([said.mcp_held.allowed, said.mcp_held.approval], [false, said.mcp_held_again.approval]);
  assert.deepEqual([said.mcp_after.allowed, said.mcp_twice.allowed], [true, false]);
  assert.deepEqual([said.mcp_executed.decision, said.mcp_executed.upstream_response.status], ["ALLOW", 201]);
  assert.equal(said.mcp_wrong_secret.allowed, false);
  assert.equal(said.mcp_no_tool.error.code, -32602);
  const pulls = upstream.received.filter(({ url }) => url === "/repos/o/r/pulls");
  assert.equal(pulls.length, 4);
  assert.ok(pulls.every(({ headers }) => headers.authorization === `Bearer ${token}`));
  assert.ok(!upstream.received.some(({ body }) => body.includes(ssn) || body.includes(secret)));
});

// Most of their time they wait.
describe("the published Python packages", { concurrency: true }, () => {
  for (const define of cases) define();
});
