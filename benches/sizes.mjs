// What the package weighs, on disk and on the way.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundle } from "../tests/js/replay/on-bundles.mjs";

export const about = "what is shipped, raw and compressed";

const ENTRIES = ["interven", "interven/slim", "interven/patterns"];

export default async function sizes() {
  const bundles = [];
  for (const [index, entry] of ENTRIES.entries()) {
    const outfile = resolve(`target/bench/browser-${index}.min.js`);
    // From the repository itself: a package may import its own name.
    const contents = `import { IntervenClient } from "${entry}"; globalThis.client = new IntervenClient();`;
    await bundle(process.cwd(), contents, { outfile, platform: "browser", minify: true });
    bundles.push(row(`browser bundle of ${entry} (esbuild, minified)`, outfile));
  }
  const [tarball] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { encoding: "utf8" }));
  const rows = [
    row("interven", "dist/core/core_bg.wasm"),
    row("interven, without vector instructions", "dist/core/scalar_bg.wasm"),
    row("interven/slim", "dist/core/slim_bg.wasm"),
    row("interven/patterns", "dist/core/patterns_bg.wasm"),
    row("interven/component.wasm", "dist/interven.component.wasm"),
    row("interven, as text in a script", "dist/core/core_text.js"),
    ...bundles,
    [`npm tarball (${tarball.entryCount} files)`, tarball.unpackedSize, tarball.size, null],
  ];
  return [{ title: "Sizes", columns: ["", "raw, bytes", "gzip -9, bytes", "brotli, bytes"], rows }];
}

function row(name, path) {
  const bytes = readFileSync(path);
  return [name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
}
