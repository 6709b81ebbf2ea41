// Compiles surface.ts against the packed package, as strictly as a project can, where nothing else is installed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { packed } from "../packaging/packed.mjs";

const SURFACE = readFileSync("tests/js/types/surface.ts", "utf8");
const GATEWAY = readFileSync("tests/js/types/gateway.ts", "utf8");
const NODE = { types: ["node"], typeRoots: [resolve("node_modules/@types")] };
const alone = packed().folder;
// The gateway comes with these, and is for Node.
const withGateway = packed({ beside: ["hono", "undici"] }).folder;
for (const folder of [alone, withGateway]) writeFileSync(join(folder, "package.json"), '{"type":"module"}');

/** What the compiler complains about, one line each. */
function complaints(source, options, folder = alone) {
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

test("the whole of interven/gateway", () => {
  assert.deepEqual(complaints(GATEWAY, { module: "nodenext", moduleResolution: "nodenext", ...NODE }, withGateway), []);
  const [imported] = GATEWAY.match(/import \{[^}]*\} from "interven\/gateway"/) ?? [];
  const exported = [...readFileSync("js/gateway/index.ts", "utf8").matchAll(/^export [^{]*\{([^}]*)\}/gm)].flatMap(([, names]) =>
    names
      .split(",")
      .map((name) => name.replace(/^\s*(?:type )?/, "").trim())
      .filter(Boolean),
  );
  assert.ok(exported.length > 50);
  for (const name of exported) assert.match(imported, new RegExp(`\\b${name}\\b`), `${name} is not pinned`);
});

for (const [name, source, options, folder] of [
  ["the surface", SURFACE, {}, alone],
  ["interven/gateway", GATEWAY, NODE, withGateway],
])
  test(`every mistake in ${name} is one`, () => {
    const expected = source.match(/\/\/ @ts-expect-error/g).length;
    assert.ok(expected > 4);
    const modules = { module: "nodenext", moduleResolution: "nodenext" };
    const found = complaints(source.replaceAll("// @ts-expect-error", "//"), { ...modules, ...options }, folder);
    assert.equal(found.length, expected, found.join("\n"));
  });
