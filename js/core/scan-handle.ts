// One scan inside the instance, and the reading of what it puts out.

import { EngineError } from "../errors.js";
import type { CallFacts, WireRequest } from "../types.js";
import { Copy } from "./copies.js";
import type { Core, CoreGlue } from "./instance.js";
import { type Outcome, Reported } from "./outcome.js";
import { type Moment, placed } from "./place-request.js";

/** A call to the gateway that the machine wants made. */
export interface Call {
  kind: "scan" | "poll" | "consume";
  method: "GET" | "POST";
  path: string;
  body: string | null;
  timeout_ms: number;
}

interface Done {
  approval_id: string | null;
  trace_id: string | null;
  asked_digest?: string | null;
  /** Only when it differs from what was scanned. */
  request: { url: string; headers: [string, string][] } | null;
  cause?: string | null;
  /** Where the context asks for them. */
  facts?: CallFacts;
}

/** What the machine says. */
export type Output = { call: Call } | { wait: number } | { forward: Done } | { block: Done };

/** The numbers of outputs, as in `src/js/scan.rs`. */
const FINISHED = 0;
const FORWARD = 2;
const NOTHING_MORE: Done = { approval_id: null, trace_id: null, request: null };

/** What is known beside the request. */
export interface Context {
  agent?: string | undefined;
  agent_name?: string | undefined;
  grant?: string | undefined;
  claimed?: readonly string[] | undefined;
  floor?: string | undefined;
  time_ms?: number | undefined;
  runtime?: string | undefined;
  zone_offsets?: Record<string, number> | undefined;
  mcp?: Record<string, boolean | undefined> | undefined;
  gateway?: Record<string, unknown> | undefined;
  facts?: boolean | undefined;
}

/** A scan that has begun. */
export class ScanHandle {
  readonly #core: Core;
  readonly #generation: number;
  readonly #engine: number;
  readonly #scan: number;

  /** The scan that the current instance knows by this number. */
  constructor(core: Core, engine: number, scan: number) {
    this.#core = core;
    this.#generation = core.generation();
    this.#engine = engine;
    this.#scan = scan;
  }

  /** Writes request and context straight into the instance's memory: one flat call, no copies on the way. */
  static begin(
    core: Core,
    engine: number,
    request: WireRequest,
    context: Context,
    moment: Moment,
    memory: number,
    now: number,
  ): ScanHandle {
    const begin = (glue: CoreGlue, texts: number, at: number, length: number): number | undefined =>
      glue.scanBegin(engine, texts, at, length, memory, now) || undefined;
    return new ScanHandle(core, engine, placed(core, request, context, moment, begin));
  }

  #inside<T>(action: (glue: CoreGlue) => T): T {
    // The instance was replaced under a waiting scan: its state is gone, and the call is refused.
    if (this.#generation !== this.#core.generation())
      throw new EngineError("The scanning engine was replaced; the call was refused.");
    return this.#core.run(action);
  }

  poll(): Output {
    const kind = this.#inside((core) => core.scanPoll(this.#scan));
    if (kind === FINISHED) throw new EngineError("The scan has ended already.");
    return kind === FORWARD ? { forward: NOTHING_MORE } : this.told();
  }

  /** What the output that was polled says. */
  told(): Output {
    return JSON.parse(this.#inside((core) => core.scanOutput(this.#scan))) as Output;
  }

  /** The approval that is being waited for, what it was asked for with, and what will be sent as things stand. */
  pendingApproval(): { approvalId: string; asked: string; digest: string } | undefined {
    const [approvalId, asked, digest] = this.#inside((core) => core.scanPendingApproval(this.#scan))?.split(" ") ?? [];
    return approvalId && asked && digest ? { approvalId, asked, digest } : undefined;
  }

  handleResponse(status: number, body: Uint8Array, retryAfterMs: number | undefined, now: number): void {
    this.#inside((core) => core.scanHandleResponse(this.#scan, this.#engine, status, body, retryAfterMs, now));
  }

  handleFailure(transport: boolean, now: number): void {
    this.#inside((core) => core.scanHandleFailure(this.#scan, transport, now));
  }

  handleExhausted(): void {
    this.#inside((core) => core.scanHandleExhausted(this.#scan));
  }

  handleTimeout(now: number): void {
    this.#inside((core) => core.scanHandleTimeout(this.#scan, now));
  }

  handleCancel(): void {
    this.#inside((core) => core.scanHandleCancel(this.#scan));
  }

  /** Reads the verdict. `scanned` is what was given to `begin`: when nothing was redacted, those very bytes may go. */
  outcome(output: { forward: Done } | { block: Done }, scanned: WireRequest): Outcome {
    const forward = "forward" in output;
    const done = forward ? output.forward : output.block;
    const written = this.#inside((core) => this.#written(core));
    let request: WireRequest | undefined = forward ? scanned : undefined;
    if (done.request !== null) {
      const body = this.#inside((core) => core.scanTakeBody(this.#scan));
      if (body === undefined) throw new EngineError("The scan ended without the bytes that it redacted.");
      request = { method: scanned.method, ...done.request, body };
    }
    return new Reported(forward, request, written, {
      cause: done.cause ?? undefined,
      approvalId: done.approval_id ?? undefined,
      asked: done.asked_digest ?? undefined,
      traceId: done.trace_id ?? undefined,
      facts: done.facts,
    });
  }

  /** A copy of the report's text: the instance writes the next one over it. */
  #written(glue: CoreGlue): Copy {
    const length = glue.scanReport(this.#scan);
    if (length === 0) throw new EngineError("The scan ended without a report.");
    const at = glue.scanReportAt();
    return new Copy(this.#core.memory(), at, at + length);
  }

  free(): void {
    if (this.#generation === this.#core.generation()) this.#core.run((core) => core.scanFree(this.#scan));
  }
}
