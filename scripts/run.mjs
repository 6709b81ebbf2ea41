// Runs a program quietly: its output is shown only when it fails.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** Runs a program with its output in a log file. Resolves with exit code and output. */
export function run(command, args, { log, env = {}, cwd } = {}) {
  mkdirSync(dirname(log), { recursive: true });
  return new Promise((resolve) => {
    const file = createWriteStream(log);
    const child = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    child.on("error", (error) => file.write(`${command}: ${error.message}\n`));
    child.on("close", (code) => file.end(() => resolve({ code: code ?? 1, output: readFileSync(log, "utf8") })));
  });
}

/** Like `run`, but ends the process with the output when the program fails. */
export async function must(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  console.error(`\n${output.trimEnd()}\n\n${what} failed (\`${[command, ...args].join(" ")}\`, exit code ${code}).`);
  process.exit(1);
}
