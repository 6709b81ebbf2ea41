// Whether the gateway is there.

import { answered, askRepeatedly, notUnderstood, refusedBy, requireGateway } from "./gateway-json.js";
import type { Settings } from "./options.js";

/** What a gateway says about itself. */
export interface Health {
  /** `ok`, or what else it calls its state. */
  status: string;
  /** `monitor`: it records what it would do, and does not do it. */
  mode: "enforce" | "monitor" | undefined;
  /** Identifies its engine, options and policies together. */
  policyVersion: string | undefined;
}

/** Asks the gateway how it is. */
export async function health(settings: Settings, signal: AbortSignal | undefined): Promise<Health> {
  requireGateway(settings, "health");
  const answer = await askRepeatedly(settings, { method: "GET", path: "/health", body: null }, signal);
  if (answer.status !== 200) throw refusedBy(answer);
  const { status = "ok", mode, policy_version: policyVersion } = answered(answer);
  if (typeof status !== "string" || !isMode(mode)) throw notUnderstood();
  if (policyVersion !== undefined && typeof policyVersion !== "string") throw notUnderstood();
  return { status, mode, policyVersion };
}

const isMode = (mode: unknown): mode is Health["mode"] => mode === undefined || mode === "enforce" || mode === "monitor";
