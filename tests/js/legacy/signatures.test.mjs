import assert from "node:assert/strict";
import { test } from "node:test";
import { openSqliteStore } from "../../../dist/gateway/index.js";
import { run, startGatewayProcess } from "../cli/process.mjs";
import { ADMIN, manualClock, rawRequest, startUpstream, temporaryDirectory, until } from "../gateway/running.mjs";
import { AGENT, requests, sign, startLegacy } from "./signing.mjs";

test("nothing is believed but the signature of exactly these bytes", async (t) => {
  const gateway = await startLegacy(t);
  const other = await gateway.secretOf("another");
  const body = gateway.invocation({});
  const text = JSON.stringify(body);
  const right = sign(text, gateway.secret);
  const signatures = [
    ...[null, "", "x", right.slice(0, -1), `${right}=`, ` ${right} x`, right.toLowerCase(), right.replace(/.=$/, "B=")],
    ...[sign(`${text} `, gateway.secret), sign(text, other), sign(text, ""), sign("", gateway.secret)],
    Buffer.from(right, "base64").toString("hex"),
  ];
  for (const signature of signatures) {
    const headers = signature === null ? {} : { "x-aif-signature": signature };
    const answer = await gateway.call("POST", "/invoke", {
      headers: { "content-type": "application/json", ...headers },
      body: text,
    });
    assert.deepEqual([answer.status, answer.json.error_code], [401, "SIGNATURE_INVALID"], String(signature));
    assert.equal(typeof answer.json.error, "string");
  }
  // Other bytes under the right signature, and another agent's name over one's own signature.
  const changed = await gateway.send(text.replace("/notes", "/other"), { signature: right });
  assert.equal(changed.status, 401);
  const posing = { ...body, agent_context: { ...body.agent_context, agent_id: "another" } };
  assert.equal((await gateway.send(posing)).status, 401);
  const unknown = { ...body, agent_context: { ...body.agent_context, agent_id: "nobody" } };
  const refused = await gateway.send(unknown);
  assert.deepEqual([refused.status, refused.json], [401, (await gateway.send(text, { signature: "x" })).json]);
  assert.equal(gateway.upstream.received.length, 0);
  assert.equal((await gateway.send(text)).status, 200);
});

test("a request is accepted once, within a minute of its time to either side", async (t) => {
  const clock = manualClock();
  const gateway = await startLegacy(t, { now: clock.now });
  const at = (ms) => gateway.invocation({}, { ts: new Date(clock.time + ms).toISOString() });
  const replay = (answer) => answer.status === 400 && /replay/i.test(answer.json.error);
  for (const ms of [-59_000, 0, 60_000]) assert.equal((await gateway.send(at(ms))).status, 200, String(ms));
  for (const ms of [-61_000, 61_000, -3_600_000, 3_600_000, -315_360_000_000, 315_360_000_000])
    assert.ok(replay(await gateway.send(at(ms))), String(ms));
  for (const ts of [
    undefined,
    null,
    1,
    "",
    "now",
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.000+00:00",
    "2026-02-30T00:00:00.000Z",
  ])
    assert.ok(replay(await gateway.send(gateway.invocation({}, { ts }))), String(ts));

  const count = gateway.upstream.received.length;
  const text = JSON.stringify(at(30_000));
  const racers = await Promise.all(Array.from({ length: 50 }, () => gateway.send(text)));
  assert.deepEqual(racers.map(({ status }) => status).sort(), [200, ...Array(49).fill(400)]);
  assert.equal(gateway.upstream.received.length, count + 1);
  // It stays known for as long as its time would let it in.
  clock.advance(89_000);
  assert.ok(replay(await gateway.send(text)));
  clock.advance(2_000);
  assert.ok(replay(await gateway.send(text)));
  assert.equal(gateway.upstream.received.length, count + 1);
  // A header that says another time than the signed body is no help to anybody.
  const stale = { "x-aif-timestamp": new Date(clock.time).toISOString() };
  assert.ok(replay(await gateway.send(text, { headers: stale })));
});

test("what was accepted is known to the next gateway on the same store, and is not kept for longer than it matters", async (t) => {
  const directory = temporaryDirectory(t);
  const clock = manualClock();
  const first = await startLegacy(t, { dataDir: directory, now: clock.now });
  const text = JSON.stringify(first.invocation({}, { ts: new Date(clock.time).toISOString() }));
  assert.equal((await first.send(text)).status, 200);
  await first.close();
  const second = await startLegacy(t, { dataDir: directory, now: clock.now });
  // The secret is made anew by the helper; what was signed with the old one is refused for that already.
  assert.equal((await second.send(text, { key: first.secret })).status, 401);
  const anew = second.invocation({}, { ts: new Date(clock.time).toISOString() });
  assert.equal((await second.send(anew)).status, 200);
  await second.close();

  const store = await openSqliteStore(directory);
  const claim = (nonce, until, now) => store.legacy.nonces.claim("a", nonce, until, now);
  assert.equal(await claim("x", 100, 50), "taken");
  assert.equal(await claim("x", 100, 99), "known");
  assert.equal(await claim("x", 200, 100), "taken");
  assert.equal(await store.legacy.nonces.claim("b", "x", 200, 100), "taken");
  await store.legacy.nonces.release("a", "x");
  assert.equal(await claim("x", 200, 101), "taken");
  await store.close();
});

test("a request is refused by the process after one that was killed", async (t) => {
  const upstream = await startUpstream(t);
  const args = ["--data-dir", temporaryDirectory(t), "--allow-private", upstream.host, "--tool-url", `acme=${upstream.url}`];
  const environment = { INTERVEN_ADMIN_TOKEN: ADMIN, INTERVEN_LEGACY_HMAC: "1" };
  const first = await startGatewayProcess(t, args, environment);
  const url = (gateway) => ["--gateway-url", `http://localhost:${gateway.port}`];
  const made = await run(["gateway", "key", "create", "--hmac", "--agent", AGENT, ...url(first)], environment);
  assert.equal(made.code, 0, made.stderr);
  const secret = made.stdout.trim();
  assert.match(secret, /^iv_hmac_[\w-]{43}$/);
  const agent = requests({ call: () => {} }, secret);
  const text = JSON.stringify(agent.invocation({}));
  const headers = { "content-type": "application/json", "x-aif-signature": sign(text, secret) };
  const send = ({ port }) => rawRequest(port, { method: "POST", path: "/invoke", headers, body: text });
  assert.equal((await send(first)).status, 200);
  await first.stop("SIGKILL");

  const second = await startGatewayProcess(t, [...args, "--legacy-hmac"], { INTERVEN_ADMIN_TOKEN: ADMIN });
  const again = await send(second);
  assert.deepEqual([again.status, again.json.error_code], [400, "REPLAY_REJECTED"]);
  assert.equal(upstream.received.length, 1);
  assert.match(
    (await run(["gateway", "key", "list", "--hmac", ...url(second)], environment)).stdout,
    new RegExp(`active +${AGENT}\n`),
  );
  assert.equal((await run(["gateway", "key", "revoke", "--hmac", "--agent", AGENT, ...url(second)], environment)).code, 0);
  const later = JSON.stringify(agent.invocation({}));
  const refused = { ...headers, "x-aif-signature": sign(later, secret) };
  assert.equal((await rawRequest(second.port, { method: "POST", path: "/invoke", headers: refused, body: later })).status, 401);
  const line = await until(() => second.lines.find((one) => one.includes('"invoke"')));
  assert.equal(JSON.parse(line).status, 400);
  assert.ok(![...first.lines, ...second.lines].join("").includes(secret.slice(10)));
});

test("secrets are made by the administrator, told once, replaced and revoked", async (t) => {
  const gateway = await startLegacy(t);
  const path = `/v1/agents/${AGENT}/hmac-secret`;
  for (const headers of [{}, { authorization: "Bearer wrong" }])
    assert.equal(
      (await gateway.call("POST", path, { headers: { "content-type": "application/json", ...headers }, body: "{}" })).status,
      401,
    );
  const { json } = await gateway.admin("GET", "/v1/hmac-secrets");
  assert.deepEqual(
    json.hmac_secrets.map(({ agent_id: agent, status }) => [agent, status]),
    [[AGENT, "active"]],
  );
  assert.ok(!JSON.stringify(json).includes(gateway.secret));

  const replaced = await gateway.secretOf(AGENT);
  assert.equal((await gateway.invoke({})).status, 401);
  assert.equal((await gateway.send(gateway.invocation({}), { key: replaced })).status, 200);
  assert.equal((await gateway.admin("DELETE", path)).status, 200);
  assert.equal((await gateway.admin("POST", `${path}/revoke`, {})).status, 404);
  assert.equal((await gateway.send(gateway.invocation({}), { key: replaced })).status, 401);
  for (const [agent, body] of [
    ["a%20b", {}],
    ["x".repeat(129), {}],
    ["someone@example.com", {}],
    ["a", { secret: "chosen" }],
  ])
    assert.equal((await gateway.admin("POST", `/v1/agents/${agent}/hmac-secret`, body)).status, 400, agent);
  const kinds = (await gateway.store.readEntries({ limit: 100 }))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith("hmac"));
  assert.deepEqual(kinds, ["hmac_secret.created", "hmac_secret.revoked", "hmac_secret.created", "hmac_secret.revoked"]);
});

test("a stopped agent gets nothing", async (t) => {
  const gateway = await startLegacy(t);
  const held = (await gateway.invoke({ url_path: "/held" })).json.approval_id;
  await gateway.admin("POST", `/v1/agents/${AGENT}/stop`, {});
  const answer = await gateway.invoke({});
  assert.deepEqual([answer.status, answer.json.decision, answer.json.reason_codes[0]], [403, "DENY", "AGENT_STOPPED"]);
  const executed = await gateway.execute(held);
  assert.deepEqual([executed.status, executed.json.reason_codes], [403, ["APPROVAL_DENIED"]]);
  assert.equal(gateway.upstream.received.length, 0);
});

test("the name of an agent that signs is nobody's who only says it", async (t) => {
  const gateway = await startLegacy(t);
  const agent = { by: "header", header: "x-name", allow_from: ["127.0.0.1"] };
  const fields = { prefix: "svc", upstream_url: gateway.upstream.url, agent };
  assert.equal((await gateway.admin("POST", "/v1/inbound-routes", fields)).status, 201);
  const as = (name) => gateway.call("POST", "/inbound/svc/x", { headers: { "x-name": name }, body: "hello" });
  assert.equal((await as("somebody")).status, 200);
  assert.deepEqual([(await as(AGENT)).status, (await as(AGENT)).json.error.code], [401, "KEY_REQUIRED"]);
  assert.equal(gateway.upstream.received.length, 1);
});
