// What is odd about a policy that can be used.

import type { Core } from "./core/instance.js";
import type { PolicyProblem } from "./errors.js";
import { policyError } from "./local-engine.js";

/**
 * Rules that can never match, rules that another makes superfluous, names that no tool has, suppressions that are over. Every
 * rule still has its say.
 *
 * @throws {PolicyError} for a policy that cannot be used.
 */
export function policyNotices(core: Core, text: string, source: string, timeMs: number): PolicyProblem[] {
  try {
    return JSON.parse(core.run((glue) => glue.policyNotices(text, source, timeMs))) as PolicyProblem[];
  } catch (error) {
    throw policyError(error);
  }
}
