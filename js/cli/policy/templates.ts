/** `interven policy templates`: the policies that come with the package. */
import { parseArguments, wrongUsage } from "../arguments.js";
import { readPolicy, templateNames } from "./files.js";

/** Lists the templates, or prints one to start from. */
export function runTemplates(argv: readonly string[]): number {
  const { positionals } = parseArguments("policy", argv, {}, true);
  if (positionals.length > 1) throw wrongUsage("policy", "name one template, or none for the list");
  const [name] = positionals;
  if (name !== undefined) process.stdout.write(readPolicy(name).text);
  else for (const each of templateNames()) process.stdout.write(`${each.padEnd(16)} ${about(each)}\n`);
  return 0;
}

const about = (name: string): string => (JSON.parse(readPolicy(name).text) as { description?: string }).description ?? "";
