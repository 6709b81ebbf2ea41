/** Policies that were applied to a running gateway, as commands ask for them. */

import { askForAnswer, orFail } from "../administrator.js";
import type { Env } from "../secret-input.js";
import type { PolicyFile } from "./files.js";

/** Where commands ask, and for which environment; without one it is the gateway's own. */
export interface Asked {
  url: string | undefined;
  env: string | undefined;
  variables: Env;
}

/** How a policy at a gateway is named. */
export const AT_GATEWAY = "gateway:";

/** The text of an applied policy; `undefined` where none of this name is. */
export async function appliedPolicy(asked: Asked, name: string): Promise<PolicyFile | undefined> {
  const query = asked.env === undefined ? "" : `?env=${encodeURIComponent(asked.env)}`;
  const path = `/v1/policies/by-name/${encodeURIComponent(name)}${query}`;
  const { status, answer } = await askForAnswer("policy", asked.url, asked.variables, "GET", path);
  if (status === 404 && answer.error?.code === "POLICY_NOT_FOUND") return undefined;
  const { text, version } = orFail({ status, answer }) as unknown as { text: string; version: number };
  return { source: `${AT_GATEWAY}${name} version ${version}`, text, located: (problem) => problem };
}
