import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryDirectory } from "./process.mjs";

/** Files in a folder of their own. */
function files(t, contents) {
  const folder = temporaryDirectory(t);
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
      return [name, path];
    }),
  );
}

const YAML = `# what our agents may do
name: ours
rules:
  - rule_id: no-deletes
    match:
      operations: ["category:delete"]
    action: DENY
    reason_code: DESTRUCTIVE_ACTION
  - rule_id: codenames
    condition:
      body_matches: 'blue\\s+heron'
    action: REQUIRE_APPROVAL
`;

test("a policy in YAML decides, patterns included", async (t) => {
  const { "p.yaml": policy } = files(t, { "p.yaml": YAML });
  const rows = [
    { id: 1, request: { method: "DELETE", url: "https://api.example.com/notes/1" } },
    { id: 2, request: { method: "POST", url: "https://api.example.com/notes", body: '{"t":"Blue\\u0020 HERON"}' } },
    { id: 3, request: { method: "POST", url: "https://api.example.com/notes", body: '{"t":"a grey heron"}' } },
  ];
  const input = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const { code, stdout, stderr } = await run(["scan", "--jsonl", "--policy", policy], {}, input);
  assert.equal(code, 0, stderr);
  const decisions = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).decision);
  assert.deepEqual(decisions, ["DENY", "REQUIRE_APPROVAL", "ALLOW"]);
});

test("an error in YAML has the line, column, key and remedy of the file", async (t) => {
  const {
    "p.yaml": policy,
    "q.yaml": broken,
    "r.yaml": twice,
  } = files(t, {
    "p.yaml": YAML.replace("operations:", "operation:"),
    "q.yaml": "name: a\n  rules: [",
    "r.yaml": "name: a\nname: b\nrules: []\n",
  });
  const wrong = await run(["policy", "validate", policy]);
  assert.equal(wrong.code, 1);
  assert.equal(wrong.stderr, `${policy}:6:7: rules[0].match.operation: unknown key (did you mean \`operations\`?)\n`);
  for (const file of [broken, twice]) {
    const { code, stderr } = await run(["policy", "validate", file]);
    assert.equal(code, 1);
    assert.match(stderr, /:\d+:\d+: not valid YAML: /);
  }
});

test("validate tells what is odd, and with --strict fails", async (t) => {
  const rule = { match: { tools: ["slak"] }, action: "DENY" };
  const { "p.json": policy } = files(t, {
    "p.json": {
      name: "p",
      rules: [
        { rule_id: "a", ...rule },
        { rule_id: "b", ...rule, action: "REQUIRE_APPROVAL" },
      ],
    },
  });
  const { code, stdout } = await run(["policy", "validate", policy]);
  assert.equal(code, 0);
  assert.match(stdout, /no built-in tool is called `slak` \(did you mean `slack`\?\)/);
  assert.match(stdout, /: b: can never change a decision: `a` matches whenever it does/);
  assert.equal((await run(["policy", "validate", "--strict", policy])).code, 1);
  const json = JSON.parse((await run(["policy", "validate", "--json", policy])).stdout);
  assert.equal(json.policies[0].notices.length, 3);
});

test("explain says which rules were considered, and why not", async (t) => {
  const { "p.yaml": policy } = files(t, { "p.yaml": YAML });
  const held = await run([
    "policy",
    "explain",
    "--policy",
    policy,
    "--url",
    "https://api.example.com/notes",
    "--body",
    "Blue Heron",
  ]);
  assert.equal(held.code, 1);
  assert.match(held.stdout, /^REQUIRE_APPROVAL /);
  assert.match(held.stdout, /matches {8}ours \/ codenames: REQUIRE_APPROVAL/);
  assert.match(held.stdout, /does not match ours \/ no-deletes: not operations/);
  const json = await run(["policy", "explain", "--json", "--policy", policy, "--url", "https://api.example.com/notes"]);
  assert.equal(json.code, 0);
  assert.deepEqual(
    JSON.parse(json.stdout).rules.map(({ matched }) => matched),
    [false, false],
  );
});

test("test runs cases and fails on what is decided otherwise", async (t) => {
  const request = { method: "DELETE", url: "https://api.example.com/notes/1" };
  const cases = [
    { name: "deletes are denied", request, expect: { decision: "DENY", reason_codes: ["DESTRUCTIVE_ACTION"] } },
    { name: "deletes are allowed", request, expect: { decision: "ALLOW" } },
  ];
  const {
    "p.yaml": policy,
    "good.json": good,
    "bad.json": bad,
    "empty.json": empty,
  } = files(t, {
    "p.yaml": YAML,
    "good.json": { cases: cases.slice(0, 1) },
    "bad.json": { cases },
    "empty.json": { cases: [{ name: "x", request, expect: {} }] },
  });
  const passed = await run(["policy", "test", "--policy", policy, good]);
  assert.deepEqual([passed.code, passed.stdout], [0, "1 passed, 0 failed\n"]);
  const failed = await run(["policy", "test", "--policy", policy, bad]);
  assert.equal(failed.code, 1);
  assert.match(
    failed.stdout,
    /FAILED .*bad\.json: deletes are allowed\n {2}decision: expected "ALLOW", got "DENY"\n1 passed, 1 failed\n$/,
  );
  const nothing = await run(["policy", "test", "--policy", policy, empty]);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /nothing is expected/);
});

test("what does not exist is named, with what was meant", async () => {
  const command = await run(["policy", "valdate"]);
  assert.deepEqual(
    [command.code, command.stderr.split("\n")[0]],
    [2, "interven: unknown policy command 'valdate'; did you mean 'validate'?"],
  );
  const template = await run(["policy", "validate", "startr"]);
  assert.equal(template.code, 1);
  assert.match(template.stderr, /neither a file nor a template called 'startr'/);
  const explain = await run(["policy", "explain"]);
  assert.equal(explain.code, 2);
});
