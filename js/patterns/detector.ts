// Findings in text that arrives in pieces.

import { type DetectorEnd, LocalDetector } from "../local-detector.js";
import { LocalEngine } from "../local-engine.js";
import type { EngineOptions } from "../types.js";
import { Engine } from "./engine.js";

export type { DetectorEnd };

/**
 * Finds the same in a text that comes in pieces as in the whole, in bounded memory. The text is plain text; what is
 * encoded in it is read as long as one encoded piece has at most 96 KiB. Offsets are bytes of UTF-8 from its beginning.
 */
export class Detector extends LocalDetector {
  /**
   * @throws {ConfigurationError} for an option that cannot be used.
   * @throws {PolicyError} for a policy that cannot be used.
   */
  constructor(options: EngineOptions | Engine = {}) {
    super(options instanceof LocalEngine ? options : new Engine(options));
  }
}
