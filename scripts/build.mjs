// Everything from source to `dist/`: packages, build helper, WebAssembly, TypeScript. Steps whose inputs have not changed are skipped.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fingerprint, forget, isFresh, remember } from "./fingerprint.mjs";
import { locked } from "./lock.mjs";
import { checkPrerequisites } from "./prerequisites.mjs";
import { remapFlags } from "./remap.mjs";
import { must } from "./run.mjs";

const TARGET = "wasm32-unknown-unknown";
const XTASK = "target/xtask/debug/xtask";
const RUST = ["Cargo.toml", "Cargo.lock", "src", "wit", "xtask/Cargo.lock", "scripts/remap.mjs"];
// Inlining and vectorising as eagerly as `opt-level = 3` does is a quarter more bytes, a slower first call, and no faster
// scan: what is worth vectors is written with them.
export const FLAGS = ["-Cllvm-args=-inline-threshold=20", "-Cno-vectorize-loops"];
export const SIMD = ["-Ctarget-feature=+simd128"];
// What rustc emits by default for this target.
export const FEATURES = [
  "bulk-memory",
  "mutable-globals",
  "multivalue",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
];

/** The builds with a face for JavaScript. `scalar` is the default one for engines without vector instructions. */
const CORES = [
  { name: "core", features: ["js", "full"], simd: true, level: "3" },
  { name: "scalar", features: ["js", "full"], simd: false, level: "s" },
  { name: "slim", features: ["js"], simd: true, level: "z" },
  { name: "patterns", features: ["js", "full", "patterns"], simd: true, level: "3" },
];

const log = (name) => `target/build-logs/${name}.log`;

const STEPS = [
  {
    name: "packages",
    about: "install npm packages",
    inputs: ["package.json", "package-lock.json"],
    outputs: ["node_modules/typescript"],
    // Not `npm ci`: it refuses a lock file that leaves out optional binaries of other platforms.
    work: () => must("Installing npm packages", "npm", ["install", "--no-audit", "--no-fund"], { log: log("packages") }),
  },
  {
    name: "xtask",
    about: "compile the build helper",
    inputs: ["xtask/Cargo.toml", "xtask/Cargo.lock", "xtask/src", "Cargo.toml"],
    outputs: [XTASK],
    work: () =>
      must("Compiling the build helper", "cargo", ["build", "--locked", "--manifest-path", "xtask/Cargo.toml"], {
        log: log("xtask"),
        env: { CARGO_TARGET_DIR: "target/xtask" },
      }),
  },
  ...CORES.map((core) => ({
    name: core.name,
    about: `compile ${core.name} to WebAssembly`,
    inputs: RUST,
    outputs: [`dist/core/${core.name}_bg.wasm`, `dist/core/${core.name}_text.js`],
    work: () => buildCore(core),
  })),
  {
    name: "component",
    about: "compile the WebAssembly component",
    inputs: RUST,
    outputs: ["dist/interven.component.wasm"],
    work: component,
  },
  {
    name: "rules",
    about: "list the rules",
    inputs: [...RUST, "xtask"],
    outputs: ["dist/rule-table.js"],
    work: () =>
      must(
        "Listing the rules",
        "cargo",
        ["run", "--locked", "--manifest-path", "xtask/Cargo.toml", "--", "rules", "dist/rule-table.js"],
        { log: log("rules"), env: { CARGO_TARGET_DIR: "target/xtask" } },
      ),
  },
  {
    name: "javascript",
    about: "compile TypeScript",
    inputs: ["js", "tsconfig.json", "package-lock.json"],
    outputs: ["dist/index.js"],
    work: javascript,
  },
];

/** Builds whatever is not up to date. */
export async function build() {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), ".."));
  const versions = checkPrerequisites();
  await locked("target/build.lock", () => buildSteps(versions));
}

async function buildSteps(versions) {
  for (const [index, step] of STEPS.entries()) {
    const value = fingerprint([...step.inputs, "scripts/build.mjs"], versions);
    if (isFresh(step.name, value) && step.outputs.every((path) => existsSync(path))) continue;
    forget(step.name);
    process.stdout.write(`[${index + 1}/${STEPS.length}] ${step.about} … `);
    const started = Date.now();
    await step.work();
    remember(step.name, value);
    console.log(`${Math.round((Date.now() - started) / 1000)} s`);
  }
}

/** Compiles with some features; each kind of face has its own folder, so that one does not undo the other's work. */
async function compile(name, { folder, features, flags, level }, what) {
  const args = ["rustc", "--locked", "--release", "--lib", "--target", TARGET, "--crate-type", "cdylib"];
  args.push("--no-default-features", "--features", features.join());
  // Separated like this, paths may hold spaces.
  const encoded = [...FLAGS, ...flags, ...remapFlags(TARGET)].join("\u001f");
  const env = {
    CARGO_TARGET_DIR: `target/${folder}`,
    CARGO_ENCODED_RUSTFLAGS: encoded,
    CARGO_PROFILE_RELEASE_OPT_LEVEL: level,
  };
  await must(what, "cargo", args, { log: log(name), env });
  return `target/${folder}/${TARGET}/release/interven.wasm`;
}

async function buildCore({ name, features, simd, level }) {
  const what = `Compiling ${name} to WebAssembly`;
  // Flags and level are the dependencies' as well: a folder for each pair keeps them.
  const folder = `wasm-js-${simd ? "simd" : "scalar"}-${level}`;
  const wasm = await compile(name, { folder, features, flags: simd ? SIMD : [], level }, what);
  mkdirSync("dist/core", { recursive: true });
  const glued = `target/glue/${name}`;
  mkdirSync(glued, { recursive: true });
  // The scalar build runs with the glue of the other.
  const glue = name === "scalar" ? "core" : name;
  await must(what, XTASK, ["bindgen", wasm, glued, glue], { log: log(`${name}-bindgen`) });
  const enabled = (simd ? ["simd", ...FEATURES] : FEATURES).map((feature) => `--enable-${feature}`);
  const optimised = `dist/core/${name}_bg.wasm`;
  await must(
    what,
    "node",
    ["node_modules/binaryen/bin/wasm-opt", "-O3", ...enabled, `${glued}/${glue}_bg.wasm`, "-o", optimised],
    { log: log(`${name}-wasm-opt`) },
  );
  const script = readFileSync(`${glued}/${glue}_bg.js`, "utf8");
  if (name !== "scalar") writeFileSync(`dist/core/${glue}_bg.js`, script);
  else if (script !== readFileSync("dist/core/core_bg.js", "utf8")) throw new Error("The scalar build needs glue of its own.");
  writeFileSync(`dist/core/${name}_text.js`, `export default "${readFileSync(optimised).toString("base64")}";\n`);
}

async function component() {
  const what = "Compiling the WebAssembly component";
  const wasm = await compile(
    "component",
    { folder: "wasm-component", features: ["component", "full", "patterns"], flags: SIMD, level: "3" },
    what,
  );
  mkdirSync("dist", { recursive: true });
  await must(what, XTASK, ["component", wasm, "dist/interven.component.wasm"], { log: log("component-encode") });
}

async function javascript() {
  // What was removed from js/ must not stay behind; what the other steps made must.
  const made = new Set(["interven.component.wasm", "rule-table.js"]);
  for (const { name } of CORES) for (const end of ["_bg.wasm", "_bg.js", "_text.js"]) made.add(`${name}${end}`);
  for (const file of existsSync("dist") ? readdirSync("dist", { recursive: true }) : []) {
    const path = join("dist", file);
    if (existsSync(path) && statSync(path).isFile() && !made.has(file.split("/").at(-1))) rmSync(path);
  }
  await must("Compiling TypeScript", "node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { log: log("tsc") });
  cpSync("js", "dist", { recursive: true, filter: (path) => statSync(path).isDirectory() || !path.endsWith(".ts") });
  copyFileSync("js/rule-table.d.ts", "dist/rule-table.d.ts");
  for (const name of ["core", "slim", "patterns"]) copyFileSync(`js/core/${name}_bg.d.ts`, `dist/core/${name}_bg.d.ts`);
  if (existsSync("dist/cli/main.js")) chmodSync("dist/cli/main.js", 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
