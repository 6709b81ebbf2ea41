// The engine of `interven/patterns`.

import { core } from "../core/patterns.js";
import { type AddressClass, classify, redact } from "../core/text-functions.js";
import type { PolicyProblem } from "../errors.js";
import { LocalEngine, type RedactOptions } from "../local-engine.js";
import { noticesOf } from "../policy-problems.js";
import type { EngineOptions } from "../types.js";

export type { AddressClass, RedactOptions };

/** Classifies an IPv4 or IPv6 address, whatever it is wrapped in (mapped, NAT64, 6to4 …). */
export function classifyAddress(address: string): AddressClass {
  return classify(core, address);
}

/** Redacts every secret and all personal data in a text, low risk included. Other text comes back as it was. */
export function redactText(text: string): string {
  return redact(core, text);
}

/**
 * What is odd about a policy that can be used: rules that can never match, rules that another makes superfluous, names that no
 * tool has, suppressions that are over. Every rule still has its say.
 *
 * @throws {PolicyError} for a policy that cannot be used.
 */
export function policyNotices(text: string, source: string, timeMs: number): PolicyProblem[] {
  return noticesOf(core, text, source, timeMs);
}

/** Decides requests by the built-in rules and by policies. */
export class Engine extends LocalEngine {
  /**
   * @throws {ConfigurationError} for an option that cannot be used.
   * @throws {PolicyError} with file, line, column, key and suggestion, for anything that is not exactly understood.
   */
  constructor(options: EngineOptions = {}) {
    super(core, options);
  }
}
