// Versions that stand in several files, and lock files that must work anywhere.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = (path) => readFileSync(path, "utf8");
const only = (path, pattern) => {
  const found = text(path).match(pattern)?.[1];
  assert.ok(found, `${path} has no ${pattern}`);
  return found;
};

test("the crate and the package have one version", () => {
  assert.equal(JSON.parse(text("package.json")).version, only("Cargo.toml", /^version = "([^"]+)"$/m));
});

test("the build helper makes glue for the wasm-bindgen that the crate uses", () => {
  const crate = only("Cargo.toml", /^wasm-bindgen = \{ version = "=([^"]+)"/m);
  assert.equal(only("xtask/Cargo.toml", /^wasm-bindgen-cli-support = "=([^"]+)"$/m), crate);
  assert.equal(only("Cargo.lock", /name = "wasm-bindgen"\nversion = "([^"]+)"/), crate);
  assert.equal(only("xtask/Cargo.lock", /name = "wasm-bindgen-cli-support"\nversion = "([^"]+)"/), crate);
});

test("development packages are pinned", () => {
  const pins = Object.values(JSON.parse(text("package.json")).devDependencies);
  assert.ok(pins.length > 5);
  assert.deepEqual(
    pins.filter((pin) => !/^\d+\.\d+\.\d+$/.test(pin)),
    [],
  );
});

test("lock files name no host but the public index", () => {
  const packages = Object.values(JSON.parse(text("package-lock.json")).packages);
  assert.ok(packages.length > 50);
  assert.deepEqual(
    packages.filter((entry) => entry.resolved?.includes("://")),
    [],
  );
  for (const lock of ["Cargo.lock", "xtask/Cargo.lock"]) {
    const sources = [...text(lock).matchAll(/^source = "(.*)"$/gm)].map(([, source]) => source);
    assert.deepEqual([...new Set(sources)], ["registry+https://github.com/rust-lang/crates.io-index"], lock);
  }
});
