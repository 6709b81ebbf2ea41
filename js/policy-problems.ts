// What the core says of policies, as errors and notices.

import type { Core } from "./core/instance.js";
import { ConfigurationError, PolicyError, type PolicyProblem } from "./errors.js";

/**
 * What is odd about a policy that can be used, at a time in milliseconds since 1970.
 *
 * @throws {PolicyError} for a policy that cannot be used.
 */
export function noticesOf(core: Core, text: string, source: string, timeMs: number): PolicyProblem[] {
  try {
    return JSON.parse(core.run((glue) => glue.policyNotices(text, source, timeMs))) as PolicyProblem[];
  } catch (error) {
    throw policyError(error);
  }
}

/** The error that the core threw as text; any other as it is. */
export function policyError(error: unknown): unknown {
  if (typeof error !== "string") return error;
  const problem = JSON.parse(error) as PolicyProblem & { message: string };
  if (problem.source === "options") return new ConfigurationError(problem.message);
  return new PolicyError(problem.message, problem);
}
