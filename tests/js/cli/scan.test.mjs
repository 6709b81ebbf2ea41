import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Detector } from "../../../dist/index.js";
import { fakeAwsKey } from "../gateway/running.mjs";
import { run, temporaryDirectory } from "./process.mjs";

const KEY = fakeAwsKey();
const SSN = ["536", "22", "8145"].join("-");
const SAMPLE = ["AKIA", "IOSFODNN7EXAMPLE"].join("");

function folder(t, files) {
  const root = temporaryDirectory(t);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

test("findings are named by place, never by value", async (t) => {
  const root = folder(t, { "a.txt": `one\n€ key ${KEY} and ssn ${SSN}\n`, "b/c.txt": "nothing\n" });
  const { code, stdout, stderr } = await run(["scan", root]);
  assert.equal(code, 1);
  const file = join(root, "a.txt");
  assert.deepEqual(stdout.split("\n"), [
    `${file}:2:7  high  aws_access_key_id  SECRETS, confidence high`,
    `${file}:2:36  high  us_ssn  PII, confidence high`,
    "",
  ]);
  assert.match(stderr, /^2 findings in 2 files, \d+ B\n$/);
  for (const format of ["text", "json", "sarif"]) {
    const out = await run(["scan", "--format", format, root], { FORCE_COLOR: "1" });
    assert.equal(out.code, 1);
    assert.equal(out.stdout.includes("\u001b[31m"), format === "text");
    assert.ok(!`${out.stdout}${out.stderr}`.includes(KEY) && !`${out.stdout}${out.stderr}`.includes(SSN), format);
  }
});

test("exit codes: clean, found, failed", async (t) => {
  const root = folder(t, {
    "clean.txt": "nothing",
    "found.txt": SSN,
    "long.txt": Buffer.from("plain prose ".repeat(90_000)).toString("base64"),
  });
  assert.equal((await run(["scan", join(root, "clean.txt")])).code, 0);
  assert.equal((await run(["scan", join(root, "found.txt")])).code, 1);
  const missing = await run(["scan", join(root, "missing.txt"), join(root, "found.txt")]);
  assert.deepEqual([missing.code, missing.stdout.includes("us_ssn")], [2, true]);
  assert.match(missing.stderr, /missing\.txt: does not exist/);
  const long = await run(["scan", join(root, "long.txt")]);
  assert.equal(long.code, 2, "what was not inspected is not clean");
  assert.match(long.stderr, /long\.txt: not inspected to its end \(encoded_run_too_long\)/);
  assert.equal((await run(["scan", "-"], {}, SSN)).code, 1);
  assert.equal((await run(["scan", "-"], {}, "")).code, 0);
  const binary = await run(["scan", "-"], {}, `\0${SSN}`);
  assert.equal(binary.code, 1, "what is named is read, whatever it is");
});

test("wrong usage", async () => {
  const cases = [
    [["scan"], /name files or directories/],
    [["scan", "--fromat", "json", "a"], /unknown option '--fromat'; did you mean '--format'/],
    [["scan", "--format", "xml", "a"], /--format must be text, json or sarif/],
    [["scan", "--jsonl", "a"], /takes no files/],
    [["scan", "--jsonl", "--format", "json"], /takes no --format/],
    [["scan", "--redact", "a", "b"], /--redact takes one file/],
    [["scan", "--redact", "--format", "json", "a"], /takes no --format/],
    [["scan", "--policy", "p.json", "a"], /needs --jsonl/],
    [["scan", "--max-body-bytes", "1", "a"], /needs --jsonl/],
    [["scan", "--jsonl", "--max-body-bytes", "0"], /must be a whole number/],
    [["scan", "-", "-"], /can be read once/],
    [["scan", "--jsonl", "--policy", "missing.json"], /missing\.json does not exist/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
  }
  const help = await run(["scan", "--help"]);
  assert.equal(help.code, 0);
  for (const option of ["--format", "--redact", "--jsonl", "--policy", "--max-body-bytes", "--all", "--quiet", "Exit codes"])
    assert.ok(help.stdout.includes(option), option);
});

test("directories: binary files, links, .git and node_modules are left out, with notice", async (t) => {
  const root = folder(t, {
    "a.bin": `${SSN}\0`,
    ".git/config": SSN,
    "deep/node_modules/x.txt": SSN,
    "deep/.env": `PASSWORD=x${KEY.slice(4)}!`,
    "wide.txt": Buffer.from(`\uFEFFssn ${SSN}`, "utf16le"),
  });
  symlinkSync(root, join(root, "deep/loop"));
  const { code, stdout } = await run(["scan", "--format", "json", root]);
  assert.equal(code, 2);
  const report = JSON.parse(stdout);
  assert.deepEqual(
    report.findings.map(({ path, rule_id }) => [path, rule_id]),
    [[join(root, "deep/.env"), "password"]],
  );
  assert.deepEqual(report.skipped, [
    { path: join(root, "a.bin"), reason: "binary", failed: false },
    { path: join(root, "wide.txt"), reason: "body_charset", failed: true },
  ]);
  assert.deepEqual([report.files, report.count], [2, 1]);
});

test("documentation samples are listed when asked for", async (t) => {
  const file = join(folder(t, { "a.md": SAMPLE }), "a.md");
  const plain = await run(["scan", file]);
  assert.deepEqual([plain.code, plain.stdout], [0, ""]);
  const all = await run(["scan", "--all", "--format", "json", file]);
  assert.deepEqual([all.code, JSON.parse(all.stdout).findings[0].placeholder], [1, true]);
});

test("SARIF has its rules, its regions and its notifications", async (t) => {
  const root = folder(t, { "a b.txt": `x\nssn ${SSN}`, "b.bin": "\0" });
  const { stdout } = await run(["scan", "--format", "sarif", root, join(root, "none")]);
  const log = JSON.parse(stdout);
  assert.equal(log.version, "2.1.0");
  const [{ tool, results, invocations, columnKind }] = log.runs;
  const ids = tool.driver.rules.map(({ id }) => id);
  assert.ok(ids.length > 100 && new Set(ids).size === ids.length);
  for (const rule of tool.driver.rules) {
    assert.ok(rule.shortDescription.text && rule.help.text);
    assert.match(rule.defaultConfiguration.level, /^(error|warning)$/);
  }
  assert.equal(results.length, 1);
  const [{ ruleId, ruleIndex, level, locations }] = results;
  assert.deepEqual([ruleId, ids[ruleIndex], level, columnKind], ["us_ssn", "us_ssn", "error", "unicodeCodePoints"]);
  const { artifactLocation, region } = locations[0].physicalLocation;
  assert.match(artifactLocation.uri, /^file:\/\/\/.*\/a%20b\.txt$/);
  assert.deepEqual(region, { startLine: 2, startColumn: 5, endLine: 2, endColumn: 16, byteOffset: 6, byteLength: 11 });
  assert.equal(invocations[0].executionSuccessful, false);
  assert.deepEqual(
    invocations[0].toolExecutionNotifications.map(({ level }) => level),
    ["note", "error"],
  );
});

test("--redact writes the text with placeholders, the rest byte for byte", async () => {
  const other = ["537", "22", "8146"].join("-");
  const encoded = Buffer.from(`the ssn is ${SSN} here`).toString("base64");
  const text = `a ${SSN}\r\n\tb ${other} €\u{1f600} c ${SSN} ${encoded} mail jo.doe@corp-mail.com end`;
  const { code, stdout } = await run(["scan", "--redact", "-"], {}, text);
  assert.equal(code, 1);
  assert.match(stdout, /^a \[US_SSN:1\]\r\n\tb \[US_SSN:2\] €\u{1f600} c \[US_SSN:1\] \[US_SSN:3\] mail \[EMAIL:1\] end$/u);
});

test("text over many windows: places and placeholders stay right", async (t) => {
  const line = "a line of prose without anything in it to find, of which there are many\n";
  const block = line.repeat(20_000);
  const file = join(folder(t, { "big.txt": `${block}ssn ${SSN}\n`.repeat(6) }), "big.txt");
  const { code, stdout } = await run(["scan", "--format", "json", file]);
  assert.equal(code, 1);
  const places = JSON.parse(stdout).findings.map(({ line, column, start }) => [line, column, start]);
  const step = block.length + SSN.length + 5;
  assert.deepEqual(
    places,
    [0, 1, 2, 3, 4, 5].map((n) => [(n + 1) * 20_001, 5, n * step + block.length + 4]),
  );
  const redacted = await run(["scan", "--redact", file]);
  assert.equal(redacted.stdout, `${block}ssn [US_SSN:1]\n`.repeat(6));
});

test("a detector gives the same for every way of cutting, characters included", () => {
  const text = `€ ssn ${SSN} \u{1f600} key ${KEY} and more`;
  const bytes = new TextEncoder().encode(text);
  const whole = new Detector();
  const want = [...whole.push(text), ...whole.finish().findings].map(({ rule_id, start, end }) => [rule_id, start, end]);
  assert.deepEqual(
    want.map(([id]) => id),
    ["us_ssn", "aws_access_key_id"],
  );
  const pieces = [[...bytes].map((byte) => Uint8Array.of(byte)), text.split(""), [...text]];
  for (const list of pieces) {
    const detector = new Detector();
    const found = list.flatMap((piece) => detector.push(piece));
    const end = detector.finish();
    assert.deepEqual(
      [...found, ...end.findings].map(({ rule_id, start, end }) => [rule_id, start, end]),
      want,
    );
    assert.deepEqual(end.coverage, { bytes: bytes.length, skipped: [] });
    assert.equal(detector.settled, bytes.length);
    assert.throws(() => detector.push("x"), { code: "ERR_INTERVEN_ENGINE" });
    assert.throws(() => detector.finish(), { code: "ERR_INTERVEN_ENGINE" });
  }
  assert.throws(() => new Detector().push(1), { code: "ERR_INTERVEN_CONFIGURATION" });
  assert.throws(() => new Detector({ policy: "{" }), { code: "ERR_INTERVEN_POLICY" });
});
