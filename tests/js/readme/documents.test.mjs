// What the documents list must be what the code has.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readConfigFile } from "../../../dist/cli/config-file.js";
import { GATEWAY_OPTIONS } from "../../../dist/cli/gateway-options.js";
import { GATEWAY_HELP } from "../../../dist/cli/help/gateway.js";
import { SCAN_HELP } from "../../../dist/cli/help/scan.js";
import { openApiDocument } from "../../../dist/gateway/openapi/document.js";
import * as interven from "../../../dist/index.js";
import { temporaryDirectory } from "../cli/process.mjs";
import { runners } from "../replay/runners.mjs";
import { codeIn, fencedBlocks, tableRows } from "./blocks.mjs";

const DOCUMENTS = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs")
    .filter((name) => name.includes("."))
    .map((name) => join("docs", name)),
  "examples/worker/README.md",
];

const read = (file) => readFileSync(file, "utf8");
/** Where options are declared: those of the engine and those that only a client has. */
const OPTION_FILES = ["js/engine-options.ts", "js/options.ts", "js/approvals/options.ts", "js/logging.ts"];
const OPTIONS = () => OPTION_FILES.map(read).join("\n");
const sorted = (names) => [...new Set(names)].sort();

/** All matches of a pattern in the files of a folder. */
function inSource(folder, pattern) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => /\.(rs|ts)$/.test(name));
  const found = files.flatMap((name) => [...read(join(folder, name)).matchAll(pattern)].map(([, name]) => name));
  assert.ok(found.length > 0, `nothing in ${folder} fits ${pattern}`);
  return found;
}

/** Names by which the headings of a document are linked. */
function anchors(file) {
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function thrownBy(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("the README lists every option of the client", () => {
  const message = thrownBy(() => new interven.IntervenClient({ none: 1 })).message;
  const known = message.replace(/^.*: /, "").replace(/\.$/, "").split(", ");
  assert.ok(known.length > 15, message);
  const listed = tableRows("README.md", "option").map(([option]) => codeIn(option)[0]);
  assert.deepEqual(sorted(listed), sorted(known));
});

test("the README lists every variable that the client reads", () => {
  const variables = sorted([...OPTIONS().matchAll(/"(INTERVEN_\w+)"/g)].map(([, name]) => name));
  assert.ok(variables.length >= 6);
  const listed = tableRows("README.md", "option").flatMap(([, variable]) => variable.match(/INTERVEN_\w+/g) ?? []);
  assert.deepEqual(sorted(listed), variables);
});

test("the README names defaults as they are", () => {
  const rows = new Map(tableRows("README.md", "option").map(([option, , value]) => [codeIn(option)[0], value]));
  let compared = 0;
  for (const [, name, fallback] of OPTIONS().matchAll(/whole\("(\w+)", options\.\w+(?: \?\? \w+\(env\(.+?\)\))?, ([\d_]+),/g)) {
    compared += 1;
    const number = Number(fallback.replaceAll("_", "")).toLocaleString("en-US");
    assert.ok(rows.get(name).startsWith(number), `${name}: ${rows.get(name)}, not ${number}`);
  }
  assert.equal(compared, 6);
});

test("the README lists every error that can be thrown, with its code", () => {
  const details = { decision: "DENY", reasonCodes: [] };
  const rows = tableRows("README.md", "situation").map(([, error, code]) => [codeIn(error)[0], codeIn(code)[0]]);
  // The base class is not thrown, and nothing in this version tells a refused key from another refusal.
  const omitted = ["IntervenError"];
  const classes = new Map(Object.values(interven).flatMap((value) => (/Error$/.test(value.name) ? [[value.name, value]] : [])));
  const made = (name) => new (classes.get(name))("message", details);
  assert.deepEqual(rows.map(([name]) => name).sort(), sorted([...classes.keys()].filter((name) => !omitted.includes(name))));
  for (const [name, code] of rows) assert.equal(made(name).code, code);
  const blocked = rows.filter(([name]) => made(name) instanceof interven.IntervenBlockedError);
  assert.deepEqual([rows[0][0], rows[blocked.length - 1][0]], ["IntervenBlockedError", "GatewayError"]);
  assert.deepEqual(rows.slice(0, blocked.length), blocked, "the README says that these are the first rows");
});

test("docs/rules.md has a row for every rule, and README and changelog promise no more than that", () => {
  const ids = inSource(
    "src/detect",
    /(?:Rule::(?:secret|pii|phi|internal|injection)\(|token!\(\s*(?:\/\/\/.*\s+)+\w+,)\s*"(\w+)"/g,
  );
  const rows = [...read("docs/rules.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, id]) => id);
  assert.deepEqual(sorted(rows), sorted(ids));
  assert.match(read("README.md"), /\]\(docs\/rules\.md\)/);
  for (const file of ["README.md", "CHANGELOG.md"]) {
    const [, promised] =
      read(file).match(/[Mm]ore than (\d+)\s+rules/) ?? assert.fail(`${file} does not say how many rules there are`);
    assert.ok(ids.length > Number(promised), `${file}: ${promised}, not ${ids.length}`);
  }
});

test("the README lists every runtime that the tests run on", () => {
  const text = read("README.md").split("## Runtimes")[1].split("\n## ")[0].toLowerCase();
  const names = Object.keys(runners).map((name) => name.replace(/^node(\d+)$/, "$1"));
  assert.ok(names.length > 10);
  for (const name of names) assert.ok(text.includes(name), name);
});

test("the policies in the documents load, and every key is described", () => {
  const policies = fencedBlocks("docs/policies.md");
  assert.ok(policies.length > 0);
  for (const { language, text } of policies.filter(({ language }) => language !== "yaml")) {
    assert.equal(language, "json");
    new interven.Engine({ policy: text });
  }
  const { properties, $defs } = JSON.parse(read("docs/policy.schema.json"));
  const keys = [properties, ...Object.values($defs).map((part) => part.properties ?? {})].flatMap(Object.keys);
  assert.ok(keys.length > 100);
  const described = codeIn(read("docs/policies.md"));
  for (const key of keys) assert.ok(described.includes(key), `${key} is not described`);
});

test("the cases in the documents are decided as they say", (t) => {
  const [cases, ...others] = fencedBlocks("docs/policies.md").filter(({ language }) => language === "yaml");
  assert.equal(others.length, 0);
  const file = join(temporaryDirectory(t), "cases.yaml");
  writeFileSync(file, cases.text);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli/main.js", "policy", "test", file], {
    encoding: "utf8",
  });
  assert.deepEqual([status, stdout], [0, "1 passed, 0 failed\n"], stderr);
});

test("the detection documents load, and every key, validator and operator is described", () => {
  const documents = fencedBlocks("docs/detection.md");
  assert.ok(documents.length > 2);
  for (const { language, text } of documents) {
    assert.equal(language, "json");
    new interven.Engine(JSON.parse(text));
  }
  // Where a call reaches is told with the policies.
  const described = [...codeIn(read("docs/detection.md")), ...codeIn(read("docs/policies.md"))];
  const lists = [...read("src/options/parse.rs").matchAll(/const \w*KEYS: &\[&str\] =\s*&\[([^\]]+)\]/g)];
  assert.equal(lists.length, 4);
  const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const names = lists.flatMap(([, list]) => [...list.matchAll(/"([^"]+)"/g)].map(([, key]) => camel(key)));
  names.push(
    ...inSource("src/detect/custom", /^ {4}\("(\w+)", /gm),
    ...inSource("src/options", /^ {12}Self::\w+ => "(\w+)",$/gm),
  );
  for (const name of names) assert.ok(described.includes(name), `${name} is not described`);
});

test("reason codes are listed", () => {
  const described = codeIn(read("docs/policies.md"));
  const codes = inSource("src", /^ {4}\w+ = "([A-Z_]+)", "/gm);
  assert.ok(codes.length > 15);
  for (const name of codes) assert.ok(described.includes(name), `${name} is not listed`);
});

test("the gateway's options are listed where they are declared, in its help and in the documents, and its file takes them", (t) => {
  const declared = Object.entries(GATEWAY_OPTIONS);
  assert.ok(declared.length > 20);
  const options = sorted(declared.map(([name]) => `--${name}`).filter((name) => name !== "--help"));
  assert.deepEqual(sorted([...GATEWAY_HELP.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name)), options);
  const rows = tableRows("docs/gateway.md", "option");
  assert.deepEqual(sorted(rows.flatMap(([option]) => option.match(/--[a-z-]+/g) ?? [])), options);
  const environment = rows.flatMap(([, variable]) => variable.match(/[A-Z]+_[A-Z_]+|PORT/g) ?? []);
  const told = [...GATEWAY_HELP.matchAll(/\b(INTERVEN_[A-Z_]+|PORT)\b(?!:)/g)].map(([, name]) => name);
  assert.deepEqual(sorted(environment), sorted(told));
  for (const [name, { multiple }] of declared) {
    const [option] = rows.find(([option]) => option.includes(`--${name}`)) ?? [""];
    assert.equal(option.includes("repeatable"), multiple === true, name);
  }
  const file = join(temporaryDirectory(t), "config.json");
  const flags = declared.filter(([name, { type }]) => type === "boolean" && !["help", "verbose"].includes(name));
  writeFileSync(file, JSON.stringify(Object.fromEntries(flags.map(([name]) => [name, true]))));
  const [sentence] = read("docs/gateway.md").match(/`--config` names[\s\S]*?\n\n/) ?? [""];
  for (const name of Object.keys(readConfigFile(file, GATEWAY_OPTIONS))) assert.ok(codeIn(sentence).includes(name), name);
});

test("docs/api.md has every route that the gateway describes, once, and no other", () => {
  const methods = Object.entries(openApiDocument().paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.ok(methods.length > 50);
  const cells = read("docs/api.md").match(/^\| `[A-Z]+ \/[^|]*/gm) ?? [];
  const listed = cells.flatMap((cell) => codeIn(cell).map((code) => code.replace(/\?.*$/, "")));
  assert.deepEqual(listed.sort(), methods.sort());
});

test("the options, exit codes and errors of scan are listed", () => {
  const names = (text) => [...text.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)/gm)].map(([, name]) => name);
  const listed = tableRows("docs/scan.md", "option").flatMap(([option]) => option.match(/--[a-z-]+/g) ?? []);
  assert.ok(listed.length > 6);
  assert.deepEqual(sorted(listed), sorted(names(SCAN_HELP)));
  const codes = [...SCAN_HELP.matchAll(/^ {2}(\d) {2}/gm)].map(([, code]) => code);
  assert.deepEqual(
    tableRows("docs/scan.md", "exit code").map(([code]) => code),
    codes,
  );
  const errors = [...inSource("js/cli", /new RowError\("(\w+)"/g), ...inSource("js/cli", /code: "(\w+_failed)"/g)];
  const described = tableRows("docs/scan.md", "code").map(([code]) => codeIn(code)[0]);
  const raised = sorted(errors.concat(inSource("js/cli", /invalid = \(problem: string\) => new RowError\("(\w+)"/g)));
  assert.deepEqual(sorted(described), raised);
  const example = fencedBlocks("docs/scan.md").find(({ language }) => language === "js").text;
  const log = [];
  new Function("Detector", "console", example.replace(/^import .*$/m, ""))(interven.Detector, {
    log: (...parts) => log.push(parts.join(" ")),
  });
  assert.deepEqual(log, [/\/\/ (.*)$/m.exec(example)[1]]);
});

test("the invariants and their tests are named as they are", () => {
  const tests = inSource("tests", /^fn (i\d_\w+)\(\)/gm);
  assert.deepEqual(sorted(codeIn(read("ARCHITECTURE.md")).filter((name) => /^i\d_/.test(name))), sorted(tests));
});

test("paths and links in the documents lead somewhere", () => {
  let followed = 0;
  for (const file of DOCUMENTS) {
    for (const [, target, place] of read(file).matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)) {
      if (target.includes(":")) continue;
      followed += 1;
      const path = target === "" ? file : join(dirname(file), target);
      assert.ok(existsSync(path), `${file}: ${target}`);
      if (place !== undefined) assert.ok(anchors(path).includes(place), `${file}: ${target}#${place}`);
    }
    for (const path of codeIn(read(file)).filter((code) => /^(src|js|tests|scripts|examples|wit|docs)\/[\w./-]*$/.test(code))) {
      followed += 1;
      assert.ok(existsSync(path), `${file}: ${path}`);
    }
  }
  assert.ok(followed > 40, `only ${followed}`);
});

test("no document holds what a scan would deny or redact", () => {
  const engine = new interven.Engine();
  for (const file of DOCUMENTS) {
    // The table of rules shows the forms that they look for.
    const text = read(file).replace(/<!-- the table begins[\s\S]*<!-- the table ends -->/, "");
    const body = new TextEncoder().encode(text);
    const { findings } = engine.scan({ method: "POST", url: "tool://interven/document", headers: [], body }).report;
    const kinds = findings.filter(({ severity, placeholder }) => severity === "high" && !placeholder);
    assert.deepEqual(kinds, [], file);
  }
});
