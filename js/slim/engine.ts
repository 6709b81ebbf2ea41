// The engine of `interven/slim`.

import { core } from "../core/slim.js";
import { redact } from "../core/text-functions.js";
import { LocalEngine, type RedactOptions } from "../local-engine.js";
import type { EngineOptions } from "../types.js";

export type { RedactOptions };

/** Redacts what this build's rules find in a text. Other text comes back as it was. */
export function redactText(text: string): string {
  return redact(core, text);
}

/** Decides requests by the rules of this build and by policies. */
export class Engine extends LocalEngine {
  /**
   * @throws {ConfigurationError} for an option that cannot be used.
   * @throws {PolicyError} with file, line, column, key and suggestion, for anything that is not exactly understood.
   */
  constructor(options: EngineOptions = {}) {
    super(core, options);
  }
}
