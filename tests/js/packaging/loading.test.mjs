// How the package is loaded where nothing else is installed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { packed } from "./packed.mjs";

const { folder, root } = packed();
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

/** The files that an entry reaches, statically or by `import()`, and the packages that they name. */
async function graph(entry) {
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    packages: "external",
    logLevel: "error",
    outdir: folder,
  });
  const inputs = Object.entries(metafile.inputs);
  const named = inputs.flatMap(([, { imports }]) => imports.filter(({ external }) => external).map(({ path }) => path));
  return { files: inputs.map(([path]) => path), packages: [...new Set(named)].filter((name) => !isBuiltin(name)), named };
}

const isBuiltin = (name) => name.startsWith("node:") || builtinModules.includes(name);

test("the entry reaches no other package, and nothing of Node.js", async () => {
  const { files, named } = await graph("dist/index.js");
  assert.ok(files.length > 5, `looked at ${files.length} files only`);
  assert.ok(files.some((path) => path.endsWith("core/core_text.js")));
  assert.ok(!files.some((path) => path.endsWith("core/scalar_text.js")), "the scalar build comes along unasked");
  assert.deepEqual(named, []);
});

for (const entry of ["slim", "patterns"]) {
  test(`interven/${entry} reaches its own build and no other`, async () => {
    const { files, named } = await graph(`dist/${entry}/index.js`);
    const builds = files.filter((path) => path.endsWith("_text.js")).map((path) => path.split("/").at(-1));
    assert.deepEqual(builds, [`${entry}_text.js`]);
    assert.deepEqual(named, []);
  });
}

test("interven/testing reaches no build, no other package, and nothing of Node.js", async () => {
  const { files, named } = await graph("dist/testing/index.js");
  assert.ok(files.some((path) => path.endsWith("testing/fake-clock.js")));
  assert.deepEqual(
    files.filter((path) => path.includes("/core/")),
    [],
  );
  assert.deepEqual(named, []);
});

test("no other entry brings interven/testing along", async () => {
  for (const entry of ["index.js", "slim/index.js", "patterns/index.js"])
    assert.ok(!(await graph(`dist/${entry}`)).files.some((path) => path.includes("/testing/")), entry);
});

test("the gateway reaches what package.json lists as optional, and nothing else", async () => {
  const { packages } = await graph("dist/gateway/index.js");
  assert.ok(packages.includes("hono"), "the graph was not followed");
  const listed = Object.keys(manifest.optionalDependencies);
  const names = packages.map((path) =>
    path
      .split("/")
      .slice(0, path.startsWith("@") ? 2 : 1)
      .join("/"),
  );
  assert.deepEqual(
    names.filter((name) => !listed.includes(name)),
    [],
  );
});

const USE = `const request = { method: "GET", url: "https://example.com/", headers: [], body: new Uint8Array() };
process.stdout.write(new Engine().scan(request).decision);`;

for (const [how, file, load] of ["interven", "interven/slim", "interven/patterns"].flatMap((entry) => [
  [`import of ${entry}`, "use.mjs", `import { Engine } from "${entry}";`],
  [`require of ${entry}`, "use.cjs", `const { Engine } = require("${entry}");`],
])) {
  test(`${how} works alone, without a warning`, () => {
    writeFileSync(join(folder, file), `${load}\n${USE}`);
    const { status, stdout, stderr } = run(file);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "ALLOW", stderr: "" });
  });
}

test("the raw modules can be had for loading by hand", () => {
  writeFileSync(
    join(folder, "raw.mjs"),
    `import { readFileSync } from "node:fs";
const bytes = (name) => readFileSync(new URL(import.meta.resolve(name)));
for (const build of ["core", "scalar", "slim", "patterns"]) {
  const module = new WebAssembly.Module(bytes(\`interven/\${build}.wasm\`));
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "memory")) throw new Error("no memory");
}
// A component is no core module: the layer in its header tells.
if (bytes("interven/component.wasm").readUInt16LE(6) !== 1) throw new Error("not a component");`,
  );
  const { status, stderr } = run("raw.mjs");
  assert.equal(status, 0, stderr);
});

test("the command says which packages the gateway needs", () => {
  const command = "node_modules/interven/dist/cli/main.js";
  assert.equal(run(command, "--version").stdout, `${manifest.version}\n`);
  const { status, stderr } = run(command, "gateway", "--port", "0");
  assert.equal(status, 1);
  assert.match(stderr, /npm install .*hono/);
});

function run(...args) {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
}
