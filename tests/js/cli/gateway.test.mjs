import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readableLine, wantsColour } from "../../../dist/cli/request-lines.js";
import { fakeAwsKey, HOLD_LOOPBACK, rawRequest, startUpstream, until } from "../gateway/running.mjs";
import { startGatewayProcess, temporaryDirectory } from "./process.mjs";

const TOKEN = `test-${"t".repeat(20)}`;

test("the first start shows the credential once, the console and a sample that works offline", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startGatewayProcess(t, ["--data-dir", dataDir]);
  const greeted = (pattern) => until(() => pattern.exec(first.stderr()));
  const [, url, token] = await greeted(/(http:\/\/localhost:\d+\/)#token=(iva_[\w-]{43})/);
  assert.equal(url, `http://localhost:${first.port}/`);
  const admin = { authorization: `Bearer ${token}` };
  assert.equal((await rawRequest(first.port, { path: "/v1/decisions", headers: admin })).status, 200);

  const [, target, body] = await greeted(/curl -sS http:\/\/localhost:\d+(\S+) .*?-d '(.*?)'/s);
  const sample = await rawRequest(first.port, {
    method: "POST",
    path: target,
    headers: { "content-type": "application/json" },
    body,
  });
  assert.equal(sample.status, 403);
  assert.deepEqual(sample.json.reason_codes, ["SECRET_DETECTED"]);
  assert.deepEqual(await first.stop(), { code: 0, signal: null });

  const second = await startGatewayProcess(t, ["--data-dir", dataDir]);
  assert.equal((await rawRequest(second.port, { path: "/v1/decisions", headers: admin })).json.decisions.length, 1);
  assert.deepEqual(await second.stop("SIGINT"), { code: 0, signal: null });
  assert.ok(!second.stderr().includes("token="));
  assert.ok(!second.lines.join("").includes(token));

  const third = await startGatewayProcess(t, ["--data-dir", dataDir], { INTERVEN_ADMIN_TOKEN: TOKEN });
  assert.equal(
    (await rawRequest(third.port, { path: "/v1/decisions", headers: { authorization: `Bearer ${TOKEN}` } })).status,
    200,
  );
  assert.equal((await rawRequest(third.port, { path: "/v1/decisions", headers: admin })).status, 401);
  await third.stop();
  assert.ok(!third.stderr().includes(TOKEN));
});

test("an approval outlives a killed gateway and is used once by the next", async (t) => {
  const upstream = await startUpstream(t);
  const directory = temporaryDirectory(t);
  const policy = join(directory, "policy.json");
  writeFileSync(policy, JSON.stringify(HOLD_LOOPBACK));
  const args = ["--data-dir", join(directory, "data"), "--policy", policy, "--allow-private", upstream.host];
  const env = { INTERVEN_ADMIN_TOKEN: TOKEN };
  const send = (port) => rawRequest(port, { method: "POST", path: `/proxy/${upstream.url}/notes`, body: "hello" });
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };

  const first = await startGatewayProcess(t, args, env);
  const { approval_id: id } = (await send(first.port)).json;
  assert.equal((await first.stop("SIGKILL")).signal, "SIGKILL");
  const second = await startGatewayProcess(t, args, env);
  assert.equal((await send(second.port)).json.approval_id, id);
  assert.equal(
    (await rawRequest(second.port, { method: "POST", path: `/v1/approvals/${id}/approve`, headers, body: "{}" })).status,
    200,
  );
  assert.equal((await second.stop("SIGKILL")).signal, "SIGKILL");
  const third = await startGatewayProcess(t, args, env);
  assert.equal((await send(third.port)).status, 200);
  assert.equal((await send(third.port)).status, 202);
  assert.equal(upstream.received.length, 1);
});

test("the log is one JSON object a line, without content and without control characters", async (t) => {
  const gateway = await startGatewayProcess(t, ["--data-dir", temporaryDirectory(t)]);
  const key = fakeAwsKey();
  const agent = 'agent\u001b[31m\u202egnp.exe\u200b\n{"forged":true}';
  const body = JSON.stringify({
    method: "POST",
    url: `https://api.example.com/${key}?k=${key}`,
    headers: { "x-k": key },
    body: { k: key },
    agent_id: agent,
  });
  await rawRequest(gateway.port, { method: "POST", path: "/v1/scan", headers: { "content-type": "application/json" }, body });
  await rawRequest(gateway.port, {
    method: "POST",
    path: `/proxy/https://api.example.com/${key}?k=${key}`,
    headers: { authorization: `Bearer ${key}` },
    body: key,
  });
  await gateway.stop();
  assert.equal(gateway.lines.length, 3);
  const [, scan, proxy] = gateway.lines.map((line) => JSON.parse(line));
  assert.equal(scan.agent_id, 'agent‹U+001B›[31m‹U+202E›gnp.exe‹U+200B›‹U+000A›{"forged":true}');
  assert.deepEqual(
    [scan.route, scan.decision, proxy.route, proxy.decision, proxy.status],
    ["scan", "DENY", "proxy", "DENY", 403],
  );
  assert.ok(!gateway.lines.join("\n").includes(key));
  assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/.test(gateway.lines.join("\n")));
});

test("--quiet logs no requests", async (t) => {
  const gateway = await startGatewayProcess(t, ["--quiet", "--data-dir", temporaryDirectory(t)]);
  await rawRequest(gateway.port, { path: "/proxy/http://10.0.0.1/" });
  await gateway.stop();
  assert.equal(gateway.lines.length, 1);
});

test("lines for a terminal", () => {
  const entry = {
    at: Date.UTC(2026, 0, 2, 3, 4, 5),
    route: "proxy",
    method: "POST",
    host: "api.example.com",
    agentId: "a\u001b[2J",
    status: 403,
    decision: "DENY",
    reasons: ["SECRET_DETECTED"],
    traceId: "t",
    durationMs: 1.5,
  };
  const plain = readableLine(entry, false);
  assert.match(
    plain,
    /^\d\d:\d\d:\d\d {2}DENY {14}proxy {6}POST {4}api\.example\.com {2}SECRET_DETECTED {2}agent=a‹U\+001B›\[2J {2}403 {2}1\.5 ms$/,
  );
  assert.ok(readableLine(entry, true).includes("\u001b[31mDENY"));
  assert.equal(wantsColour(true, {}), true);
  assert.equal(wantsColour(true, { NO_COLOR: "1" }), false);
  assert.equal(wantsColour(false, {}), false);
  assert.equal(wantsColour(false, { FORCE_COLOR: "1" }), true);
});
