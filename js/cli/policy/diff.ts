/** `interven policy diff`: two policies, rule by rule. */
import { policyNotices } from "../../patterns/engine.js";
import { visible } from "../../visible.js";
import { parseArguments, wrongUsage } from "../arguments.js";
import { CommandError } from "../command-error.js";
import { POLICY_HELP } from "../help/policy.js";
import type { Env } from "../secret-input.js";
import { type Asked, AT_GATEWAY, appliedPolicy } from "./applied.js";
import { type ChangedKey, difference, type PolicyDifference } from "./difference.js";
import { located, type PolicyFile, readPolicy } from "./files.js";

const OPTIONS = {
  env: { type: "string" },
  "gateway-url": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** 0: they say the same; 1: they do not. */
export async function runDiff(argv: readonly string[], variables: Env): Promise<number> {
  const { values, positionals } = parseArguments("policy", argv, OPTIONS, true);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  const [before, after, ...rest] = positionals;
  if (before === undefined || after === undefined || rest.length > 0)
    throw wrongUsage("policy", "name two policies: files, templates, or gateway:NAME for what is applied");
  const asked = { url: values["gateway-url"], env: values.env, variables };
  const [old, now] = [await read(asked, before, after), await read(asked, after, before)];
  const differs = difference(old.text, now.text);
  if (values.json) process.stdout.write(`${JSON.stringify({ before: old.source, after: now.source, ...differs }, null, 2)}\n`);
  else process.stdout.write(differs.same ? "they say the same\n" : differenceText(differs));
  return differs.same ? 0 : 1;
}

/** A policy that can be used. After `gateway:` without a name that of the other one is meant. */
async function read(asked: Asked, named: string, other: string): Promise<PolicyFile> {
  if (!named.startsWith(AT_GATEWAY)) return usable(named);
  const name = named.slice(AT_GATEWAY.length) || (other.startsWith(AT_GATEWAY) ? "" : nameOf(usable(other)));
  if (name === "") throw wrongUsage("policy", "say which applied policy is meant: gateway:NAME");
  const applied = await appliedPolicy(asked, name);
  if (applied) return applied;
  const where = asked.env === undefined ? "" : ` in ${visible(asked.env)}`;
  throw new CommandError(1, `no policy '${visible(name)}' is applied to the gateway${where}`);
}

/** Reads a policy and finds out whether it can be used; an error names the place in its file. */
export function usable(file: string): PolicyFile {
  const policy = readPolicy(file);
  located([policy], () => policyNotices(policy.text, policy.source, Date.now()));
  return policy;
}

/** What a policy that can be used is called. */
export const nameOf = ({ text }: PolicyFile): string => (JSON.parse(text) as { name: string }).name;

/** The difference for people. */
export function differenceText({ keys, added, removed, changed, order }: PolicyDifference): string {
  const key = (indent: string, { key, from, to }: ChangedKey) => [
    ...(from === undefined ? [] : [`${indent}- ${visible(key)}: ${shown(from)}`]),
    ...(to === undefined ? [] : [`${indent}+ ${visible(key)}: ${shown(to)}`]),
  ];
  const lines = [
    ...keys.flatMap((one) => key("", one)),
    ...removed.map((id) => `- rule ${visible(id)}`),
    ...added.map((id) => `+ rule ${visible(id)}`),
    ...changed.flatMap(({ rule_id: id, keys: inner }) => [`  rule ${visible(id)}`, ...inner.flatMap((one) => key("    ", one))]),
    ...(order ? [`  order, which changes only reports: ${order.map(visible).join(", ")}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const shown = (value: unknown) => visible(JSON.stringify(value));
