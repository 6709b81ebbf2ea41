// One redactor inside the instance.

import { EngineError } from "../errors.js";
import type { DataClass, Finding, Report } from "../types.js";
import type { Core, CoreGlue } from "./instance.js";

/** Most bytes that cross at once: the instance's memory never shrinks. */
const MAX_CROSSING = 256 * 1024;

/** How a response is read and what becomes of it. */
export interface RedactorSetup {
  traceId: string;
  reading: "text" | "events" | "lines" | "document";
  contentType: string;
  redact: "nothing" | "sensitive" | "everything";
  deniesInjection: boolean;
  joins: boolean;
}

/** What may go out by now. */
export interface Given {
  bytes: Uint8Array<ArrayBuffer>;
  findings: Finding[];
  /** Why nothing more goes out. */
  withheld: string | undefined;
}

/** What is known of the response so far. */
export interface RedactorReport {
  data_classes: DataClass[];
  fields_redacted_count: number;
  content_fingerprint: string | null;
  coverage: Report["coverage"];
}

/** Frees the WebAssembly side of redactors whose streams nobody reads any more. */
const collected = new FinalizationRegistry<{ core: Core; generation: number; redactor: number }>(
  ({ core, generation, redactor }) => {
    if (generation === core.generation()) core.run((glue) => glue.redactorFree(redactor));
  },
);

/** A redactor that has begun. */
export class RedactorHandle {
  readonly #core: Core;
  readonly #generation: number;
  readonly #redactor: number;

  private constructor(core: Core, redactor: number) {
    this.#core = core;
    this.#generation = core.generation();
    this.#redactor = redactor;
    collected.register(this, { core, generation: this.#generation, redactor }, this);
  }

  static begin(core: Core, engine: number, memory: number, setup: RedactorSetup): RedactorHandle {
    const { traceId, reading, contentType, redact, deniesInjection, joins } = setup;
    const flags = (deniesInjection ? 1 : 0) + (joins ? 2 : 0);
    const redactor = core.run((glue) => glue.redactorNew(engine, memory, traceId, reading, contentType, redact, flags));
    if (redactor === 0) throw new EngineError("The scanning engine could not begin a response.");
    return new RedactorHandle(core, redactor);
  }

  #inside<T>(action: (glue: CoreGlue) => T | undefined): T {
    if (this.#generation !== this.#core.generation())
      throw new EngineError("The scanning engine was replaced; the rest of the response was withheld.");
    const result = this.#core.run(action);
    if (result === undefined) throw new EngineError("The response has ended already.");
    return result;
  }

  /** Takes the next bytes, the last ones with `ends`. */
  push(bytes: Uint8Array, ends: boolean): Given {
    const findings: Finding[] = [];
    let withheld: string | undefined;
    let at = 0;
    do {
      const piece = bytes.subarray(at, at + MAX_CROSSING);
      at += piece.length;
      const text = this.#inside((glue) => {
        const place = glue.reserve(piece.length);
        this.#core.memory().set(piece, place);
        return glue.redactorPush(this.#redactor, piece.length, ends && at >= bytes.length, Date.now());
      });
      if (text === "") continue;
      const told = JSON.parse(text) as { findings: Finding[]; withheld: string | null };
      for (const finding of told.findings) findings.push(finding);
      withheld = told.withheld ?? undefined;
    } while (at < bytes.length && withheld === undefined);
    const given = this.#inside((glue) => glue.redactorTake(this.#redactor)) as Uint8Array<ArrayBuffer>;
    return { bytes: given, findings, withheld };
  }

  report(): RedactorReport {
    return JSON.parse(this.#inside((glue) => glue.redactorReport(this.#redactor))) as RedactorReport;
  }

  free(): void {
    collected.unregister(this);
    if (this.#generation === this.#core.generation()) this.#core.run((glue) => glue.redactorFree(this.#redactor));
  }
}
