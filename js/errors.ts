// Every error that this package throws. `code` is stable; messages are for people.

import type { PendingApproval } from "./approvals/pending.js";
import type { ResponseScan } from "./response-options.js";
import type { Decision, Report } from "./types.js";

/** What all errors have in common. */
export interface IntervenErrorOptions {
  cause?: unknown;
  /** The gateway's trace id, when a gateway was asked. */
  traceId?: string | undefined;
}

const BRAND = Symbol.for("interven.error");

/** Base class. `IntervenError.isInstance(e)` also recognises errors of another copy of this package. */
export class IntervenError extends Error {
  /** Stable code, `ERR_INTERVEN_…`. */
  readonly code: string;
  readonly traceId: string | undefined;

  constructor(code: string, message: string, options: IntervenErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.traceId = options.traceId;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static isInstance(value: unknown): value is IntervenError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
  }
}

/** What is known about a refused call. */
export interface BlockDetails extends IntervenErrorOptions {
  decision: Decision;
  reasonCodes: readonly string[];
  report?: Report | undefined;
  approvalId?: string | undefined;
  pending?: PendingApproval | undefined;
}

/** The call was refused; nothing was sent. */
export class IntervenBlockedError extends IntervenError {
  /** `DENY`, or `REQUIRE_APPROVAL` when a person could still release the call. */
  readonly decision: Decision;
  readonly reasonCodes: readonly string[];
  /** The whole report; it never holds payload. */
  readonly report: Report | undefined;
  /** The approval that belongs to the call, if there is one. */
  readonly approvalId: string | undefined;
  /** The waiting call, where a person can still release it: makes the token that `resume` takes. */
  readonly pending: PendingApproval | undefined;

  constructor(message: string, details: BlockDetails, code = "ERR_INTERVEN_BLOCKED") {
    super(code, message, details);
    this.decision = details.decision;
    this.reasonCodes = details.reasonCodes;
    this.report = details.report;
    this.approvalId = details.approvalId;
    // Not in what a logger shows of an error: it holds the call.
    Object.defineProperty(this, "pending", { value: details.pending, enumerable: false });
  }
}

/** The body is larger than `maxBodyBytes`, or than the gateway takes. */
export class PayloadTooLargeError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_PAYLOAD_TOO_LARGE");
  }
}

/** The request itself is malformed: no absolute URL, a body that cannot be written, and the like. */
export class InvalidRequestError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_INVALID_REQUEST");
  }
}

/** The gateway could not be asked, or its answer was not believable; `failMode: "closed"` refused the call. */
export class GatewayError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails, code = "ERR_INTERVEN_GATEWAY") {
    super(message, details, code);
  }
}

/** The gateway answered 429 until the retries were used up. */
export class RateLimitError extends GatewayError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_RATE_LIMIT");
  }
}

/** The gateway refused the key. */
export class AuthenticationError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_AUTHENTICATION");
  }
}

/** A signed request was refused because it is too old, from the future, or was seen before. */
export class ReplayRejectedError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_REPLAY_REJECTED");
  }
}

/** What is known about a call that a policy denied. */
export interface PolicyDenial extends BlockDetails {
  /** Ids of the policies that matched, as the gateway or the local engine names them. */
  matchedPolicies?: readonly string[] | undefined;
}

/** `AifClient`: the call was denied, by the local engine or by the gateway. */
export class PolicyDeniedError extends IntervenBlockedError {
  readonly matchedPolicies: readonly string[];

  constructor(message: string, details: PolicyDenial) {
    super(message, details, "ERR_INTERVEN_POLICY_DENIED");
    this.matchedPolicies = details.matchedPolicies ?? [];
  }
}
/** An answer was withheld, or the rest of it: `scanResponses` does not let it through. */
export class ResponseBlockedError extends IntervenError {
  /** `injection`, `binary`, `redaction_failed`, or what could not be read, as in `scan.coverage`. */
  readonly reason: string;
  /** What was found until then; it never holds payload. */
  readonly scan: ResponseScan;

  constructor(reason: string, scan: ResponseScan) {
    const message = `The answer, or the rest of it, was withheld (${reason}). ${REMEDIES[reason] ?? UNREAD}`;
    super("ERR_INTERVEN_RESPONSE_BLOCKED", message, { traceId: scan.traceId });
    this.reason = reason;
    this.scan = scan;
  }
}

const UNREAD = "It could not be read in full: ask for it in another form, or without scanResponses.";
const REMEDIES: Record<string, string> = {
  injection: "It gives orders to the agent, and scanResponses.injection is `deny`.",
  binary: "It is no text, and scanResponses.binary is `deny`.",
  redaction_failed: "What was found in it could not be taken out.",
  body_too_large: "A document, or one event of a stream, is larger than what is held: raise maxBodyBytes if it should be.",
};

/** A redirect that cannot be followed safely. */
export class RedirectError extends IntervenError {
  constructor(message: string, options?: IntervenErrorOptions) {
    super("ERR_INTERVEN_REDIRECT", message, options);
  }
}

/** An option has a value that cannot be used. */
export class ConfigurationError extends IntervenError {
  constructor(message: string, options?: IntervenErrorOptions) {
    super("ERR_INTERVEN_CONFIGURATION", message, options);
  }
}

/** A vault has no room for what a text would add. The text was not redacted. */
export class VaultFullError extends IntervenError {
  constructor(message: string, options?: IntervenErrorOptions) {
    super("ERR_INTERVEN_VAULT_FULL", message, options);
  }
}

/** Where a policy is wrong, and what to write instead. */
export interface PolicyProblem {
  /** File name or `policy`. */
  source: string;
  /** 1-based; 0 when unknown. */
  line: number;
  column: number;
  /** Path of the key, such as `rules[0].action`. */
  key: string;
  problem: string;
  suggestion: string | null;
}

/** A policy cannot be used. No rule is ever skipped: loading stops here. */
export class PolicyError extends IntervenError implements PolicyProblem {
  readonly source: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly problem: string;
  readonly suggestion: string | null;

  constructor(message: string, problem: PolicyProblem) {
    super("ERR_INTERVEN_POLICY", message);
    this.source = problem.source;
    this.line = problem.line;
    this.column = problem.column;
    this.key = problem.key;
    this.problem = problem.problem;
    this.suggestion = problem.suggestion;
  }

  /** The name of the file, as `source`. */
  get file(): string {
    return this.source;
  }
}

/** The WebAssembly engine failed. The call it worked on was refused. */
export class EngineError extends IntervenError {
  constructor(message: string, options?: IntervenErrorOptions) {
    super("ERR_INTERVEN_ENGINE", message, options);
  }
}
