/**
 * What every route answers with: JSON, and one shape of error that says what to do.
 * Never put content of a scanned request into a message.
 */

/** A refusal with its HTTP status; thrown by routes, turned into `{"error":{"code","message"}}` in one place. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** Stable, upper-case, for programs. */
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
    /** What programs need to know besides. */
    readonly details?: object,
  ) {
    super(message);
    this.name = "Refusal";
  }

  /** The answer on the wire. */
  toResponse(): Response {
    return json(
      this.status,
      { error: { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) } },
      this.headers,
    );
  }
}

/** A 400 that names a field. */
export function invalid(field: string, problem: string): Refusal {
  return new Refusal(400, "INVALID_REQUEST", `'${field.slice(0, 64)}' ${problem}.`);
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return jsonText(status, JSON.stringify(value), headers);
}

/** A JSON answer from text that is JSON already, so that numbers keep the digits that they came with. */
export function jsonText(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { "content-type": "application/json; charset=utf-8", ...headers } });
}

/** The headers by which every scanned answer names its decision. */
export function decisionHeaders(decision: string, traceId: string, reasons: readonly string[]): Record<string, string> {
  return {
    "x-interven-decision": decision,
    "x-interven-trace-id": traceId,
    "x-interven-reasons": reasons.join(","),
  };
}
