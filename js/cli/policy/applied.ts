/** Policies that were applied to a running gateway, as commands ask for them. */

import { type AdministratorsAnswer, askForAnswer } from "../administrator.js";
import { CommandError } from "../command-error.js";
import type { PolicyFile } from "./files.js";

/** Where commands ask, and for which environment; without one it is the gateway's own. */
export interface Asked {
  url: string | undefined;
  env: string | undefined;
  variables: Readonly<Record<string, string | undefined>>;
}

/** How a policy at a gateway is named. */
export const AT_GATEWAY = "gateway:";

/** The text of an applied policy; `undefined` where none of this name is. */
export async function appliedPolicy(asked: Asked, name: string): Promise<PolicyFile | undefined> {
  const query = asked.env === undefined ? "" : `?env=${encodeURIComponent(asked.env)}`;
  const { status, answer } = await ask(asked, "GET", `/v1/policies/by-name/${encodeURIComponent(name)}${query}`);
  if (status === 404 && answer.error?.code === "POLICY_NOT_FOUND") return undefined;
  const { text, version } = orFail({ status, answer }) as unknown as { text: string; version: number };
  return { source: `${AT_GATEWAY}${name} version ${version}`, text, located: (problem) => problem };
}

/** One question to the gateway. */
export function ask(asked: Asked, method: string, path: string, body?: unknown): Promise<AdministratorsAnswer> {
  return askForAnswer("policy", asked.url, asked.variables, method, path, body);
}

/** The answer, if it is none about a mistake. */
export function orFail({ status, answer }: AdministratorsAnswer): Record<string, unknown> {
  if (status < 400) return answer as Record<string, unknown>;
  throw new CommandError(1, answer.error?.message ?? `the gateway answered with ${status}`);
}
