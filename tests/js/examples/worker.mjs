// A Worker as it would be deployed: bundled against the packed package, run by workerd.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import { consumer } from "../replay/consumer.mjs";
import { bundle } from "../replay/on-bundles.mjs";

/**
 * Starts a Worker from its source. Every call that it makes lands at `upstream` (a loopback base URL), whatever host it
 * names, so that no test reaches another machine. Without `upstream` it connects by itself.
 */
export async function startWorker(test, source, { upstream, bindings = {} }) {
  const folder = consumer();
  const output = mkdtempSync(join(folder, "worker-"));
  test.after(() => rmSync(output, { recursive: true, force: true }));
  await bundle(folder, source, {
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
  const miniflare = new Miniflare({
    modules,
    modulesRoot: output,
    compatibilityDate: "2026-04-01",
    bindings,
    ...(upstream ? { outboundService: (request) => toLoopback(request, upstream) } : {}),
    log: new Log(LogLevel.ERROR),
  });
  test.after(() => miniflare.dispose());
  await miniflare.ready;
  return miniflare;
}

async function toLoopback(request, upstream) {
  const { pathname, search } = new URL(request.url);
  const body = await request.arrayBuffer();
  return await fetch(`${upstream}${pathname}${search}`, {
    method: request.method,
    headers: [...request.headers].filter(([name]) => !["host", "content-length", "connection"].includes(name)),
    body: body.byteLength > 0 ? body : null,
    redirect: "manual",
  });
}
