// What is told about the work of a client, to a log and to a tracer: ids, decisions, reason codes, hosts, times. Nothing here
// takes a URL, a body, a header or an error's text, so nothing of them can be told.

import type { Outcome } from "./core/outcome.js";
import { IntervenBlockedError, IntervenError } from "./errors.js";
import { type Log, type LogFields, type LogOptions, settleLog } from "./logging.js";
import { inSpan, SafeSpan, type SpanAttributes, type SpanTracer, settleTracer, type TraceOptions } from "./tracing.js";
import type { Report } from "./types.js";

/** Options about what is told. */
export interface TelemetryOptions extends LogOptions, TraceOptions {}

/** Their names. */
export const TELEMETRY_OPTIONS = ["logger", "debug", "tracer"] as const;

/** What is told about a call to a gateway. */
export interface AskedCall {
  host: string;
  method: string;
  path: string;
  startedMs: number;
  /** The answer's status, or what became of it. */
  status: number | "redirected or too large" | "no answer";
}

/** Redacts what comes from a gateway before it is told. */
type Redact = (text: string) => string;

/** @throws {ConfigurationError} for a logger or a tracer that is none. */
export function settleTelemetry(
  options: TelemetryOptions,
  env: (name: string) => string | undefined,
): { log: Log; telemetry: Telemetry | undefined } {
  const { log, verbose } = settleLog(options, env);
  const tracer = settleTracer(options);
  return { log, telemetry: verbose || tracer !== undefined ? new Telemetry(log, tracer) : undefined };
}

let scans = 0;

/** Tells a log and a tracer. Not there at all where nobody listens. */
export class Telemetry {
  readonly #log: Log;
  readonly #tracer: SpanTracer | undefined;
  readonly #redact: Redact;
  /** What every line holds. */
  readonly #own: LogFields;
  /** Ends the approval that is waited for. */
  #approvalEnds: (outcome: string) => void = () => {};

  constructor(log: Log, tracer: SpanTracer | undefined, redact: Redact = (text) => text, own: LogFields = {}) {
    this.#log = log;
    this.#tracer = tracer;
    // What cannot be told safely is not told; that is no reason to refuse a call.
    this.#redact = (text) => {
      try {
        return redact(text);
      } catch {
        return "not shown";
      }
    };
    this.#own = own;
  }

  /**
   * Tells about a scan while it runs. `run` gets what tells about its parts. `enforced`: an outcome that forwards nothing is a
   * refusal, and not only an answer.
   */
  async scan(
    agentId: string,
    redact: Redact,
    enforced: boolean,
    run: (telemetry: Telemetry) => Promise<Outcome>,
  ): Promise<Outcome> {
    scans += 1;
    const own = { scan: `s${scans}`, agentId };
    const telemetry = new Telemetry(this.#log, this.#tracer, redact, own);
    return await inSpan(this.#tracer, "interven.scan", { "interven.agent.id": agentId }, async (span) => {
      const startedMs = performance.now();
      try {
        const outcome = await run(telemetry);
        telemetry.#approvalEnds(outcome.forward ? "APPROVED" : (outcome.cause ?? outcome.report.decision));
        telemetry.#scanned(outcome, startedMs);
        span.end(telemetry.#attributes(outcome));
        if (enforced && !outcome.forward) telemetry.#refused(outcome.cause ?? "BLOCKED", outcome.report.reason_codes);
        return outcome;
      } catch (error) {
        const code = codeOf(error);
        telemetry.#approvalEnds(code);
        telemetry.#tell("info", "interven scan ended without a verdict", { code, ms: since(startedMs) });
        span.end({ "interven.error.code": code }, true);
        throw error;
      }
    });
  }

  #scanned(outcome: Outcome, startedMs: number): void {
    const { report } = outcome;
    this.#tell("debug", "interven scan", {
      decision: report.decision,
      reasonCodes: this.#codes(report.reason_codes),
      riskScore: report.risk_score,
      host: hostOf(report),
      ...this.#ids(outcome),
      ms: since(startedMs),
    });
  }

  #attributes(outcome: Outcome): SpanAttributes {
    const { report, cause } = outcome;
    const { approvalId, traceId } = this.#ids(outcome);
    return {
      "interven.decision": report.decision,
      "interven.risk.score": report.risk_score,
      "interven.risk.band": report.risk_band,
      "interven.reason_codes": this.#codes(report.reason_codes),
      "interven.tool": name(report.tool_name),
      "interven.operation": name(report.operation),
      ...(hostOf(report) !== "" && { "server.address": hostOf(report) }),
      ...(cause !== undefined && { "interven.cause": cause }),
      ...(approvalId !== undefined && { "interven.approval.id": approvalId }),
      ...(traceId !== undefined && { "interven.trace_id": traceId }),
    };
  }

  #ids({ approvalId, traceId }: Outcome): { approvalId?: string; traceId?: string } {
    return {
      ...(approvalId !== undefined && { approvalId: this.#redact(approvalId) }),
      ...(traceId !== undefined && { traceId: this.#redact(traceId) }),
    };
  }

  /** Codes of a gateway are letters, digits and `_`, and so are some keys. */
  #codes(codes: readonly string[]): string[] {
    return codes.map((code) => this.#redact(code));
  }

  /** A call to the gateway has ended. Of its path only the last segment is told, which is a word of the protocol. */
  asked({ host, method, path, startedMs, status }: AskedCall): void {
    const endpoint = /\/([a-z]{1,16})$/.exec(path)?.[1] ?? "other";
    this.#tell("debug", "interven gateway", { host, method, endpoint, status, ms: since(startedMs) });
  }

  /** Something waits: before the gateway is asked again, or for a person. */
  waits(ms: number, approvalId?: string): void {
    this.#tell("debug", "interven wait", { ms, ...(approvalId !== undefined && { approvalId: this.#redact(approvalId) }) });
  }

  #refused(cause: string, reasonCodes: readonly string[]): void {
    this.#tell("info", "interven refusal", { cause, reasonCodes: this.#codes(reasonCodes) });
  }

  /** A function that does the same and tells about refusals that no scan has told about. */
  tellingOf<A extends unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      try {
        return await call(...args);
      } catch (error) {
        const blocked = error instanceof IntervenBlockedError ? error : undefined;
        if (IntervenError.isInstance(error) && blocked?.report === undefined)
          this.#refused(error.code, blocked?.reasonCodes ?? []);
        throw error;
      }
    };
  }

  /** A call begins to wait for a person. The wait ends with the scan, or when what is returned is called. */
  approval(approvalId: string): (outcome: string) => void {
    const id = this.#redact(approvalId);
    const startedMs = performance.now();
    this.#tell("info", "interven approval pending", { approvalId: id });
    const span = SafeSpan.begin(this.#tracer, "interven.approval", { "interven.approval.id": id });
    this.#approvalEnds = (outcome) => {
      this.#approvalEnds = () => {};
      this.#tell("info", "interven approval ended", { approvalId: id, outcome, ms: since(startedMs) });
      span.end({ "interven.approval.outcome": outcome });
    };
    return this.#approvalEnds;
  }

  #tell(level: "debug" | "info", message: string, fields: LogFields): void {
    this.#log(level, message, { ...this.#own, ...fields });
  }
}

const since = (startedMs: number): number => Math.round((performance.now() - startedMs) * 10) / 10;

/** Empty where something was found in the URL: a host is written in lower case, in which rules do not know every value again. */
const hostOf = ({ host, findings }: Report): string =>
  findings.some(({ part, in_place, placeholder, allowed }) => part === "url" && !(in_place || placeholder || allowed))
    ? ""
    : host;

/** Names of tools and operations can come from the call, as the name of a function does. */
const name = (text: string): string => (/^[\w.:/-]{1,64}$/.test(text) ? text : "other");

/** Never a message: a runtime's errors quote what they could not read. */
function codeOf(error: unknown): string {
  return IntervenError.isInstance(error) ? error.code : "ABORTED";
}
