// Compiles surface.ts against the packed package, as strictly as a project can, where nothing else is installed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { packed } from "../packaging/packed.mjs";

const SURFACE = readFileSync("tests/js/types/surface.ts", "utf8");
const { folder } = packed();
writeFileSync(join(folder, "package.json"), '{"type":"module"}');

/** What the compiler complains about, one line each. */
function complaints(source, options) {
  writeFileSync(join(folder, "surface.ts"), source);
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["surface.ts"] }));
  const { stdout, error } = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(error, undefined);
  return stdout.split("\n").filter((line) => /error TS\d+/.test(line));
}

for (const [module, moduleResolution] of [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
]) {
  test(`the whole surface, module resolution ${moduleResolution}`, () => {
    assert.deepEqual(complaints(SURFACE, { module, moduleResolution }), []);
  });
}

test("every mistake in it is one", () => {
  const expected = SURFACE.match(/\/\/ @ts-expect-error/g).length;
  assert.ok(expected > 10);
  const found = complaints(SURFACE.replaceAll("// @ts-expect-error", "//"), { module: "nodenext", moduleResolution: "nodenext" });
  assert.equal(found.length, expected, found.join("\n"));
});
