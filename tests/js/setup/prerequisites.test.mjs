// What a person reads whose machine lacks something.

import assert from "node:assert/strict";
import { test } from "node:test";
import { machineWith, script } from "./machine.mjs";

const VERSION = "echo 1";
const TARGET = 'case "$1 $2" in "target list") echo wasm32-unknown-unknown;; esac';
const COMPLETE = { npm: VERSION, cargo: VERSION, rustc: VERSION, rustup: TARGET, cc: VERSION };

for (const [gone, remedy] of [
  [["npm"], [/`npm` was not found: npm comes with Node\.js/]],
  [["rustup"], [/`rustup` was not found: install Rust through rustup/]],
  [["cargo"], [/`cargo` was not found: run `rustup default stable`/]],
  [["cc"], [/no C linker \(`cc`\) was found: install gcc or clang/]],
  [Object.keys(COMPLETE), [/`npm` was/, /`rustup` was/, /`cargo` was/, /no C linker/]],
]) {
  for (const name of ["build", "start", "test", "bench"]) {
    test(`${name} without ${gone.join(", ")}`, (t) => {
      const there = Object.entries(COMPLETE).filter(([program]) => !gone.includes(program));
      const { status, stdout, stderr } = script(name, machineWith(t, Object.fromEntries(there)));
      assert.equal(status, 1);
      assert.match(stderr, /^interven cannot be built here yet:\n/);
      for (const line of remedy) assert.match(stderr, line);
      // One line for each, nothing that a program printed when it crashed, and nothing begun.
      const named = gone.includes("rustc") ? gone.length : remedy.length;
      assert.equal(stderr.trim().split("\n").length, 1 + named);
      assert.equal(stdout, "");
    });
  }
}

test("a Rust target that cannot be added", (t) => {
  const rustup = 'case "$1 $2" in "target add") exit 1;; esac';
  const { status, stdout, stderr } = script("build", machineWith(t, { ...COMPLETE, rustup }));
  assert.equal(status, 1);
  assert.match(stdout, /Adding the Rust target wasm32-unknown-unknown/);
  assert.match(stderr, /could not be added: run `rustup target add wasm32-unknown-unknown`/);
});
