/** `interven policy test`: files of cases, each a request and what must be decided about it. */
import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { Engine } from "../../patterns/engine.js";
import type { Report, WireRequest } from "../../types.js";
import { parseArguments, wrongUsage } from "../arguments.js";
import { CommandError } from "../command-error.js";
import { POLICY_HELP } from "../help/policy.js";
import { rowOf } from "../row.js";
import { engineFromFiles, readText } from "./files.js";
import { fromYaml } from "./yaml.js";

const OPTIONS = {
  policy: { type: "string", multiple: true },
  "org-domain": { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** One case of a file. */
interface Case {
  name: string;
  request: unknown;
  agent?: string;
  /** Members of the report that must be so; of a list, items that must be in it. */
  expect: Record<string, unknown>;
}

interface Result {
  file: string;
  name: string;
  passed: boolean;
  differences: string[];
}

/** 0: every case is decided as it says; 1: one is not. */
export function runCases(argv: readonly string[]): number {
  const { values, positionals: paths } = parseArguments("policy", argv, OPTIONS, true);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  if (paths.length === 0) throw wrongUsage("policy", "name files of cases, or folders of them");
  const results = paths.flatMap(filesOf).flatMap((file) => runFile(file, values.policy, values["org-domain"] ?? []));
  const failed = results.filter(({ passed }) => !passed).length;
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ passed: results.length - failed, failed, cases: results }, null, 2)}\n`);
  } else {
    for (const { file, name, differences } of results.filter(({ passed }) => !passed))
      process.stdout.write(`FAILED ${file}: ${name}\n${differences.map((line) => `  ${line}\n`).join("")}`);
    process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  }
  if (results.length === 0) throw new CommandError(2, "there is no case in these files");
  return failed > 0 ? 1 : 0;
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => [".json", ".yaml", ".yml"].includes(extname(name)))
    .map((name) => join(path, name));
}

/** A file is `{policy?, cases: [{name, request, expect}]}`. */
function runFile(file: string, policies: readonly string[] | undefined, domains: string[]): Result[] {
  const text = readText(file, "the file of cases");
  const json = extname(file) === ".json" ? text : fromYaml(text, file).text;
  const root = parsed(json, file) as { policy?: string | string[]; cases?: unknown };
  const cases = root?.cases;
  if (!Array.isArray(cases)) throw new CommandError(2, `${file}: has no list of cases under the key \`cases\``);
  const engine = engineFromFiles(policies ?? [root.policy ?? []].flat(), { domains });
  return cases.map((one: Case, index) => runCase(engine, file, one, index));
}

function parsed(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new CommandError(2, `${file}: not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

function runCase(engine: Engine, file: string, one: Case, index: number): Result {
  const name = typeof one?.name === "string" ? one.name : `case ${index + 1}`;
  const { expect } = one ?? {};
  if (typeof expect !== "object" || expect === null || Object.keys(expect).length === 0)
    throw new CommandError(2, `${file}: ${name}: nothing is expected; say for example "expect": {"decision": "DENY"}`);
  let request: WireRequest;
  try {
    request = rowOf({ id: name, request: one.request }).request;
  } catch (cause) {
    throw new CommandError(2, `${file}: ${name}: is no request: ${(cause as Error).message}`, { cause });
  }
  const { report } = engine.scan(request, one.agent === undefined ? {} : { agentId: one.agent });
  const differences = Object.entries(expect).flatMap(([key, want]) => difference(report, key, want));
  return { file, name, passed: differences.length === 0, differences };
}

function difference(report: Report, key: string, want: unknown): string[] {
  if (!(key in report)) throw new CommandError(2, `\`${key}\` is not in a report; known: ${Object.keys(report).join(", ")}`);
  const got = report[key as keyof Report];
  const same =
    Array.isArray(want) && Array.isArray(got)
      ? want.every((item) => (got as unknown[]).includes(item))
      : JSON.stringify(got) === JSON.stringify(want);
  return same ? [] : [`${key}: expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`];
}
