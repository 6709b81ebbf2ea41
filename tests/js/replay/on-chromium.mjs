// A real browser: once with an esbuild bundle, once with what Vite makes.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { openBrowser } from "../browser/chromium.mjs";
import { ENTRIES } from "./entries.mjs";
import { bundle } from "./on-bundles.mjs";
import { program, skipped } from "./on-processes.mjs";

const entry = () => `${ENTRIES}
import { run } from ${program({})};
const job = await (await fetch("/job.json")).json();
globalThis.result = await run(interven, { ...job, browser: true });
`;

const page = (script) => `<!doctype html><title>interven</title><script type="module" src="${script}"></script>`;

export const onChromium = async ({ folder, job, files }) => {
  const output = resolve(folder, "browser");
  await bundle(folder, entry(), { outfile: join(output, "app.js"), platform: "browser" });
  files["/index.html"] = page("/app.js");
  files["/app.js"] = readFileSync(join(output, "app.js"));
  return visit(job, files);
};

export const onVite = async ({ folder, job, files }) => {
  const root = resolve(folder, "vite");
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "index.html"), page("/main.js"));
  writeFileSync(join(root, "main.js"), entry());
  await build({ root, configFile: false, logLevel: "error", build: { target: "es2022", outDir: "out", emptyOutDir: true } });
  files["/index.html"] = readFileSync(join(root, "out/index.html"));
  for (const name of readdirSync(join(root, "out/assets")))
    files[`/assets/${name}`] = readFileSync(join(root, "out/assets", name));
  return visit(job, files);
};

async function visit(job, files) {
  files["/job.json"] = JSON.stringify(job);
  const browser = await openBrowser();
  if (browser === undefined) return skipped("Chromium is not installed, and could not be");
  try {
    const tab = await browser.newPage();
    const problems = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    await tab.goto(`${job.server}/index.html`);
    await tab
      .waitForFunction(() => globalThis.result !== undefined, undefined, { timeout: 120_000 })
      .catch((error) => {
        throw new Error(`${error}\n${problems.join("\n")}`);
      });
    return await tab.evaluate(() => globalThis.result);
  } finally {
    await browser.close();
  }
}
