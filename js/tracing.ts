// Spans, through whatever tracer is given: this package imports no OpenTelemetry.

import { ConfigurationError } from "./errors.js";

/** What a span can be told. */
export type SpanAttributes = Record<string, string | number | boolean | string[]>;

/** As much of OpenTelemetry's `Span` as is used here. */
export interface TraceSpan {
  setAttributes(attributes: SpanAttributes): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** As much of OpenTelemetry's `Tracer` as is used here: `trace.getTracer("…")` is one. */
export interface SpanTracer {
  startActiveSpan<T>(name: string, options: { attributes: SpanAttributes }, run: (span: TraceSpan) => T): T;
  startSpan(name: string, options: { attributes: SpanAttributes }): TraceSpan;
}

/** Options about traces. */
export interface TraceOptions {
  /** Gets a span for each scan (`interven.scan`) and for each approval (`interven.approval`): attributes only, never payload. */
  tracer?: SpanTracer;
}

/** @throws {ConfigurationError} for a tracer that is none. */
export function settleTracer({ tracer }: TraceOptions): SpanTracer | undefined {
  if (tracer === undefined) return undefined;
  const usable = tracer !== null && typeof tracer === "object" && callable(tracer.startActiveSpan) && callable(tracer.startSpan);
  if (!usable) throw new ConfigurationError("tracer must be an OpenTelemetry tracer, such as `trace.getTracer(name)`.");
  return tracer;
}

const callable = (value: unknown): boolean => typeof value === "function";

/** OpenTelemetry's `SpanStatusCode.ERROR`. */
const ERROR = 2;

/** A span that cannot fail: a tracer that throws must not decide about calls. */
export class SafeSpan {
  readonly #span: TraceSpan | undefined;

  constructor(span: TraceSpan | undefined) {
    this.#span = span;
  }

  /** Begins one that is nobody's parent. */
  static begin(tracer: SpanTracer | undefined, name: string, attributes: SpanAttributes): SafeSpan {
    try {
      return new SafeSpan(tracer?.startSpan(name, { attributes }));
    } catch {
      return new SafeSpan(undefined);
    }
  }

  /** Ends it; `failed` marks it as an error. */
  end(attributes: SpanAttributes, failed = false): void {
    try {
      this.#span?.setAttributes(attributes);
      if (failed) this.#span?.setStatus({ code: ERROR });
      this.#span?.end();
    } catch {
      // See above.
    }
  }
}

/** Runs something once, inside an active span where the tracer gives one: spans that begin meanwhile are its children. */
export async function inSpan<T>(
  tracer: SpanTracer | undefined,
  name: string,
  attributes: SpanAttributes,
  run: (span: SafeSpan) => Promise<T>,
): Promise<T> {
  let running: Promise<T> | undefined;
  const once = (span?: TraceSpan): Promise<T> => {
    running ??= run(new SafeSpan(span));
    return running;
  };
  try {
    // Not its result: what runs is ours, whatever the tracer makes of it.
    void tracer?.startActiveSpan(name, { attributes }, once);
  } catch {
    // See above.
  }
  return await once();
}
