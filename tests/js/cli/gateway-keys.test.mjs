import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, rawRequest, startRunning, until } from "../gateway/running.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

const env = { INTERVEN_ADMIN_TOKEN: ADMIN };

test("a key is made, used, listed and revoked", async (t) => {
  const { base, port, admin } = await startRunning(t);
  const key = (...args) => run(["gateway", "key", ...args, "--gateway-url", base], env);
  const scan = (text) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${text}` };
    const body = JSON.stringify({ method: "GET", url: "https://api.example.com/" });
    return rawRequest(port, { method: "POST", path: "/v1/scan", headers, body });
  };
  const made = await key("create", "--agent", "billing-bot", "--name", "Billing", "--allow-ip", "127.0.0.0/8");
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^iv_live_[\w-]{43}\n$/);
  assert.match(made.stderr, /billing-bot; it is shown this once/);
  assert.equal((await scan(made.stdout.trim())).status, 200);

  const short = await key("create", "--agent", "x", "--ephemeral", "--verb", "read", "--tool", "slack", "--max-uses", "3");
  assert.match(short.stdout, /^iv_eph_/);
  const [kept, first] = (await admin("GET", "/v1/keys")).json.keys;
  assert.deepEqual([kept.scope, kept.max_uses, kept.kind], [{ tools: ["slack"], verbs: ["READ"] }, 3, "ephemeral"]);
  const list = await key("list");
  assert.match(list.stdout, new RegExp(`^${first.key_id}  active     iv_live_.{8}…  billing-bot$`, "m"));
  assert.ok(!list.stdout.includes(made.stdout.trim()));

  assert.equal((await key("revoke", first.key_id)).code, 0);
  assert.equal((await scan(made.stdout.trim())).status, 401);
  const again = await key("revoke", crypto.randomUUID());
  assert.deepEqual([again.code, again.stdout], [1, ""]);
  assert.match(again.stderr, /There is no key with this id/);
});

test("uses of a key and a stopped agent outlive a killed gateway", async (t) => {
  const args = ["--data-dir", temporaryDirectory(t)];
  const scan = async ({ port }, text) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${text}` };
    const body = JSON.stringify({ method: "GET", url: "https://api.example.com/" });
    return rawRequest(port, { method: "POST", path: "/v1/scan", headers, body });
  };
  const first = await startGatewayProcess(t, args, env);
  const make = async (...more) =>
    (await run(["gateway", "key", "create", ...more, "--gateway-url", `http://localhost:${first.port}`], env)).stdout.trim();
  const [short, stopped] = [await make("--agent", "a", "--ephemeral", "--max-uses", "3"), await make("--agent", "b")];
  for (let index = 0; index < 2; index++) assert.equal((await scan(first, short)).status, 200);
  const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
  await rawRequest(first.port, { method: "POST", path: "/v1/agents/b/stop", headers, body: "{}" });
  await first.stop("SIGKILL");

  const second = await startGatewayProcess(t, args, env);
  assert.equal((await scan(second, short)).status, 200);
  assert.equal((await scan(second, short)).json.error.code, "KEY_EXHAUSTED");
  assert.deepEqual((await scan(second, stopped)).json.reason_codes, ["AGENT_STOPPED"]);
  const line = await until(() => second.lines.find((text) => text.includes("AGENT_STOPPED")));
  assert.equal(JSON.parse(line).agent_id, "b");
  assert.ok(![...first.lines, ...second.lines].join("").includes(short.slice(16)));
});

test("what is wrong is said, and the credential stays here", async (t) => {
  const { base } = await startRunning(t);
  const cases = [
    [[], 2, /say what to do/],
    [["creat"], 2, /say what to do/],
    [["revoke"], 2, /say what to do/],
    [["create"], 2, /which agent/],
    [["create", "--agnet", "x"], 2, /did you mean '--agent'/],
    [["create", "--agent", "x", "--max-uses", "3"], 2, /with --ephemeral/],
    [["create", "--agent", "x", "--ephemeral", "--max-uses", "0"], 2, /--max-uses must be/],
    [["create", "--hmac"], 2, /which agent the secret is for/],
    [["create", "--hmac", "--agent", "x", "--ephemeral"], 2, /--ephemeral is nothing for a secret/],
    [["show", "--hmac"], 2, /create or revoke with --agent ID, or list/],
    [["revoke", "x", "--hmac", "--agent", "x"], 2, /create or revoke with --agent ID, or list/],
    [["create", "--hmac", "--agent", "x", "--gateway-url", base], 1, /--legacy-hmac/],
    [["list", "--gateway-url", "http://gateway.example.com"], 2, /must be https:/],
    [["list", "--gateway-url", "http://localhost.example.com"], 2, /must be https:/],
    [["list", "--gateway-url", "nonsense"], 2, /must be https:/],
    [["create", "--agent", "x", "--verb", "fly", "--gateway-url", base], 1, /'scope.verbs' must be of/],
    [["list", "--gateway-url", "http://localhost:1"], 1, /does not answer/],
  ];
  for (const [args, code, message] of cases) {
    const ended = await run(["gateway", "key", ...args], env);
    assert.deepEqual([ended.code, ended.stdout], [code, ""], args.join(" "));
    assert.match(ended.stderr, message);
    assert.ok(!ended.stderr.includes(ADMIN));
  }
  assert.match((await run(["gateway", "key", "list"])).stderr, /set INTERVEN_ADMIN_TOKEN/);
  assert.match(
    (await run(["gateway", "key", "list", "--gateway-url", base], { INTERVEN_ADMIN_TOKEN: "wrong" })).stderr,
    /administrator/,
  );
  assert.match((await run(["gateway", "key", "--help"])).stdout, /interven gateway key create --agent ID/);
});
