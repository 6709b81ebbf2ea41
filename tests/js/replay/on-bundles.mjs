// Bundles: esbuild for Node, run from a folder that has no packages; esbuild for workerd, run in Miniflare.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";
import { ENTRIES } from "./entries.mjs";
import { inProcess, program } from "./on-processes.mjs";

/** Bundles an entry text as if it stood in the consumer's folder. */
export async function bundle(folder, contents, options) {
  await build({
    stdin: { contents, resolveDir: folder, loader: "js" },
    bundle: true,
    format: "esm",
    logLevel: "error",
    ...options,
  });
}

export const onEsbuild = async ({ folder, job }) => {
  const elsewhere = mkdtempSync(join(tmpdir(), "interven-esbuild-"));
  try {
    await bundle(folder, `${ENTRIES}\nexport { interven };`, { outfile: join(elsewhere, "bundle.mjs"), platform: "node" });
    return await inProcess(process.execPath, [], elsewhere, job, "import { interven } from './bundle.mjs';");
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
};

/** Bundles a Worker as a deployment does, its `.wasm` as a module beside it, and gives the options to run it with. */
export async function workerModules(folder, contents, output) {
  rmSync(output, { recursive: true, force: true });
  await bundle(folder, contents, {
    outdir: output,
    entryNames: "worker",
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  const modules = readdirSync(output).map((name) => ({
    type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path: join(output, name),
    contents: readFileSync(join(output, name)),
  }));
  // The entry comes first.
  modules.sort((a, b) => Number(b.type === "ESModule") - Number(a.type === "ESModule"));
  return { modules, modulesRoot: output, compatibilityDate: "2026-04-01", log: new Log(LogLevel.ERROR) };
}

export const onWorkerd = async ({ folder, job }) => {
  const contents = `${ENTRIES}
import { run } from ${program(job)};
export default {
  async fetch(request) {
    return Response.json(await run(interven, await request.json()));
  },
};`;
  // Of its own: suites run at the same time.
  const output = resolve(folder, `workerd-${process.pid}`);
  const miniflare = new Miniflare(await workerModules(folder, contents, output));
  try {
    const response = await miniflare.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(job) });
    return await response.json();
  } finally {
    await miniflare.dispose();
    rmSync(output, { recursive: true, force: true });
  }
};
