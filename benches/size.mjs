// How much is downloaded, bundled and installed.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { consumer } from "../tests/js/replay/consumer.mjs";

export const about = "Size in bytes";

export async function measure() {
  const folder = consumer();
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  return [
    row("core (WebAssembly)", readFileSync("dist/core/core_bg.wasm")),
    row("component (WebAssembly)", readFileSync("dist/interven.component.wasm")),
    row("bundle for browsers, core inlined", await bundle(folder)),
    { what: "package, packed", raw: "", gzip: readFileSync(join(folder, tarball)).length },
  ];
}

const row = (what, bytes) => ({ what, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });

async function bundle(folder) {
  const { outputFiles } = await build({
    stdin: { contents: "export { IntervenClient } from 'interven';", resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].contents;
}
