// One detector inside the instance.

import { EngineError } from "../errors.js";
import type { Finding, Report } from "../types.js";
import type { Core, CoreGlue } from "./instance.js";

/** Most bytes that cross at once: the instance's memory never shrinks. */
const MAX_CROSSING = 1024 * 1024;

/** Frees the WebAssembly side of detectors that were left unfinished. */
const collected = new FinalizationRegistry<{ core: Core; generation: number; detector: number }>(
  ({ core, generation, detector }) => {
    if (generation === core.generation()) core.run((glue) => glue.detectorFree(detector));
  },
);

/** A detector that has begun. */
export class DetectorHandle {
  readonly #core: Core;
  readonly #generation: number;
  readonly #detector: number;

  private constructor(core: Core, detector: number) {
    this.#core = core;
    this.#generation = core.generation();
    this.#detector = detector;
    collected.register(this, { core, generation: this.#generation, detector }, this);
  }

  static begin(core: Core, engine: number): DetectorHandle {
    const detector = core.run((glue) => glue.detectorNew(engine));
    if (detector === 0) throw new EngineError("The scanning engine could not begin a text.");
    return new DetectorHandle(core, detector);
  }

  #inside<T>(action: (glue: CoreGlue) => T | undefined): T {
    if (this.#generation !== this.#core.generation())
      throw new EngineError("The scanning engine was replaced; what was left of the text was not inspected.");
    const result = this.#core.run(action);
    if (result === undefined) throw new EngineError("The text has ended already.");
    return result;
  }

  push(bytes: Uint8Array): Finding[] {
    const findings: Finding[] = [];
    for (let at = 0; at < bytes.length; at += MAX_CROSSING) {
      const piece = bytes.subarray(at, at + MAX_CROSSING);
      const text = this.#inside((glue) => {
        const at = glue.reserve(piece.length);
        this.#core.memory().set(piece, at);
        return glue.detectorPush(this.#detector, piece.length);
      });
      if (text !== "") findings.push(...(JSON.parse(text) as Finding[]));
    }
    return findings;
  }

  settled(): number {
    return this.#inside((glue) => glue.detectorSettled(this.#detector));
  }

  finish(): { findings: Finding[]; coverage: Report["coverage"] } {
    const text = this.#inside((glue) => glue.detectorFinish(this.#detector));
    collected.unregister(this);
    return JSON.parse(text) as { findings: Finding[]; coverage: Report["coverage"] };
  }
}
