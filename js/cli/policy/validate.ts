/** `interven policy validate`: whether policies can be used, and what is odd about them. */
import type { PolicyProblem } from "../../errors.js";
import { policyNotices } from "../../patterns/engine.js";
import { parseArguments, wrongUsage } from "../arguments.js";
import { CommandError } from "../command-error.js";
import { POLICY_HELP } from "../help/policy.js";
import { located, problemText, readPolicy } from "./files.js";

const OPTIONS = { json: { type: "boolean" }, strict: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

interface Checked {
  file: string;
  error: string | null;
  notices: PolicyProblem[];
}

/** 0: every policy can be used; 1: one cannot, or with --strict something is odd. */
export function runValidate(argv: readonly string[]): number {
  const { values, positionals: files } = parseArguments("policy", argv, OPTIONS, true);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  if (files.length === 0) throw wrongUsage("policy", "name policy files or templates");
  const checked = files.map(check);
  if (values.json) process.stdout.write(`${JSON.stringify({ policies: checked }, null, 2)}\n`);
  else for (const one of checked) say(one);
  const bad = checked.some(({ error, notices }) => error !== null || (values.strict && notices.length > 0));
  return bad ? 1 : 0;
}

function check(file: string): Checked {
  try {
    const policy = readPolicy(file);
    const notices = located([policy], () => policyNotices(policy.text, policy.source, Date.now()));
    return { file, error: null, notices: notices.map((notice) => policy.located(notice)) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { file, error: error.message, notices: [] };
  }
}

function say({ file, error, notices }: Checked): void {
  if (error !== null) process.stderr.write(`${error}\n`);
  for (const notice of notices) process.stdout.write(`${problemText(notice)}\n`);
  if (error === null) process.stdout.write(`${file}: can be used${notices.length > 0 ? `, ${notices.length} notices` : ""}\n`);
}
