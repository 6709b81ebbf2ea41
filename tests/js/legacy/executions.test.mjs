import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startGatewayProcess } from "../cli/process.mjs";
import {
  ADMIN,
  fakeSsn,
  fakeToken,
  manualClock,
  rawRequest,
  startUpstream,
  temporaryDirectory,
  until,
} from "../gateway/running.mjs";
import { AGENT, HOLD, IDENTITY, requests, sign, startLegacy, TOKEN } from "./signing.mjs";

const approve = (gateway, id) => gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
const hold = async (gateway, request, more) => {
  const answer = await gateway.invoke({ url_path: "/held", body: { n: 1 }, ...request }, more);
  assert.deepEqual([answer.status, answer.json.decision], [202, "REQUIRE_APPROVAL"], answer.text);
  return answer.json.approval_id;
};
/** Headers by which an execution is signed. */
const signed = (text, secret, agent = AGENT) => ({
  "x-aif-agent-id": agent,
  "x-aif-timestamp": new Date().toISOString(),
  "x-aif-signature": sign(text, secret),
});

test("an approved call is made once, exactly as it was approved", async (t) => {
  const now = Date.now();
  const gateway = await startLegacy(t, { now: () => now });
  const id = await hold(gateway, { body: { text: `number ${fakeSsn()}` }, headers: { "x-kept": "yes" } });
  const early = await gateway.execute(id);
  assert.deepEqual([early.status, early.json.decision, early.json.approval_id], [202, "REQUIRE_APPROVAL", id]);
  const { status, json } = await gateway.status(id);
  assert.deepEqual([status, json.status, json.decision, json.remaining_seconds > 3000], [200, "pending", null, true]);
  assert.deepEqual([typeof json.poll_guidance, typeof json.retry_guidance, "edited_body" in json], ["string", "string", false]);
  assert.equal((await gateway.status(id)).status, 429);
  assert.equal((await approve(gateway, id)).status, 200);

  const executed = await gateway.execute(id);
  assert.deepEqual([executed.status, executed.json.decision], [200, "SANITIZE"], executed.text);
  assert.equal(executed.json.upstream_response.body, "upstream says hello");
  const [received] = gateway.upstream.received;
  assert.ok(received.body.startsWith('{"text":"number [') && !received.body.includes(fakeSsn()), received.body);
  assert.deepEqual([received.headers["x-kept"], received.headers.authorization], ["yes", `Bearer ${TOKEN}`]);
  for (const again of [await gateway.execute(id), await gateway.execute(id)])
    assert.deepEqual([again.status, again.json.decision, again.json.reason_codes], [403, "DENY", ["APPROVAL_ALREADY_EXECUTED"]]);
  assert.equal(gateway.upstream.received.length, 1);
  assert.equal((await gateway.admin("GET", `/v1/approvals?status=pending`)).json.approvals.length, 0);
  const kinds = (await gateway.store.readTrace((await gateway.admin("GET", "/v1/approvals")).json.approvals[0].trace_id)).map(
    ({ kind }) => kind,
  );
  assert.deepEqual(kinds, ["approval.requested", "decision", "approval.approved", "approval.executed", "decision", "response"]);
});

test("of 50 that execute at once one does", async (t) => {
  const gateway = await startLegacy(t, { answer: (_incoming, response) => setTimeout(() => response.end("done"), 50) });
  const id = await hold(gateway);
  await approve(gateway, id);
  const racers = await Promise.all(Array.from({ length: 50 }, () => gateway.execute(id)));
  assert.deepEqual(racers.map(({ status }) => status).sort(), [200, ...Array(49).fill(403)]);
  const reasons = new Set(racers.filter(({ status }) => status === 403).flatMap(({ json }) => json.reason_codes));
  assert.ok(
    [...reasons].every((code) => ["APPROVAL_ALREADY_EXECUTED", "OUTCOME_UNKNOWN"].includes(code)),
    [...reasons].join(),
  );
  assert.equal(gateway.upstream.received.length, 1);
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 0);
});

test("asking again and executing at once make one call, and nobody is asked again", async (t) => {
  const gateway = await startLegacy(t);
  for (let round = 0; round < 5; round++) {
    const body = { round };
    const id = await hold(gateway, { body });
    await approve(gateway, id);
    const before = gateway.upstream.received.length;
    await Promise.all([gateway.execute(id), gateway.execute(id), gateway.invoke({ url_path: "/held", body })]);
    assert.equal(gateway.upstream.received.length, before + 1);
  }
  // Whoever asks anew after the approval was used asks for another one.
  const id = await hold(gateway);
  await approve(gateway, id);
  assert.equal((await gateway.invoke({ url_path: "/held", body: { n: 1 } })).status, 200);
  assert.deepEqual((await gateway.execute(id)).json.reason_codes, ["APPROVAL_ALREADY_EXECUTED"]);
});

test("only whoever has asked for a call executes it", async (t) => {
  const gateway = await startLegacy(t);
  const other = await gateway.secretOf("another");
  const id = await hold(gateway);
  await approve(gateway, id);
  for (const identity of [
    { ...IDENTITY, credential_token: "another" },
    { ...IDENTITY, credential_type: "bearer" },
    { credential_type: "none", credential_token: "", scopes: [] },
    {},
  ]) {
    const answer = await gateway.execute(id, identity);
    assert.deepEqual([answer.status, answer.json.reason_codes], [403, ["CREDENTIAL_MISMATCH"]], JSON.stringify(identity));
  }
  const text = JSON.stringify(IDENTITY);
  const cases = [
    [signed(text, other, "another"), 404],
    [signed(text, other), 401],
    [signed(`${text} `, gateway.secret), 401],
    [{ "x-aif-agent-id": AGENT }, 401],
    [{ "x-aif-signature": sign(text, gateway.secret) }, 401],
    [{ ...signed(text, gateway.secret), "x-aif-timestamp": "2020-01-01T00:00:00.000Z" }, 400],
  ];
  for (const [headers, status] of cases) {
    const answer = await gateway.execute(id, IDENTITY, headers);
    assert.deepEqual([answer.status, "upstream_response" in answer.json], [status, false], JSON.stringify(headers));
  }
  for (const wrong of ["x", "..%2f..%2fv1%2fkeys", crypto.randomUUID(), `${id}x`, id.toUpperCase()])
    assert.ok([400, 404].includes((await gateway.execute(wrong)).status), wrong);
  assert.equal(gateway.upstream.received.length, 0);
  assert.equal((await gateway.execute(id, IDENTITY, signed(text, gateway.secret))).status, 200);
});

test("a call without a credential is executed by its agent's signature alone", async (t) => {
  const gateway = await startLegacy(t);
  const id = await hold(gateway, {}, { identity_context: { credential_type: "none", credential_token: "", scopes: [] } });
  await approve(gateway, id);
  const none = { credential_type: "none", credential_token: "", scopes: [] };
  const refused = await gateway.execute(id, none);
  assert.deepEqual([refused.status, refused.json.error_code], [401, "SIGNATURE_REQUIRED"]);
  assert.equal((await gateway.execute(id, IDENTITY)).status, 401);
  assert.equal((await gateway.execute(id, IDENTITY, signed(JSON.stringify(IDENTITY), gateway.secret))).status, 403);
  assert.equal((await gateway.execute(id, none, signed(JSON.stringify(none), gateway.secret))).status, 200);
  assert.equal(gateway.upstream.received[0].headers.authorization, undefined);
});

test("what was denied, has expired or was asked for elsewhere is not executed", async (t) => {
  const clock = manualClock();
  const gateway = await startLegacy(t, { now: clock.now });
  const at = () => ({ ts: new Date(clock.time).toISOString() });
  const denied = await hold(gateway, { body: { n: 1 } }, at());
  await gateway.admin("POST", `/v1/approvals/${denied}/deny`, {});
  assert.deepEqual((await gateway.execute(denied)).json.reason_codes, ["APPROVAL_DENIED"]);
  assert.equal(await gateway.store.legacy.heldCalls.find(denied), undefined);

  const [undecided, unused] = [await hold(gateway, { body: { n: 2 } }, at()), await hold(gateway, { body: { n: 3 } }, at())];
  await approve(gateway, unused);
  clock.advance(600_001);
  assert.deepEqual((await gateway.execute(unused)).json.reason_codes, ["APPROVAL_EXPIRED"]);
  clock.advance(3_600_001);
  assert.deepEqual((await gateway.execute(undecided)).json.reason_codes, ["APPROVAL_EXPIRED"]);
  for (const id of [unused, undecided]) {
    assert.equal(await gateway.store.legacy.heldCalls.find(id), undefined);
    assert.equal((await gateway.status(id)).json.status, "expired");
  }

  const url = `${gateway.upstream.url}/held`;
  const scanned = (await gateway.scan({ method: "POST", url, body: {} })).json.approval_id;
  await approve(gateway, scanned);
  assert.deepEqual((await gateway.execute(scanned)).json.reason_codes, ["CALL_NOT_HELD"]);
  assert.equal(gateway.upstream.received.length, 0);
});

test("a gateway that is killed in the middle of a call says that it does not know", async (t) => {
  const directory = temporaryDirectory(t);
  // The first call is never answered.
  const upstream = await startUpstream(t, (_incoming, response) => upstream.received.length > 1 && response.end("done"));
  const policy = join(directory, "policy.json");
  writeFileSync(policy, JSON.stringify(HOLD));
  const start = async () => {
    const places = ["--allow-private", upstream.host, "--tool-url", `acme=${upstream.url}`, "--policy", policy];
    const args = ["--legacy-hmac", "--data-dir", join(directory, "data"), ...places];
    const { port, stop } = await startGatewayProcess(t, args, { INTERVEN_ADMIN_TOKEN: ADMIN });
    const call = (method, path, { headers, body } = {}) => rawRequest(port, { method, path, headers, body });
    const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN}` };
    return { call, stop, admin: (method, path, body) => call(method, path, { headers, body: JSON.stringify(body) }) };
  };
  const first = await start();
  const { secret } = (await first.admin("POST", `/v1/agents/${AGENT}/hmac-secret`, {})).json;
  const agent = requests(first, secret);
  const [begun, held] = [await hold(agent, { body: { n: 1 } }), await hold(agent, { body: { n: 2 } })];
  for (const id of [begun, held]) await approve(first, id);
  const cut = agent.execute(begun).catch(() => "cut");
  await until(() => upstream.received.length > 0, 5);
  await first.stop("SIGKILL");
  assert.equal(await cut, "cut");

  const after = requests(await start(), secret);
  const unknown = await after.execute(begun);
  assert.deepEqual([unknown.status, unknown.json.decision, unknown.json.reason_codes], [403, "DENY", ["OUTCOME_UNKNOWN"]]);
  const { status, retry_guidance: guidance } = (await after.status(begun)).json;
  assert.equal(status, "executed");
  assert.match(guidance, /not known/);
  assert.equal(upstream.received.length, 1);
  // What was not begun is still there to be made.
  assert.equal((await after.execute(held)).status, 200);
  assert.equal(upstream.received[1].body, '{"n":2}');
});

test("a policy that has become stricter stops what was approved", async (t) => {
  const directory = temporaryDirectory(t);
  const first = await startLegacy(t, { dataDir: directory });
  const id = await hold(first);
  await approve(first, id);
  await first.close();
  const policy = { name: "no", rules: [{ rule_id: "no", match: { url_patterns: ["*/held*"] }, action: "DENY" }] };
  const second = await startLegacy(t, { dataDir: directory, policy, toolUrls: { acme: first.upstream.url } });
  const answer = await second.execute(id);
  assert.deepEqual([answer.status, answer.json.decision], [403, "DENY"]);
  assert.equal(first.upstream.received.length, 0);
});

test("no credential, secret or call of an agent can be read in what is kept or told", async (t) => {
  const gateway = await startLegacy(t, { storeBodies: "redacted" });
  const marker = "a-word-of-the-body-that-nobody-keeps";
  const id = await hold(gateway, {
    url_path: "/held/x",
    headers: { "x-of-the-call": "header-that-nobody-keeps" },
    body: { marker },
  });
  await gateway.execute(id, { ...IDENTITY, credential_token: `${TOKEN}x` });
  await gateway.send(gateway.invocation({}, { identity_context: { credential_token: `${TOKEN}\n` } }));
  await approve(gateway, id);
  const row = await gateway.store.legacy.heldCalls.find(id);
  assert.match(row.sealed, /^v1\./);
  assert.equal((await gateway.execute(id)).status, 200);
  await gateway.invoke({ body: {} });
  await gateway.close();
  const files = readdirSync(gateway.directory, { recursive: true }).map((name) => readFileSync(join(gateway.directory, name)));
  const kept = Buffer.concat(files).toString("latin1") + JSON.stringify(gateway.log);
  for (const text of [TOKEN, gateway.secret, gateway.secret.slice(8)]) {
    assert.ok(!kept.includes(text));
    assert.ok(!kept.includes(Buffer.from(text).toString("base64").replace(/=+$/, "").slice(2, -2)));
  }
});

test("an approval is for the credential that a person was shown: the agent's own, the gateway's, or none", async (t) => {
  const gateway = await startLegacy(t);
  const none = { identity_context: { credential_type: "none" } };
  const request = { url_path: "/held", body: { n: 1 } };
  const bare = await gateway.call("POST", `/proxy/${gateway.upstream.url}/held`, {
    headers: { "content-type": "application/json", "accept-encoding": "identity", "x-interven-agent-id": AGENT },
    body: JSON.stringify(request.body),
  });
  const own = await hold(gateway, request);
  assert.notEqual(own, bare.json.approval_id);
  for (const id of [bare.json.approval_id, own]) assert.equal((await approve(gateway, id)).status, 200);
  assert.equal((await gateway.admin("PUT", "/v1/credentials/acme", { credential: fakeToken("held") })).status, 201);
  const held = await hold(gateway, request, none);
  assert.ok(![bare.json.approval_id, own].includes(held));
  assert.equal((await gateway.execute(own, {})).status, 403);
  assert.equal(gateway.upstream.received.length, 0);
  const { preview } = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals[0];
  assert.ok(preview.headers.some(([, value]) => value === "[credential of the gateway: acme]"));
});
