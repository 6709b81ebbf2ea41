// Nothing that is published or checked in says on which machine, or from which mirror, it was made.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { filesIn, packed } from "./packed.mjs";

const { root } = packed();

// Whatever the user's name, the toolchain's folder and the registry's name are.
const PLACES = ["/home/", "/root/", "/Users/", "C:\\Users\\", ".cargo/", ".rustup/", "registry/src/"];

const tellingPlaces = (bytes) => PLACES.filter((place) => bytes.includes(place));

test("no packed file names a folder of the machine that built it", () => {
  const files = filesIn(root);
  assert.ok(files.length > 50, `only ${files.length} files`);
  for (const name of files) assert.deepEqual(tellingPlaces(readFileSync(join(root, name))), [], name);
  assert.deepEqual(tellingPlaces(Buffer.from("\0/root/.cargo/registry/src/x\0")), ["/root/", ".cargo/", "registry/src/"]);
});

test("the bytes that are inlined are those of the module", async () => {
  const { default: bytes } = await import(pathToFileURL(join(root, "dist/core/inline.js")).href);
  assert.ok(Buffer.compare(bytes(), readFileSync(join(root, "dist/core/core_bg.wasm"))) === 0);
});

test("panics name the same paths wherever the modules are built", () => {
  const cores = ["core", "scalar", "slim", "patterns"].map((name) => `dist/core/${name}_bg.wasm`);
  for (const name of [...cores, "dist/interven.component.wasm"]) {
    const text = readFileSync(join(root, name), "latin1");
    const sources = text.match(/(?<![\w.-])(?:\/[\w.+-]+)+\.rs\b/g) ?? [];
    assert.ok(sources.length > 10, `${name} holds ${sources.length} paths`);
    const foreign = sources.filter((path) => !/^\/(rustc\/[0-9a-f]{40}|rust\/deps|deps|interven)\//.test(path));
    assert.deepEqual(foreign, [], name);
  }
});

test("no file that is checked in names the host of a package registry", () => {
  const hosts = [
    ...["npmjs.org", "yarnpkg.com"].map((domain) => ["registry", domain].join(".")),
    ...["index", "static"].map((name) => [name, "crates", "io"].join(".")),
    ["files", "pythonhosted", "org"].join("."),
    // A mirror that this machine happens to use.
    new URL(execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" })).host,
  ];
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  const names = files.split("\0").filter((name) => name !== "");
  assert.ok(names.length > 100, `only ${names.length} files`);
  const telling = (name) => {
    const bytes = contents(name);
    return hosts.filter((host) => bytes.includes(host)).map((host) => `${name}: ${host}`);
  };
  assert.deepEqual(names.flatMap(telling), []);
});

/** Of a file that is being removed, nothing. */
function contents(name) {
  try {
    return readFileSync(name);
  } catch {
    return Buffer.alloc(0);
  }
}
