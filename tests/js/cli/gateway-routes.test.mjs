import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { madeCredential } from "../gateway/holding.mjs";
import { ADMIN, rawRequest, startUpstream } from "../gateway/running.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

const env = { INTERVEN_ADMIN_TOKEN: ADMIN };

test("a route is added with headers from standard input and the environment, used, listed and removed", async (t) => {
  const upstream = await startUpstream(t);
  const directory = temporaryDirectory(t);
  const gateway = await startGatewayProcess(t, ["--data-dir", directory, "--allow-private", upstream.host], env);
  const command = (input, more, ...words) =>
    run(["gateway", "route", ...words, "--gateway-url", gateway.url], { ...env, ...more }, input);
  const [first, second] = [madeCredential(), madeCredential()];
  const words = ["--header", "Authorization", "--from-env", "x-api-key=NOTES_KEY", "--agent", "notes-bot"];
  const range = ["--allow-from", "127.0.0.0/8", "--tool", "slack"];
  const added = await command(
    `Bearer ${first}\n`,
    { NOTES_KEY: second },
    "add",
    "notes",
    `${upstream.url}/v1`,
    ...words,
    ...range,
  );
  assert.deepEqual([added.code, added.stdout], [0, ""], added.stderr);
  assert.equal(added.stderr, `Added. Whoever calls /inbound/notes/ of the gateway reaches ${upstream.url}/v1.\n`);

  const answer = await rawRequest(gateway.port, { method: "POST", path: "/inbound/notes/new", body: "hello" });
  assert.equal(answer.status, 200, answer.text);
  const [{ url, headers }] = upstream.received;
  assert.deepEqual([url, headers.authorization, headers["x-api-key"]], ["/v1/new", `Bearer ${first}`, second]);

  await command("", {}, "add", "named", upstream.url, "--agent-header", "X-Who");
  await command("", {}, "add", "plain", upstream.url);
  const list = await command("", {}, "list");
  assert.deepEqual(list.stdout.trim().split("\n").sort(), [
    `named  ${upstream.url}  agent in x-who`,
    `notes  ${upstream.url}/v1  agent notes-bot from 127.0.0.0/8  tool slack  adds x-api-key authorization`,
    `plain  ${upstream.url}  by key`,
  ]);
  assert.match((await command("", {}, "add", "plain", upstream.url)).stderr, /There is a route with this prefix/);
  assert.equal((await command("", {}, "remove", "notes")).stderr, "Removed.\n");
  assert.equal((await rawRequest(gateway.port, { method: "POST", path: "/inbound/notes/new", body: "hello" })).status, 404);
  assert.match((await command("", {}, "remove", "notes")).stderr, /no inbound route with this prefix/);

  await gateway.stop();
  const printed = [gateway.stderr(), ...gateway.lines, list.stdout, added.stderr].join("\n");
  const files = readdirSync(directory, { recursive: true }).map((name) => join(directory, name));
  const text = files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path).toString("latin1"));
  for (const credential of [first, second]) assert.ok(![printed, ...text].some((one) => one.includes(credential)));
});

test("what is wrong is said, and no value of a header is an argument", async () => {
  const credential = madeCredential();
  const add = (...more) => ["add", "notes", "https://api.example.com", ...more];
  const cases = [
    [[], "", /say what to do/],
    [["add", "notes"], "", /say what to do/],
    [["list", "notes"], "", /say what to do/],
    [["remove"], "", /say what to do/],
    [add(credential), "", /no argument/],
    [add("--header", "x-api-key", credential), "", /no argument/],
    [add("--header", "x-api-key"), "", /standard input holds no credential/],
    [add("--header", "x-api-key"), "x".repeat(20_000), /longer than/],
    [add("--from-env", `x-api-key=${credential}`), "", /HEADER=VARIABLE/],
    [add("--from-env", `x-api-key=${credential.replaceAll("-", "_")}`), "", /is not set, or is empty/],
    [add("--from-env", "X-Api-Key=HOME", "--header", "x-api-key"), "x", /named twice/],
    [add("--agent", "a", "--agent-header", "b"), "", /exclude each other/],
    [add("--allow-from", "10.0.0.1"), "", /name --agent or --agent-header/],
    [add("--gateway-url", "http://gateway.example.com"), "", /must be https:/],
    [add("--haeder", "x"), "", /did you mean '--header'/],
  ];
  for (const [args, input, message] of cases) {
    const ended = await run(["gateway", "route", ...args], env, input);
    assert.deepEqual([ended.code, ended.stdout], [2, ""], `${args.join(" ")} ${ended.stderr}`);
    assert.match(ended.stderr, message);
    for (const form of [credential, credential.replaceAll("-", "_")]) assert.ok(!ended.stderr.includes(form), args.join(" "));
  }
  const other = await run(["gateway", "rout"], env);
  assert.deepEqual(
    [other.code, other.stderr.split("\n")[0]],
    [2, "interven: gateway has no command 'rout'; did you mean 'route'?"],
  );
});
