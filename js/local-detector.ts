// Findings in text that arrives in pieces.

import type { DetectorHandle } from "./core/detector-handle.js";
import { ConfigurationError, EngineError } from "./errors.js";
import type { LocalEngine } from "./local-engine.js";
import type { Finding, Report } from "./types.js";

/** What the end of a text gives. */
export interface DetectorEnd {
  /** What had not been given before. */
  findings: Finding[];
  coverage: Report["coverage"];
}

const encoder = new TextEncoder();

/** What the detectors of all entries have in common. */
export class LocalDetector {
  #handle: DetectorHandle | undefined;
  #settled = 0;
  /** The first half of a character that the last piece of text ended in. */
  #half = "";

  constructor(engine: LocalEngine) {
    this.#handle = engine.beginDetector();
  }

  /**
   * Takes the next piece and gives what is certain by now, in order.
   *
   * @throws {EngineError} after the end, and when the engine had to be replaced: the text was not inspected to its end.
   */
  push(piece: string | Uint8Array): Finding[] {
    const handle = this.#open();
    if (typeof piece !== "string" && !(piece instanceof Uint8Array))
      throw new ConfigurationError("A piece of text must be a string or a Uint8Array.");
    const findings = handle.push(this.#bytes(piece));
    this.#settled = handle.settled();
    return findings;
  }

  /** Ends the text: what is left to give, and what was read. */
  finish(): DetectorEnd {
    const handle = this.#open();
    const findings = handle.push(this.#bytes(new Uint8Array()));
    const end = handle.finish();
    this.#handle = undefined;
    this.#settled = end.coverage.bytes;
    return { findings: [...findings, ...end.findings], coverage: end.coverage };
  }

  /** Findings that begin before this offset have all been given. */
  get settled(): number {
    return this.#settled;
  }

  #open(): DetectorHandle {
    if (this.#handle === undefined) throw new EngineError("The text has ended already.");
    return this.#handle;
  }

  /** A character that was cut in two is made whole again. */
  #bytes(piece: string | Uint8Array): Uint8Array {
    const half = this.#half;
    if (typeof piece !== "string") {
      this.#half = "";
      return half === "" ? piece : new Uint8Array([...encoder.encode(half), ...piece]);
    }
    const text = half + piece;
    const last = text.charCodeAt(text.length - 1);
    this.#half = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : "";
    return encoder.encode(this.#half === "" ? text : text.slice(0, -1));
  }
}
