// The end of a local scan, as callers of an engine see it.

import type { Outcome } from "./core/outcome.js";
import type { CallFacts, Decision, LocalVerdict, Report, WireRequest } from "./types.js";

/** A class, since getters of an object are made anew with each, which takes longer than the scan of a small call. */
class Verdict implements LocalVerdict {
  readonly decision: Decision;
  declare facts?: CallFacts;
  declare forward?: WireRequest;
  declare preview?: WireRequest;
  readonly #outcome: Outcome;

  constructor(outcome: Outcome, scanned: WireRequest) {
    const { request, forward, facts } = outcome;
    // What may go as it was scanned is allowed: nobody has to read the report for that.
    this.decision = forward && request === scanned ? "ALLOW" : outcome.report.decision;
    this.#outcome = outcome;
    if (facts !== undefined) this.facts = facts;
    if (forward && request) this.forward = request;
    if (request && (this.decision === "SANITIZE" || this.decision === "REQUIRE_APPROVAL")) this.preview = request;
  }

  get report(): Report {
    return this.#outcome.report;
  }

  get reportText(): string {
    return this.#outcome.reportText;
  }

  /** With what is read when it is asked for. */
  toJSON(): LocalVerdict {
    const { report, reportText } = this;
    return { ...this, report, reportText };
  }
}

/** The outcome of a scan of this request as a verdict. */
export const localVerdict = (outcome: Outcome, scanned: WireRequest): LocalVerdict => new Verdict(outcome, scanned);
