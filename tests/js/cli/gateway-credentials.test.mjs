import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { madeCredential } from "../gateway/holding.mjs";
import { ADMIN, rawRequest, startRunning, startUpstream } from "../gateway/running.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

const env = { INTERVEN_ADMIN_TOKEN: ADMIN };

test("a credential is set from standard input or the environment, used, listed and removed", async (t) => {
  const upstream = await startUpstream(t);
  const directory = temporaryDirectory(t);
  const args = ["--data-dir", directory, "--allow-private", upstream.host, "--tool-url", `slack=${upstream.url}/api/`];
  const gateway = await startGatewayProcess(t, args, env);
  const command = (input, more, ...words) =>
    run(["gateway", "credential", ...words, "--gateway-url", gateway.url.replace(/\/$/, "")], { ...env, ...more }, input);
  const [first, second] = [madeCredential(), madeCredential()];
  const set = await command(`${first}\n`, {}, "set", "slack");
  assert.deepEqual([set.code, set.stdout], [0, ""], set.stderr);
  assert.equal(set.stderr, `Set. It is sent to ${upstream.url} and nowhere else.\n`);
  const call = () => {
    const headers = { "content-type": "application/json" };
    return rawRequest(gateway.port, { method: "POST", path: "/v1/tools/slack/post_message", headers, body: '{"text":"hello"}' });
  };
  assert.equal((await call()).status, 200);
  assert.deepEqual(
    [upstream.received[0].url, upstream.received[0].headers.authorization],
    ["/api/chat.postMessage", `Bearer ${first}`],
  );

  const other = await command("", { SLACK_TEXT: second }, "set", "slack", "--from-env", "SLACK_TEXT", "--header", "X-Token");
  assert.equal(other.code, 0, other.stderr);
  await call();
  assert.deepEqual([upstream.received[1].headers["x-token"], upstream.received[1].headers.authorization], [second, undefined]);
  const list = await command("", {}, "list");
  assert.match(list.stdout, new RegExp(`^slack  x-token  ${upstream.url}  used 20`));
  assert.equal((await command("", {}, "remove", "slack")).code, 0);
  assert.equal((await call()).json.error.code, "CREDENTIAL_MISSING");
  assert.match((await command("", {}, "remove", "slack")).stderr, /no credential for this tool/);

  await gateway.stop();
  const printed = [gateway.stderr(), ...gateway.lines, list.stdout, set.stderr, other.stderr].join("\n");
  const files = readdirSync(directory, { recursive: true }).map((name) => join(directory, name));
  const text = files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path).toString("latin1"));
  for (const credential of [first, second]) assert.ok(![printed, ...text].some((one) => one.includes(credential)));
  assert.equal(statSync(join(directory, "vault.key")).mode & 0o777, 0o600);
});

test("what is wrong is said, and a credential is no argument", async (t) => {
  const { base } = await startRunning(t);
  const credential = madeCredential();
  const cases = [
    [[], "", 2, /say what to do/],
    [["set"], "", 2, /say what to do/],
    [["set", "slack", credential], "", 2, /no argument/],
    [["set", "slack", "--credential", credential], "", 2, /unknown option '--credential'/],
    [["set", "slack"], "", 2, /standard input holds no credential/],
    [["set", "slack"], "\n", 2, /standard input holds no credential/],
    [["set", "slack", "--from-env", "NOT_THERE"], "", 2, /--from-env names is not set/],
    [["set", "slack"], "x".repeat(20_000), 2, /longer than/],
    [["list", "slack"], "", 2, /say what to do/],
    [["remove"], "", 2, /say what to do/],
    [["set", "slack", "--gateway-url", base], credential, 1, /without a vault/],
    [["set", "slak", "--gateway-url", base], credential, 1, /no such tool/],
    [["list", "--gateway-url", "http://gateway.example.com"], "", 2, /must be https:/],
  ];
  for (const [args, input, code, message] of cases) {
    const ended = await run(["gateway", "credential", ...args], env, input);
    assert.deepEqual([ended.code, ended.stdout], [code, ""], `${args.join(" ")} ${ended.stderr}`);
    assert.match(ended.stderr, message);
    assert.ok(!ended.stderr.includes(credential), args.join(" "));
  }
  assert.match((await run(["gateway", "credential", "--help"])).stdout, /interven gateway credential set TOOL/);
  assert.match(
    (await run(["gateway", "--tool-url", "http=https://example.com", "--data-dir", temporaryDirectory(t)], env)).stderr,
    /http/,
  );
});
