// The engine of the default entry.

import { core } from "./core/full.js";
import { type AddressClass, classify, redact } from "./core/text-functions.js";
import { LocalEngine, type RedactOptions } from "./local-engine.js";
import type { EngineOptions } from "./types.js";

export type { AddressClass, RedactOptions };

/** Classifies an IPv4 or IPv6 address, whatever it is wrapped in (mapped, NAT64, 6to4 …). */
export function classifyAddress(address: string): AddressClass {
  return classify(core, address);
}

/** Redacts every secret, all personal data, and orders to an agent in a text, low risk included. Other text comes back as it was. */
export function redactText(text: string): string {
  return redact(core, text);
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
