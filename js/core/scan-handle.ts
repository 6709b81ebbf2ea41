// One scan inside the instance, and the reading of what it puts out.

import { EngineError } from "../errors.js";
import type { Report, WireRequest } from "../types.js";
import { currentGeneration, inside, memoryBytes } from "./instance.js";

/** A call to the gateway that the machine wants made. */
export interface Call {
  method: "GET" | "POST";
  path: string;
  body: string | null;
  timeout_ms: number;
}

interface Done {
  approval_id: string | null;
  trace_id: string | null;
  /** Only when it differs from what was scanned. */
  request: { url: string; headers: [string, string][] } | null;
  cause?: string | null;
}

/** What the machine says. */
export type Output = { call: Call } | { wait: number } | { forward: Done } | { block: Done };

/** The end of a scan. */
export interface Outcome {
  /** True: `request` may be sent. False: it must not, and `request` is only there to be looked at. */
  forward: boolean;
  request: WireRequest | undefined;
  report: Report;
  reportText: string;
  cause: string | undefined;
  approvalId: string | undefined;
  traceId: string | undefined;
}

const encoder = new TextEncoder();

/** A scan that has begun. */
export class ScanHandle {
  readonly #generation: number;
  readonly #engine: number;
  readonly #scan: number;

  private constructor(engine: number, scan: number) {
    this.#generation = currentGeneration();
    this.#engine = engine;
    this.#scan = scan;
  }

  /** Writes head and body straight into the instance's memory: one flat call, no copies on the way. */
  static begin(engine: number, request: WireRequest, head: Record<string, unknown>, now: number): ScanHandle {
    const text = JSON.stringify({ method: request.method, url: request.url, headers: request.headers, ...head });
    const room = text.length * 3;
    const scan = inside((core) => {
      const at = core.reserve(room + request.body.length);
      const target = memoryBytes(at, room + request.body.length);
      const { written } = encoder.encodeInto(text, target);
      target.set(request.body, room);
      return core.scanBegin(engine, written, room, request.body.length, now);
    });
    if (scan === 0) throw new EngineError("The scanning engine could not read the request.");
    return new ScanHandle(engine, scan);
  }

  #inside<T>(action: Parameters<typeof inside<T>>[0]): T {
    // The instance was replaced under a waiting scan: its state is gone, and the call is refused.
    if (this.#generation !== currentGeneration())
      throw new EngineError("The scanning engine was replaced; the call was refused.");
    return inside(action);
  }

  poll(): Output {
    const text = this.#inside((core) => core.scanPoll(this.#scan));
    if (text === "") throw new EngineError("The scan has ended already.");
    return JSON.parse(text) as Output;
  }

  /** The approval that is being waited for. */
  pendingApproval(): string | undefined {
    return this.#inside((core) => core.scanPendingApproval(this.#scan));
  }

  handleResponse(status: number, body: Uint8Array, retryAfterMs: number | undefined, now: number): void {
    this.#inside((core) => core.scanHandleResponse(this.#scan, this.#engine, status, body, retryAfterMs, now));
  }

  handleFailure(transport: boolean, now: number): void {
    this.#inside((core) => core.scanHandleFailure(this.#scan, transport, now));
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
    const reportText = this.#inside((core) => core.scanReport(this.#scan));
    if (reportText === undefined) throw new EngineError("The scan ended without a report.");
    const body = this.#inside((core) => core.scanTakeBody(this.#scan));
    let request: WireRequest | undefined = forward ? scanned : undefined;
    if (done.request !== null) {
      if (body === undefined) throw new EngineError("The scan ended without the bytes that it redacted.");
      request = { method: scanned.method, ...done.request, body };
    }
    return {
      forward,
      request,
      report: JSON.parse(reportText) as Report,
      reportText,
      cause: done.cause ?? undefined,
      approvalId: done.approval_id ?? undefined,
      traceId: done.trace_id ?? undefined,
    };
  }

  free(): void {
    if (this.#generation === currentGeneration()) inside((core) => core.scanFree(this.#scan));
  }
}

/** The verdict of a scan that asks nobody. */
export function finish(scan: ScanHandle, scanned: WireRequest): Outcome {
  const output = scan.poll();
  if ("forward" in output || "block" in output) return scan.outcome(output, scanned);
  throw new EngineError("A local scan did not end at once.");
}
