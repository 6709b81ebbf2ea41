// Runs a program quietly: its output is shown only when it fails.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** Runs a program with its output in a log file. Resolves with exit code (124 when it took too long) and output. */
export function run(command, args, { log, env = {}, cwd, limitMinutes } = {}) {
  mkdirSync(dirname(log), { recursive: true });
  return new Promise((resolve) => {
    const file = createWriteStream(log);
    const child = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    const limit = limitMinutes && setTimeout(tooLong, limitMinutes * 60_000);
    child.on("error", (error) => file.write(`${command}: ${error.message}\n`));
    child.on("close", finish);

    function finish(code) {
      clearTimeout(limit);
      if (!file.writableEnded) file.end(() => resolve({ code: code ?? 1, output: readFileSync(log, "utf8") }));
    }

    // What the program has started may hold the pipes open, so this does not wait for them.
    function tooLong() {
      child.stdout.unpipe(file);
      child.stderr.unpipe(file);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
      file.write(`\n${command} was stopped: not done after ${limitMinutes} minutes\n`);
      finish(124);
    }
  });
}

/** Like `run`, but ends the process with the output when the program fails. */
export async function must(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  console.error(`\n${output.trimEnd()}\n\n${what} failed (\`${[command, ...args].join(" ")}\`, exit code ${code}).`);
  process.exit(1);
}
