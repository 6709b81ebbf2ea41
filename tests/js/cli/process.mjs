// The command as a process of its own.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export { temporaryDirectory } from "../support/temporary-directory.mjs";

const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

function launch(args, env = {}, stdin = "ignore") {
  const {
    INTERVEN_ADMIN_TOKEN: _token,
    INTERVEN_POLICY: _policy,
    INTERVEN_ENV: _env,
    PORT: _port,
    FORCE_COLOR: _colour,
    ...clean
  } = process.env;
  return spawn(process.execPath, [MAIN, ...args], { env: { ...clean, ...env }, stdio: [stdin, "pipe", "pipe"] });
}

/** Far longer than any command takes, on a slow machine too: what hangs is ended, and is an error. */
const LIMIT_MS = 90_000;

/** Runs to the end, with the input if there is one. */
export function run(args, env, input, limitMs = LIMIT_MS) {
  return new Promise((resolve, reject) => {
    const child = launch(args, env, input === undefined ? "ignore" : "pipe");
    // A command that ends early closes its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (output.stdout += chunk));
    child.stderr.on("data", (chunk) => (output.stderr += chunk));
    const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      const { stdout, stderr } = output;
      if (signal === null) resolve({ code, ...output });
      else reject(new Error(`interven ${args.join(" ")} was ended by ${signal}; it may take ${limitMs} ms:\n${stdout}${stderr}`));
    });
  });
}

/** Starts `interven gateway` on a free port and waits until it listens. */
export async function startGatewayProcess(test, args, env) {
  const child = launch(["gateway", "--port", "0", ...args], env);
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const lines = [];
  const exited = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  test.after(() => {
    child.kill("SIGKILL");
    return exited;
  });
  const listening = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (lines.length === 1) resolve(JSON.parse(line));
    });
    exited.then(({ code, signal }) => reject(new Error(`exited with ${code ?? signal} before it listened: ${stderr}`)));
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const { port, url } = await listening.finally(() => clearTimeout(limit));
  return {
    port,
    url,
    lines,
    stderr: () => stderr,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return exited;
    },
  };
}
