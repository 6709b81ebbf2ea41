// What is run by `npm test`, in order: cheap and telling first.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { run as start } from "./run.mjs";
import { failures } from "./tap.mjs";

const LOGS = "target/test-logs";
// Far beyond what any suite needs: only what hangs meets it.
const run = (command, args, options) => start(command, args, { limitMinutes: 20, ...options });
// For one file of tests, so that the report says which one hangs, and what became of the others.
const FILE_MINUTES = 15;
const WASM = ["--target", "wasm32-unknown-unknown"];

/** Every suite: a name, what it is about, and how to run it. */
export function discover() {
  return [
    checks("format", "formatting and lint of both languages", [
      ["cargo", ["fmt", "--check"]],
      ["cargo", ["fmt", "--check", "--manifest-path", "xtask/Cargo.toml"]],
      ["cargo", ["fmt", "--check", "--manifest-path", "fuzz/Cargo.toml"]],
      ["node", ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"]],
    ]),
    checks("clippy", "lints of the core and its faces", [
      ["cargo", ["clippy", "--locked", "--all-targets", "--features", "patterns", "--", "-D", "warnings"]],
      ["cargo", ["clippy", "--locked", "--features", "js", ...WASM, "--", "-D", "warnings"]],
      ["cargo", ["clippy", "--locked", "--no-default-features", "--features", "js", ...WASM, "--", "-D", "warnings"]],
      ["cargo", ["clippy", "--locked", "--features", "component", ...WASM, "--", "-D", "warnings"]],
    ]),
    checks("docs", "documentation of the crate", [["cargo", ["doc", "--locked", "--no-deps"], { RUSTDOCFLAGS: "-D warnings" }]]),
    { name: "native", about: "the core, natively: unit tests, corpus, invariants", run: native },
    ...nodeSuites(),
    ...[
      "node",
      "scalar",
      "patterns",
      "node22",
      "node24",
      "deno",
      "bun",
      "workerd",
      "chromium",
      "esbuild",
      "vite",
      "jco",
      "wasmtime",
    ].map(replay),
  ];
}

function result(passed, failed, output, more = {}) {
  return { passed, failed, output, ...more };
}

/** Commands that pass or fail as a whole. */
function checks(name, about, commands) {
  return {
    name,
    about,
    run: async () => {
      const counts = { passed: 0, failed: 0 };
      let output = "";
      for (const [index, [command, args, env]] of commands.entries()) {
        const done = await run(command, args, { log: `${LOGS}/${name}-${index}.log`, env });
        counts[done.code === 0 ? "passed" : "failed"] += 1;
        if (done.code !== 0) output += `$ ${command} ${args.join(" ")}\n${done.output}\n`;
      }
      return result(counts.passed, counts.failed, output);
    },
  };
}

async function native() {
  const { code, output } = await run(
    "cargo",
    ["test", "--locked", "--features", "patterns", "--no-fail-fast", "--", "--nocapture"],
    {
      log: `${LOGS}/native.log`,
    },
  );
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
  const failed = sum(/test result: \w+\. \d+ passed; (\d+) failed/g);
  const cases = sum(/^corpus: (\d+) /gm);
  // A test binary that does not compile fails without a count.
  return result(sum(/test result: \w+\. (\d+) passed/g), failed === 0 && code !== 0 ? 1 : failed, output, { cases });
}

/** Every folder of `tests/js` that holds `*.test.mjs` files. */
function nodeSuites() {
  const folders = readdirSync("tests/js", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = (name) => readdirSync(`tests/js/${name}`).filter((file) => file.endsWith(".test.mjs"));
  return folders
    .filter(({ name }) => files(name).length > 0)
    .map(({ name }) => ({
      name,
      about: `tests/js/${name}, on the running Node.js`,
      run: async () => {
        const limit = `--test-timeout=${FILE_MINUTES * 60_000}`;
        const args = ["--test", limit, "--test-reporter=tap", ...files(name).map((file) => `tests/js/${name}/${file}`)];
        const { code, output } = await run(process.execPath, args, { log: `${LOGS}/${name}.log` });
        const count = (word) => Number(output.match(new RegExp(`^# ${word} (\\d+)$`, "m"))?.[1] ?? 0);
        // A file without tests is reported as one test that passed, with the file's path for a name.
        const empty = files(name).filter((file) => new RegExp(`^ok \\d+ - .*/${name}/${file}$`, "m").test(output));
        const failed = count("fail") + empty.length;
        const said = empty.reduce((text, file) => `${text}\ntests/js/${name}/${file} has no tests\n`, failures(output));
        // What a test prints as the row of a table is shown when all suites are done.
        const rows = [...output.matchAll(/^# (\|.*\|)$/gm)].map(([, row]) => row);
        // Where nothing ran because what it needs is not here, the first test says what that is.
        const none = count("pass") - empty.length === 0 && failed === 0 && code === 0;
        const [, why] = (none && output.match(/^ *ok \d+ - .* # SKIP (.+)$/m)) || [];
        const more = { skipped: count("skipped"), rows, ...(why ? { skippedBecause: why } : {}) };
        return result(count("pass") - empty.length, failed === 0 && code !== 0 ? 1 : failed, said, more);
      },
    }));
}

/** The corpus and the portable behaviour, replayed on one runtime. */
function replay(runtime) {
  return {
    name: `on-${runtime}`,
    about: `corpus and portable behaviour on ${runtime}`,
    run: async () => {
      const log = `${LOGS}/on-${runtime}.log`;
      const report = `target/replay/${runtime}.json`;
      rmSync(report, { force: true });
      const { code, output } = await run(process.execPath, ["tests/js/replay/main.mjs", runtime, report], { log });
      const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
      if (counts.skippedBecause) return result(0, 0, output, { skipped: 1, skippedBecause: counts.skippedBecause });
      const failed = counts.failed ?? 1;
      return result(counts.passed ?? 0, failed === 0 && code !== 0 ? 1 : failed, output, { cases: counts.cases });
    },
  };
}
