// Tools from the npm registry, installed into a folder of their own: the package depends on none of them.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../../scripts/run.mjs";

const PRESET = "@secretlint/secretlint-rule-preset-recommend";

const PEERS = [
  {
    packages: ["@secretlint/core", PRESET],
    name: "secretlint, recommended preset",
    async make(load) {
      const { lintSource } = await load("@secretlint/core");
      const { creator } = await load(PRESET);
      const config = { rules: [{ id: PRESET, rule: creator, options: {} }] };
      return (content) =>
        lintSource({ source: { filePath: "body.txt", content, ext: ".txt", contentType: "text" }, options: { config } });
    },
  },
  {
    packages: ["redact-pii"],
    name: "redact-pii",
    async make(load) {
      const { SyncRedactor } = await load("redact-pii");
      const redactor = new SyncRedactor();
      return (text) => redactor.redact(text);
    },
  },
  {
    packages: ["openredaction"],
    name: "openredaction",
    async make(load) {
      const { OpenRedaction } = await load("openredaction");
      const redactor = new OpenRedaction();
      return (text) => redactor.detect(text);
    },
  },
];

/** Those that could be installed and loaded, and what became of the others. */
export async function npmPeers(folder) {
  const root = resolve(folder, "npm");
  mkdirSync(root, { recursive: true });
  writeFileSync(`${root}/package.json`, '{ "private": true }\n');
  const load = async (name) => {
    const loaded = await import(pathToFileURL(createRequire(`${root}/package.json`).resolve(name)));
    return { ...loaded.default, ...loaded };
  };
  const [peers, missing] = [[], []];
  for (const { name, packages, make } of PEERS) {
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages];
    const { code } = await run("npm", args, { cwd: root, log: "target/build-logs/bench-npm.log", limitMinutes: 3 });
    try {
      if (code !== 0) throw new Error("npm cannot install it");
      peers.push({ name, run: await make(load) });
    } catch (error) {
      missing.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }
  return { peers, missing };
}
