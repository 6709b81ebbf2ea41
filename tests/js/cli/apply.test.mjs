// Policies from files to a gateway: compared, tried, applied; and what a killed gateway has kept of it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ADMIN, rawRequest, startRunning } from "../gateway/running.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

const env = { INTERVEN_ADMIN_TOKEN: ADMIN };

const OLD = {
  name: "ours",
  rules: [
    { rule_id: "a", match: { tools: ["slack"] }, action: "DENY" },
    { rule_id: "b", match: { verbs: ["ADMIN"] }, action: "REQUIRE_APPROVAL", priority: 10 },
    { rule_id: "c", action: "ALLOW" },
  ],
};
const NEW = {
  name: "ours",
  description: "stricter",
  rules: [
    { rule_id: "b", priority: 10, action: "REQUIRE_APPROVAL", match: { verbs: ["ADMIN", "WRITE"] } },
    { rule_id: "a", match: { tools: ["slack"] }, action: "DENY" },
    { rule_id: "d", condition: { body_contains_any: ["heron"] }, action: "DENY" },
  ],
};

function files(t, contents) {
  const folder = temporaryDirectory(t);
  const write = ([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 2));
    return [name, path];
  };
  return Object.fromEntries(Object.entries(contents).map(write));
}

const policy = (...args) => run(["policy", ...args], env);

test("diff tells rules and keys apart, and says nothing of the order of keys", async (t) => {
  const yaml =
    "rules:\n  - {action: DENY, match: {tools: [slack]}, rule_id: a}\n  - {rule_id: b, match: {verbs: [ADMIN]}, action: REQUIRE_APPROVAL, priority: 10}\n  - {rule_id: c, action: ALLOW}\nname: ours\n";
  const paths = files(t, { "old.json": OLD, "new.json": NEW, "same.yaml": yaml, "wrong.json": '{"name": "p",\n "rule": []}' });
  const same = await policy("diff", paths["old.json"], paths["same.yaml"]);
  assert.deepEqual([same.code, same.stdout], [0, "they say the same\n"]);
  const differs = await policy("diff", paths["old.json"], paths["new.json"]);
  assert.equal(differs.code, 1);
  assert.equal(
    differs.stdout,
    '+ description: "stricter"\n- rule c\n+ rule d\n  rule b\n    - match.verbs: ["ADMIN"]\n    + match.verbs: ["ADMIN","WRITE"]\n' +
      "  order, which changes only reports: b, a\n",
  );
  const json = JSON.parse((await policy("diff", "--json", paths["old.json"], paths["new.json"])).stdout);
  assert.deepEqual([json.same, json.added, json.removed, json.order], [false, ["d"], ["c"], ["b", "a"]]);
  assert.deepEqual(json.changed, [{ rule_id: "b", keys: [{ key: "match.verbs", from: ["ADMIN"], to: ["ADMIN", "WRITE"] }] }]);
  assert.equal((await policy("diff", "starter", "starter")).code, 0);
  const wrong = await policy("diff", paths["old.json"], paths["wrong.json"]);
  assert.deepEqual(
    [wrong.code, wrong.stderr],
    [1, `interven: ${paths["wrong.json"]}:2:2: rule: unknown key (did you mean \`rules\`?)\n`],
  );
  assert.equal((await policy("diff", paths["old.json"])).code, 2);
  assert.equal((await policy("diff", "gateway:", "gateway:")).code, 2);
});

test("apply shows what changes, once; dry runs change nothing", async (t) => {
  const { base, admin } = await startRunning(t);
  const paths = files(t, { "old.json": OLD, "new.json": NEW, "other.json": { ...NEW, name: "other" } });
  const apply = (...args) => policy("apply", ...args, "--gateway-url", base);
  const list = async () => (await admin("GET", "/v1/policies")).json.policies.map(({ name, version }) => [name, version]);

  const dry = await apply("--dry-run", paths["old.json"]);
  assert.deepEqual([dry.code, dry.stdout, await list()], [0, `${paths["old.json"]}: ours: would be applied, new\n`, []]);
  const first = await apply(paths["old.json"], "--env", "production");
  assert.deepEqual([first.code, first.stdout], [0, `${paths["old.json"]}: ours: version 1 in production, new\n`], first.stderr);
  const again = await apply(paths["old.json"]);
  assert.equal(again.stdout, `${paths["old.json"]}: ours: unchanged\n`);
  const second = await apply(paths["new.json"], paths["other.json"], "--json");
  const [one, other] = JSON.parse(second.stdout).policies;
  assert.deepEqual(
    [one.applied.version, one.difference.added, other.applied.version, other.difference],
    [2, ["d"], 1, undefined],
  );
  assert.deepEqual(
    await list(),
    [
      ["ours", 2],
      ["other", 1],
    ].sort(),
  );
  const staged = await apply(paths["old.json"], "--env", "staging");
  assert.match(staged.stdout, /version 1 in staging, which this gateway does not run, new\n/);

  const diff = (...args) => policy("diff", ...args, "--gateway-url", base);
  assert.equal((await diff("gateway:", paths["new.json"])).code, 0);
  assert.equal((await diff("gateway:ours", paths["old.json"])).code, 1);
  assert.equal((await diff("gateway:ours", paths["old.json"], "--env", "staging")).code, 0);
  assert.match((await diff("gateway:none", paths["old.json"])).stderr, /no policy 'none' is applied/);

  // Nothing is applied where one of the files cannot be used.
  const wrong = files(t, { "wrong.json": { name: "wrong", rules: [{ rule_id: "r" }] }, "more.json": { ...OLD, name: "more" } });
  const refused = await apply(wrong["more.json"], wrong["wrong.json"]);
  assert.deepEqual(
    [refused.code, refused.stderr.includes("wrong.json:4:5: rules[0]: the key `action` is missing")],
    [1, true],
    refused.stderr,
  );
  assert.equal((await list()).length, 3);
  const twice = await apply(paths["old.json"], paths["new.json"]);
  assert.deepEqual([twice.code, twice.stderr], [2, "interven: two of the files are the policy 'ours'\n"]);
  const stranger = await run(["policy", "apply", paths["old.json"], "--gateway-url", base], {
    INTERVEN_ADMIN_TOKEN: "not-the-administrator",
  });
  assert.equal(stranger.code, 1);
  assert.match((await run(["policy", "apply", paths["old.json"]], {})).stderr, /INTERVEN_ADMIN_TOKEN/);
});

test("replay tells of a gateway's traffic, and of calls in a file", async (t) => {
  const gateway = await startRunning(t);
  const paths = files(t, {
    "deny.json": { name: "p", rules: [{ rule_id: "chat", match: { tools: ["slack"] }, action: "DENY" }] },
    "words.json": {
      name: "p",
      rules: [{ rule_id: "words", condition: { body_contains_any: ["heron"] }, action: "REQUIRE_APPROVAL" }],
    },
  });
  const calls = [
    { method: "POST", url: "https://slack.com/api/chat.postMessage", body: { channel: "C1", text: "the heron" } },
    { method: "GET", url: "https://api.example.com/" },
  ];
  for (const call of calls) await gateway.scan(call);
  const replay = (...args) => policy("replay", ...args);
  const url = ["--gateway-url", gateway.base];
  const deny = await replay("--policy", paths["deny.json"], ...url);
  assert.equal(deny.code, 0, deny.stderr);
  assert.match(
    deny.stdout,
    /^2 decisions from .*\n {2}1 stay as they are\n {2}1 change\n {4}1 {2}ALLOW -> DENY\n {7}1 by p \/ chat\napprovals: 0 before, 0 after\n$/,
  );
  assert.equal((await replay("--policy", paths["deny.json"], "--fail-on-change", ...url)).code, 1);
  const words = await replay("--policy", paths["words.json"], "--fail-on-change", "--json", ...url);
  const told = JSON.parse(words.stdout);
  assert.deepEqual(
    [words.code, told.undecided, told.undecided_keys, told.approvals.after_at_most],
    [1, 1, { body_contains_any: 1 }, 1],
  );
  assert.equal((await replay("--policy", paths["deny.json"], "--fail-on-change", "--since", "2100-01-01", ...url)).code, 0);

  const rows = calls.map((request, id) => `${JSON.stringify({ id, request })}\n`).join("\n");
  const { "calls.jsonl": file, "bad.jsonl": bad } = files(t, { "calls.jsonl": rows, "bad.jsonl": `${rows}{"id":1}\n` });
  const against = JSON.parse((await replay("--policy", paths["words.json"], "--against", file, "--json")).stdout);
  assert.deepEqual([against.decisions, against.changed, against.undecided, against.approvals.after], [2, 1, 0, 1]);
  assert.deepEqual(against.changes, [
    { from: "ALLOW", to: "REQUIRE_APPROVAL", count: 1, rules: [{ policy: "p", rule_id: "words", count: 1 }] },
  ]);
  const unchanged = await replay(
    "--policy",
    paths["deny.json"],
    "--baseline",
    paths["deny.json"],
    "--against",
    file,
    "--fail-on-change",
  );
  assert.equal(unchanged.code, 0);
  const wrong = await replay("--policy", paths["deny.json"], "--against", bad);
  assert.deepEqual(
    [wrong.code, wrong.stderr.includes("bad.jsonl:4: the line must hold either text or request")],
    [2, true],
    wrong.stderr,
  );
  for (const args of [
    [],
    ["--policy", "starter", "--against", file, "--since", "1"],
    ["--policy", "starter", "--baseline", "gdpr"],
  ])
    assert.equal((await replay(...args)).code, 2);
});

test("a gateway runs one environment, by option, variable or file", async (t) => {
  const { "c.json": config, "p.json": own } = files(t, {
    "c.json": { env: "staging" },
    "p.json": { name: "p", rules: [{ rule_id: "all", action: "DENY" }] },
  });
  const start = (args, more = {}) =>
    startGatewayProcess(t, ["--data-dir", temporaryDirectory(t), "--quiet", ...args], { ...env, ...more });
  const environment = async ({ port }) => {
    const headers = { authorization: `Bearer ${ADMIN}` };
    return (await rawRequest(port, { path: "/v1/policies", headers })).json.environment;
  };
  const gateway = await start(["--env", "test-1"], { INTERVEN_ENV: "other" });
  assert.equal(await environment(gateway), "test-1");
  assert.equal(await environment(await start([], { INTERVEN_ENV: "other" })), "other");
  assert.equal(await environment(await start(["--config", config])), "staging");
  assert.equal(await environment(await start([])), "production");
  const wrong = await run(["gateway", "--env", "no spaces"], env);
  assert.deepEqual([wrong.code, wrong.stderr.includes("--env must be 1 to 64 letters")], [2, true]);
  const url = `http://localhost:${gateway.port}`;
  assert.match((await policy("apply", own, "--gateway-url", url)).stdout, /version 1 in test-1, new/);
});

test("a gateway that is killed while policies are applied has all of one or nothing", async (t) => {
  const args = ["--data-dir", temporaryDirectory(t), "--quiet"];
  const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
  const take = (index) => ({
    name: "p",
    rules: [{ rule_id: "all", action: index % 2 ? "DENY" : "REQUIRE_APPROVAL", description: `take ${index}` }],
  });
  let answered = 0;
  for (let round = 0; round < 3; round++) {
    const gateway = await startGatewayProcess(t, args, env);
    const ask = (method, path, body) => rawRequest(gateway.port, { method, path, headers, body: body && JSON.stringify(body) });
    if (round > 0) {
      const { json } = await ask("GET", "/v1/policies/by-name/p");
      assert.ok(json.version >= answered, `version ${json.version} after ${answered}`);
      answered = json.version;
      const [newest] = (await ask("GET", `/v1/policies/${json.policy_id}/versions`)).json.versions;
      assert.equal(newest.version, json.version);
      const { decision } = (await ask("POST", "/v1/scan", { method: "GET", url: "https://api.example.com/" })).json;
      assert.equal(decision, JSON.parse(json.text).rules[0].action);
    }
    const applies = Array.from({ length: 30 }, async (_, index) => {
      const { json } = await ask("POST", "/v1/policies/apply", { policy: take(round * 30 + index) }).catch(() => ({ json: {} }));
      answered = Math.max(answered, json.version ?? 0);
      if (index === 8 + round * 5) await gateway.stop("SIGKILL");
    });
    await Promise.all(applies);
    await gateway.stop("SIGKILL");
  }
  const verified = await run(["audit", "verify", "--data-dir", args[1]]);
  assert.equal(verified.code, 0, verified.stderr);
});
