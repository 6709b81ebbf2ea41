// What the package weighs, on disk and on the way.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundle } from "../tests/js/replay/on-bundles.mjs";

export const about = "what is shipped, raw and compressed";

export default async function sizes() {
  const bundled = resolve("target/bench/browser.min.js");
  // From the repository itself: a package may import its own name.
  const contents = 'import { IntervenClient } from "interven"; globalThis.client = new IntervenClient();';
  await bundle(process.cwd(), contents, { outfile: bundled, platform: "browser", minify: true });
  const [tarball] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { encoding: "utf8" }));
  const rows = [
    row("dist/core/core_bg.wasm", "dist/core/core_bg.wasm"),
    row("dist/core/inline.js (the same bytes as text)", "dist/core/inline.js"),
    row("dist/interven.component.wasm", "dist/interven.component.wasm"),
    row("browser bundle of IntervenClient (esbuild, minified)", bundled),
    [`npm tarball (${tarball.entryCount} files)`, tarball.unpackedSize, tarball.size, null],
  ];
  return [{ title: "Sizes", columns: ["", "raw, bytes", "gzip -9, bytes", "brotli, bytes"], rows }];
}

function row(name, path) {
  const bytes = readFileSync(path);
  return [name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
}
