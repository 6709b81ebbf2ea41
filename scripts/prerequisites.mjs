// What the machine must have before anything else can run. Names what is missing, and what to do about it.

import { execFileSync, spawnSync } from "node:child_process";

const NODE = [20, 19];
const TARGET = "wasm32-unknown-unknown";

/** Ends the process with a list of what is missing, or returns the versions that what is built depends on. */
export function checkPrerequisites() {
  const missing = [...node(), ...tool("npm", "npm comes with Node.js"), ...rust(), ...linker()];
  if (missing.length === 0) return `${process.version} ${execFileSync("rustc", ["--version"], { encoding: "utf8" })}`;
  console.error(`interven cannot be built here yet:\n${missing.map((line) => `  - ${line}`).join("\n")}`);
  process.exit(1);
}

function node() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const recent = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  return recent ? [] : [`Node.js ${NODE.join(".")} or newer is needed, this is ${process.versions.node}: install a newer one`];
}

function tool(name, remedy) {
  const { error, status } = spawnSync(name, ["--version"], { stdio: "ignore" });
  return error || status !== 0 ? [`\`${name}\` was not found: ${remedy}`] : [];
}

function rust() {
  const toolchain = ["cargo", "rustc"].flatMap((name) => tool(name, "run `rustup default stable`"));
  const missing = [...tool("rustup", "install Rust through rustup (rustup.rs)"), ...toolchain];
  if (missing.length > 0) return missing;
  const installed = execFileSync("rustup", ["target", "list", "--installed"], { encoding: "utf8" }).split("\n");
  if (installed.includes(TARGET)) return [];
  console.log(`Adding the Rust target ${TARGET}`);
  const { status } = spawnSync("rustup", ["target", "add", TARGET], { stdio: "inherit" });
  return status === 0 ? [] : [`the Rust target ${TARGET} could not be added: run \`rustup target add ${TARGET}\``];
}

function linker() {
  const found = ["cc", "gcc", "clang"].some((name) => tool(name, "").length === 0);
  return found ? [] : ["no C linker (`cc`) was found: install gcc or clang (Debian: `apt-get install gcc libc6-dev`)"];
}
