// How a scan ends, for the code that sends.

import type { Execution } from "../approvals/execution.js";
import type { PendingApproval } from "../approvals/pending.js";
import { EngineError } from "../errors.js";
import type { CallFacts, Report, WireRequest } from "../types.js";
import type { Copy } from "./copies.js";

/** The end of a scan. A spread leaves out what is read when it is asked for: `amended` does not. */
export interface Outcome {
  /** True: `request` may be sent. False: it must not, and `request` is only there to be looked at. */
  forward: boolean;
  request: WireRequest | undefined;
  /** Read when it is first asked for, and so is its text: a call that may go needs neither. */
  readonly report: Report;
  readonly reportText: string;
  cause: string | undefined;
  approvalId: string | undefined;
  /** The digest that the approval was asked for with; only in a refusal. */
  asked: string | undefined;
  traceId: string | undefined;
  /** What a replay needs beside the report; only where the context asks for it. */
  facts?: CallFacts | undefined;
  /** The waiting call, where a person can still release it. */
  pending?: PendingApproval;
  /** The use of an approval, where the call took one: it is to be told how the sending ended. */
  execution?: Execution;
  /** Of an approval that was used before. */
  used?: "sent" | "unknown";
}

/** The same outcome but for what changes. */
export const amended = <Changes extends Partial<Outcome>>(outcome: Outcome, changes: Changes): Outcome & Changes => {
  const { report, reportText } = outcome;
  return { ...outcome, report, reportText, ...changes };
};

/** What is said of an end beside its report. */
type Said = Pick<Outcome, "cause" | "approvalId" | "asked" | "traceId" | "facts">;

/** The end of a scan with a report. A class, since getters of an object are made anew with each, which takes longer than the rest. */
export class Reported implements Outcome {
  readonly forward: boolean;
  request: WireRequest | undefined;
  readonly cause: string | undefined;
  readonly approvalId: string | undefined;
  readonly asked: string | undefined;
  readonly traceId: string | undefined;
  readonly facts: CallFacts | undefined;
  readonly #written: Copy;
  #text: string | undefined;
  #report: Report | undefined;

  constructor(forward: boolean, request: WireRequest | undefined, written: Copy, said?: Said) {
    this.forward = forward;
    this.request = request;
    this.cause = said?.cause;
    this.approvalId = said?.approvalId;
    this.asked = said?.asked;
    this.traceId = said?.traceId;
    this.facts = said?.facts;
    this.#written = written;
  }

  get reportText(): string {
    this.#text ??= this.#written.text();
    return this.#text;
  }

  get report(): Report {
    this.#report ??= JSON.parse(this.reportText) as Report;
    return this.#report;
  }
}

/** The end of a scan whose report nobody reads, so that none was written: the call may go as it was scanned. */
export class Unreported implements Outcome {
  readonly forward = true;
  readonly request: WireRequest;
  readonly cause = undefined;
  readonly approvalId = undefined;
  readonly asked = undefined;
  readonly traceId = undefined;

  constructor(request: WireRequest) {
    this.request = request;
  }

  get report(): never {
    throw new EngineError("The report of a scan was not asked for.");
  }

  get reportText(): never {
    return this.report;
  }
}
