// Tools from PyPI, installed into an environment of their own, and commands: kingfisher's comes from PyPI too, gitleaks' must be there.

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { run } from "../../../scripts/run.mjs";

const PACKAGES = ["detect-secrets", "presidio-analyzer", "kingfisher-bin"];
const LOG = "target/build-logs/bench-python.log";

/** As `npmPeers`; the speeds are in the order of the texts. */
export async function pythonPeers(folder, texts) {
  const root = resolve(folder, "python");
  const python = `${root}/bin/python`;
  const { code } = await run("python3", ["-m", "venv", root], { log: LOG, limitMinutes: 2 });
  if (code !== 0) return { peers: [], missing: [`${PACKAGES.join(", ")}: there is no python3 with venv`] };
  const missing = [];
  for (const name of PACKAGES) {
    const { code } = await run(python, ["-m", "pip", "install", "--quiet", name], { log: LOG, limitMinutes: 5 });
    if (code !== 0) missing.push(`${name}: pip cannot install it`);
  }
  writeFileSync(`${folder}/texts.json`, JSON.stringify(texts));
  const script = new URL("./peers.py", import.meta.url).pathname;
  const { output } = await run(python, [script, `${folder}/texts.json`], { log: LOG, limitMinutes: 10 });
  const answers = output.split("\n").filter((line) => line.startsWith('{"name"'));
  const all = answers.map((line) => JSON.parse(line));
  missing.push(...all.filter((one) => one.error).map((one) => `${one.name}: ${one.error}`));
  return { peers: all.filter((one) => !one.error), missing };
}
