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
// Inlining as eagerly as `opt-level = 3` does is a fifth more bytes, a slower first call, and no faster scan.
export const FLAGS = ["-Ctarget-feature=+simd128", "-Cllvm-args=-inline-threshold=60"];
// What rustc emits by default for this target, and the vector instructions that the scan uses.
export const FEATURES = [
  "simd",
  "bulk-memory",
  "mutable-globals",
  "multivalue",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
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
    inputs: ["xtask/Cargo.toml", "xtask/Cargo.lock", "xtask/src"],
    outputs: [XTASK],
    work: () =>
      must("Compiling the build helper", "cargo", ["build", "--locked", "--manifest-path", "xtask/Cargo.toml"], {
        log: log("xtask"),
        env: { CARGO_TARGET_DIR: "target/xtask" },
      }),
  },
  {
    name: "core",
    about: "compile the core to WebAssembly",
    inputs: RUST,
    outputs: ["dist/core/core_bg.wasm", "dist/core/core_bg.js", "dist/core/inline.js"],
    work: core,
  },
  {
    name: "component",
    about: "compile the WebAssembly component",
    inputs: RUST,
    outputs: ["dist/interven.component.wasm"],
    work: component,
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

/** Compiles one face; each has its own folder, so that one does not undo the other's work. */
async function compile(face, what) {
  const args = ["rustc", "--locked", "--release", "--lib", "--target", TARGET, "--features", face, "--crate-type", "cdylib"];
  const folder = `target/wasm-${face}`;
  // Separated like this, paths may hold spaces.
  const flags = [...FLAGS, ...remapFlags(TARGET)].join("\u001f");
  await must(what, "cargo", args, { log: log(face), env: { CARGO_TARGET_DIR: folder, CARGO_ENCODED_RUSTFLAGS: flags } });
  return `${folder}/${TARGET}/release/interven.wasm`;
}

async function core() {
  const what = "Compiling the core to WebAssembly";
  const wasm = await compile("js", what);
  mkdirSync("dist/core", { recursive: true });
  await must(what, XTASK, ["bindgen", wasm, "dist/core"], { log: log("bindgen") });
  const features = FEATURES.map((feature) => `--enable-${feature}`);
  const optimised = "target/wasm-js/core.opt.wasm";
  await must(
    what,
    "node",
    ["node_modules/binaryen/bin/wasm-opt", "-O3", ...features, "dist/core/core_bg.wasm", "-o", optimised],
    { log: log("wasm-opt") },
  );
  copyFileSync(optimised, "dist/core/core_bg.wasm");
  writeFileSync("dist/core/inline.js", inline(readFileSync(optimised).toString("base64")));
}

/** The bytes as text, for every runtime that may compile them itself. `Buffer` first: it is ten times faster than `atob`. */
function inline(base64) {
  return `const text = "${base64}";

export default () => {
  if (typeof Buffer === "function" && typeof Buffer.from === "function") return Buffer.from(text, "base64");
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
};
`;
}

async function component() {
  const what = "Compiling the WebAssembly component";
  const wasm = await compile("component", what);
  mkdirSync("dist", { recursive: true });
  await must(what, XTASK, ["component", wasm, "dist/interven.component.wasm"], { log: log("component-encode") });
}

async function javascript() {
  // What was removed from js/ must not stay behind; what the other steps made must.
  const made = new Set(["core_bg.wasm", "core_bg.js", "inline.js", "interven.component.wasm"]);
  for (const file of existsSync("dist") ? readdirSync("dist", { recursive: true }) : []) {
    const path = join("dist", file);
    if (existsSync(path) && statSync(path).isFile() && !made.has(file.split("/").at(-1))) rmSync(path);
  }
  await must("Compiling TypeScript", "node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { log: log("tsc") });
  cpSync("js", "dist", { recursive: true, filter: (path) => statSync(path).isDirectory() || !path.endsWith(".ts") });
  copyFileSync("js/core/core_bg.d.ts", "dist/core/core_bg.d.ts");
  if (existsSync("dist/cli/main.js")) chmodSync("dist/cli/main.js", 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
