/** The text of a policy: what it is called, whom it is for, and whether another one says the same. */
import { redactText } from "../../engine.js";
import { PolicyError } from "../../errors.js";
import { recordedLabel } from "../recorded.js";
import { invalid, Refusal } from "../reply.js";
import { isEnvironment } from "./environment.js";

/** A policy as it is given to an engine. */
export interface PolicyText {
  /** The name in messages, usually of a file. */
  source: string;
  /** JSON. */
  text: string;
}

/** What a policy that can be used says about itself. */
export interface PolicyHead {
  name: string;
  rules: number;
  /** Environments that it is for; empty for any. */
  environments: string[];
}

const MAX_NAME_LENGTH = 200;

/** Reads the head of a text that an engine has taken. Throws a 400 for a name that cannot be kept. */
export function policyHead({ text }: PolicyText): PolicyHead {
  const document = JSON.parse(text) as { name: string; rules: unknown[]; env_name?: string; env_names?: string | string[] };
  const { name, rules, env_name: one, env_names: several } = document;
  if (name.length > MAX_NAME_LENGTH || recordedLabel(name) !== name)
    throw invalid("policy.name", `is stored and shown: at most ${MAX_NAME_LENGTH} characters, no secret and no personal data`);
  const environments = [one ?? [], several ?? []].flat();
  for (const each of environments) requireEnvironment("policy.env_name", each);
  return { name, rules: rules.length, environments: [...new Set(environments)] };
}

/** Throws a 400 that names the field. */
export function requireEnvironment(field: string, value: unknown): string {
  if (typeof value === "string" && isEnvironment(value)) return value;
  throw invalid(field, "must be 1 to 64 letters, digits, '.', '_' and '-', such as production");
}

/** Whether two texts differ in white space at most. */
export function saysTheSame(one: string, other: string): boolean {
  return one === other || plain(one) === plain(other);
}

/** Without white space outside of strings. */
function plain(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, "$1");
}

/** The answer for a policy that cannot be used; anything else as it is. */
export function unusable(error: unknown): unknown {
  if (!(error instanceof PolicyError)) return error;
  const { source, line, column, key, problem, suggestion } = error;
  // It quotes the policy, in which a secret may stand.
  const shown = { key: redactText(key), problem: redactText(problem), suggestion: suggestion && redactText(suggestion) };
  return new Refusal(400, "POLICY_INVALID", redactText(error.message), {}, { source, line, column, ...shown });
}
