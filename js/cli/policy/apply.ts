/** `interven policy apply`: policies from files to a running gateway. */
import { visible } from "../../visible.js";
import { administrator } from "../administrator.js";
import { parseArguments, wrongUsage } from "../arguments.js";
import { CommandError } from "../command-error.js";
import { POLICY_HELP } from "../help/policy.js";
import type { Env } from "../secret-input.js";
import { type Asked, appliedPolicy } from "./applied.js";
import { differenceText, nameOf, usable } from "./diff.js";
import { difference, type PolicyDifference } from "./difference.js";
import type { PolicyFile } from "./files.js";

const OPTIONS = {
  env: { type: "string" },
  "gateway-url": { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

interface Outcome {
  file: string;
  name: string;
  /** Absent with --dry-run. */
  applied?: Record<string, unknown>;
  changed: boolean;
  /** From what is applied; absent where nothing of this name is. */
  difference?: PolicyDifference;
}

/** 0: everything is applied, or with --dry-run could be. All files are read before the first one is applied. */
export async function runApply(argv: readonly string[], variables: Env): Promise<number> {
  const { values, positionals: files } = parseArguments("policy", argv, OPTIONS, true);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  if (files.length === 0) throw wrongUsage("policy", "name policy files or templates");
  const policies = files.map((file) => ({ file, policy: usable(file) }));
  const names = policies.map(({ policy }) => nameOf(policy));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new CommandError(2, `two of the files are the policy '${visible(twice)}'`);
  const outcomes: Outcome[] = [];
  for (const { file, policy } of policies) {
    const asked = { url: values["gateway-url"], env: values.env ?? ownEnvironment(policy), variables };
    const outcome = await applyOne(asked, values.env, file, policy, values["dry-run"] ?? false);
    outcomes.push(outcome);
    if (!values.json) process.stdout.write(words(outcome));
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ dry_run: values["dry-run"] ?? false, policies: outcomes }, null, 2)}\n`);
  return 0;
}

async function applyOne(asked: Asked, env: string | undefined, file: string, policy: PolicyFile, dry: boolean): Promise<Outcome> {
  const name = nameOf(policy);
  const standing = await appliedPolicy(asked, name);
  const differs = standing && difference(standing.text, policy.text);
  const outcome = { file, name, ...(differs ? { difference: differs } : {}) };
  const body = { policy: policy.text, source: policy.source };
  const ask = administrator("policy", asked.url, asked.variables);
  if (dry) {
    const { valid, errors } = (await ask("POST", "/v1/policies/validate", body)) as {
      valid: boolean;
      errors: { problem: string }[];
    };
    if (!valid) throw new CommandError(1, `${file}: the gateway cannot use it: ${visible(errors[0]?.problem ?? "")}`);
    return { ...outcome, changed: differs?.same !== true };
  }
  const wish = { ...body, ...(env === undefined ? {} : { env_name: env }) };
  const applied = (await ask("POST", "/v1/policies/apply", wish)) as Record<string, unknown>;
  return { ...outcome, applied, changed: applied.changed === true };
}

/** The one environment that a policy says it is for: what is applied there is what it is compared with. */
function ownEnvironment({ text }: PolicyFile): string | undefined {
  const { env_name: own } = JSON.parse(text) as { env_name?: string };
  return own;
}

function words({ file, name, applied, changed, difference: differs }: Outcome): string {
  const title = `${visible(file)}: ${visible(name)}`;
  if (!changed) return `${title}: unchanged\n`;
  const version = applied ? `version ${applied.version} in ${visible(String(applied.env_name))}` : "would be applied";
  const waits = applied && applied.in_force === false ? ", which this gateway does not run" : "";
  return `${title}: ${version}${waits}${differs ? "" : ", new"}\n${differs ? indented(differenceText(differs)) : ""}`;
}

const indented = (text: string) => text.replace(/^(?=.)/gm, "  ");
