// What `--help` says is all that there is, and fits a terminal.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { GATEWAY_OPTIONS } from "../../../dist/cli/gateway-options.js";
import { run } from "./process.mjs";

/** File of the help text, words of the command, file that declares the options. */
const COMMANDS = [
  ["main", [], undefined],
  ["gateway", ["gateway"], "gateway-options"],
  ["gateway-key", ["gateway", "key"], "gateway-keys"],
  ["gateway-credential", ["gateway", "credential"], "gateway-credentials"],
  ["gateway-route", ["gateway", "route"], "gateway-routes"],
  ["gateway-backup", ["gateway", "backup"], "backup"],
  ["scan", ["scan"], "scan-options"],
  ["policy", ["policy"], undefined],
  ["doctor", ["doctor"], "doctor"],
  ["audit", ["audit"], "audit/command"],
];

test("every command has help, by --help and by help, that fits 120 columns", async () => {
  const files = readdirSync("dist/cli/help").filter((name) => name.endsWith(".js"));
  assert.deepEqual(files.map((name) => name.replace(/\.js$/, "")).sort(), COMMANDS.map(([file]) => file).sort());
  for (const [file, words] of COMMANDS) {
    const [text] = Object.values(await import(`../../../dist/cli/help/${file}.js`));
    for (const args of [
      [...words, "--help"],
      ["help", ...words],
    ]) {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stdout, stderr], [0, text, ""], args.join(" "));
    }
    assert.ok(text.startsWith(`interven ${words.join(" ")}`), file);
    for (const line of text.split("\n")) assert.ok(line.length <= 120 && !/\s$/.test(line), `${file}: ${line}`);
  }
});

test("every option is in the help of its command, and nothing else is", async () => {
  for (const [file, words, declared] of COMMANDS.filter(([, , declared]) => declared)) {
    const source = readFileSync(`js/cli/${declared}.ts`, "utf8")
      .split(/OPTIONS = \{/)[1]
      .split("\n}")[0];
    const options = [...source.matchAll(/^ {2}"?([a-z][a-z-]*)"?: \{/gm)].map(([, name]) => `--${name}`);
    assert.ok(options.length > 2, declared);
    const [text] = Object.values(await import(`../../../dist/cli/help/${file}.js`));
    const told = new Set([...text.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)/gm)].map(([, name]) => name));
    // `audit` tells its options in its usage.
    const named = words[0] === "audit" ? new Set([...text.matchAll(/--[a-z-]+/g)].map(([name]) => name).concat("--help")) : told;
    assert.deepEqual([...named].sort(), options.sort(), file);
  }
  assert.ok(Object.keys(GATEWAY_OPTIONS).length > 20);
});

test("what names nothing is told by its name, and makes nothing", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "interven-help-"));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const gone = join(directory, "gone");
  const cases = [
    [["audit", "reseal", "--data-dir", gone], 1, /There is no gateway\.db in/],
    [["policy", "replay", "--policy", "starter", "--against", gone], 1, /the file of calls .* does not exist/],
    [["policy", "test", gone], 1, /the file of cases .* does not exist/],
    [["policy", "explain", "--request", gone], 1, /the request file .* does not exist/],
    [["gateway", "--gateway-url", "nope", "--data-dir", gone], 2, /--gateway-url must be an absolute URL/],
    [["gateway", "--gateway-url", "http://gateway.example.com", "--data-dir", gone], 2, /--gateway-url must be https:/],
    [["gateway", "--api-key", "a b", "--data-dir", gone], 2, /--api-key must be visible ASCII/],
  ];
  for (const [args, code, message] of cases) {
    const ended = await run(args);
    assert.equal(ended.code, code, `${args.join(" ")} ${ended.stderr}`);
    assert.match(ended.stderr, message);
  }
  assert.deepEqual(readdirSync(directory), []);
});
