// The published Python packages, unmodified, in an environment of their own below target/.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { installFromDebian } from "../../../scripts/debian.mjs";
import { run } from "../../../scripts/run.mjs";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../target/python/", import.meta.url));
const LOG = join(ROOT, "install.log");
const DONE = join(ROOT, "installed.txt");
const REQUIREMENTS = join(HERE, "requirements.txt");
/** Programs that may be a Python of 3.9 or newer. */
const NAMES = [process.env.PYTHON, "python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.9", "python"];
/** Succeeds where Python is new enough and can make environments. */
const CHECK = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))";

const works = (name) => name && spawnSync(name, ["-c", CHECK], { stdio: "ignore" }).status === 0;

/** What the scripts run with, or why they cannot: `{ python }` or `{ skip }`. */
export async function environment() {
  const found = NAMES.find(works) ?? install();
  if (found === undefined) return { skip: "Python 3.9 or newer with venv is not installed, and could not be" };
  const python = join(ROOT, "venv/bin/python");
  const wanted = readFileSync(REQUIREMENTS, "utf8") + execFileSync(found, ["--version"], { encoding: "utf8" });
  if (existsSync(python) && existsSync(DONE) && readFileSync(DONE, "utf8") === wanted) return { python };
  rmSync(ROOT, { recursive: true, force: true });
  mkdirSync(ROOT, { recursive: true });
  const made = await run(found, ["-m", "venv", join(ROOT, "venv")], { log: LOG, limitMinutes: 5 });
  if (made.code !== 0) return { skip: `a virtual environment could not be made: ${lastLine(made.output)}` };
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--requirement", REQUIREMENTS];
  const { code, output } = await run(python, args, { log: LOG, limitMinutes: 8 });
  if (code !== 0) return { skip: `pip could not install the packages: ${lastLine(output)} (see target/python/install.log)` };
  writeFileSync(DONE, wanted);
  return { python };
}

const lastLine = (output) => output.trim().split("\n").at(-1) ?? "";

function install() {
  const installed = installFromDebian("Python", ["python3", "python3-venv"]);
  return installed && works("python3") ? "python3" : undefined;
}

/**
 * Runs a script of this folder: `input` is its argument, as JSON, and each line that it prints is a JSON value. `on` is
 * called with each as it comes, so that a test can act while the script waits.
 */
export async function script(python, name, input, on = () => {}) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(INTERVEN|LANG(CHAIN|SMITH)|PYTHON)/.test(key)),
  );
  const child = spawn(python, [join(HERE, name), JSON.stringify(input)], {
    env: { ...clean, PYTHONDONTWRITEBYTECODE: "1", NO_PROXY: "*", no_proxy: "*" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 180_000,
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const said = {};
  const acts = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    const value = JSON.parse(line);
    Object.assign(said, value);
    acts.push(on(value));
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  await Promise.all(acts);
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${stderr}`);
  return { ...said, stderr };
}
