// One detector inside the instance.

import { EngineError } from "../errors.js";
import type { Finding, Report } from "../types.js";
import { currentGeneration, inside, memoryBytes } from "./instance.js";

/** Most bytes that cross at once: the instance's memory never shrinks. */
const MAX_CROSSING = 1024 * 1024;

/** Frees the WebAssembly side of detectors that were left unfinished. */
const collected = new FinalizationRegistry<{ generation: number; detector: number }>(({ generation, detector }) => {
  if (generation === currentGeneration()) inside((core) => core.detectorFree(detector));
});

/** A detector that has begun. */
export class DetectorHandle {
  readonly #generation = currentGeneration();
  readonly #detector: number;

  private constructor(detector: number) {
    this.#detector = detector;
    collected.register(this, { generation: this.#generation, detector }, this);
  }

  static begin(engine: number): DetectorHandle {
    const detector = inside((core) => core.detectorNew(engine));
    if (detector === 0) throw new EngineError("The scanning engine could not begin a text.");
    return new DetectorHandle(detector);
  }

  #inside<T>(action: Parameters<typeof inside<T | undefined>>[0]): T {
    if (this.#generation !== currentGeneration())
      throw new EngineError("The scanning engine was replaced; what was left of the text was not inspected.");
    const result = inside(action);
    if (result === undefined) throw new EngineError("The text has ended already.");
    return result;
  }

  push(bytes: Uint8Array): Finding[] {
    const findings: Finding[] = [];
    for (let at = 0; at < bytes.length; at += MAX_CROSSING) {
      const piece = bytes.subarray(at, at + MAX_CROSSING);
      const text = this.#inside((core) => {
        memoryBytes(core.reserve(piece.length), piece.length).set(piece);
        return core.detectorPush(this.#detector, piece.length);
      });
      if (text !== "") findings.push(...(JSON.parse(text) as Finding[]));
    }
    return findings;
  }

  settled(): number {
    return this.#inside((core) => core.detectorSettled(this.#detector));
  }

  finish(): { findings: Finding[]; coverage: Report["coverage"] } {
    const text = this.#inside((core) => core.detectorFinish(this.#detector));
    collected.unregister(this);
    return JSON.parse(text) as { findings: Finding[]; coverage: Report["coverage"] };
  }
}
