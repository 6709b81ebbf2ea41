// What is published, and what must not be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { filesIn, packed } from "./packed.mjs";

const { root } = packed();
const files = filesIn(root);

test("only what is built and what describes it is packed", () => {
  const papers = files.filter((name) => !/^(dist|policies)\//.test(name)).sort();
  assert.deepEqual(papers, ["CHANGELOG.md", "LICENSE", "README.md", "docs/policy.schema.json", "package.json"]);
  const templates = files.filter((name) => name.startsWith("policies/"));
  assert.ok(templates.length >= 7 && templates.every((name) => /^policies\/[a-z0-9-]+\.json$/.test(name)), templates.join(", "));
  const kinds = /\.(js|d\.ts|wasm|html|css|svg)$/;
  const built = files.filter((name) => name.startsWith("dist/"));
  assert.ok(built.length > 50, `only ${built.length} files`);
  assert.deepEqual(
    // But for what is for the tests of others.
    built.filter((name) => !kinds.test(name) || /test/.test(name.replace(/^dist\/testing\//, ""))),
    [],
  );
});

test("everything that package.json points at is there", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const pointedAt = [manifest.exports, manifest.imports, manifest.bin].flatMap(leaves).map((path) => path.replace(/^\.\//, ""));
  assert.ok(pointedAt.length >= 8, `only ${pointedAt.length} paths`);
  assert.deepEqual(
    pointedAt.filter((path) => !files.some((file) => matchesGlob(file, path))),
    [],
  );
});

/** A path of `exports` may hold one `*`. */
function matchesGlob(file, path) {
  const [before, after] = path.split("*");
  return after === undefined ? file === path : file.startsWith(before) && file.endsWith(after);
}

function leaves(value) {
  return typeof value === "string" ? [value] : Object.values(value).flatMap(leaves);
}

test("no file tells where it was built", () => {
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  // A root directory as the repository would match everywhere.
  const places = [resolve(), cargo].filter((place) => place.length > 4);
  const telling = (name) => {
    const bytes = readFileSync(join(root, name));
    return places.some((place) => bytes.includes(place)) || bytes.includes("sourceMappingURL");
  };
  assert.deepEqual(files.filter(telling), []);
});

test("the command can be run", () => {
  assert.match(readFileSync(join(root, "dist/cli/main.js"), "utf8"), /^#!\/usr\/bin\/env node\n/);
});
