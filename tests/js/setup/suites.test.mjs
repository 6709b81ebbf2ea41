// How `npm test` names its suites.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";

const npmTest = (...args) => spawnSync(process.execPath, ["scripts/test.mjs", ...args], { encoding: "utf8" });

test("--list names every suite with what it is about, and runs none", () => {
  const { status, stdout, stderr } = npmTest("--list");
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const listed = stdout.trim().split("\n");
  for (const line of listed) assert.match(line, /^[\w-]+ +\S.*\S$/);
  const names = listed.map((line) => line.split(" ")[0]);
  assert.equal(new Set(names).size, names.length);
  const folders = readdirSync("tests/js").filter((name) =>
    readdirSync(`tests/js/${name}`).some((file) => file.endsWith(".test.mjs")),
  );
  const runtimes = ["node", "deno", "bun", "workerd", "chromium", "jco", "wasmtime"].map((runtime) => `on-${runtime}`);
  for (const name of ["native", ...folders, ...runtimes]) assert.ok(names.includes(name), name);
});

test("a suite that does not exist ends with 2 and a hint, before anything is built", () => {
  const { status, stdout, stderr } = npmTest("format", "nosuch");
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /There is no suite `nosuch`\. `npm test -- --list` names them\./);
});

test("every test file of tests/js belongs to a suite", () => {
  const files = readdirSync("tests/js", { recursive: true }).filter((name) => name.endsWith(".test.mjs"));
  assert.ok(files.length > 20, `only ${files.length}`);
  // Deeper files would never be run.
  assert.deepEqual(
    files.filter((name) => name.split("/").length !== 2 || !existsSync(`tests/js/${name}`)),
    [],
  );
});
