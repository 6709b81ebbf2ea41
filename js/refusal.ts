// From the end of a scan to the error that the caller sees.

import {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalPendingError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
  ApprovalUsedError,
} from "./approvals/errors.js";
import { amended, type Outcome } from "./core/outcome.js";
import {
  AuthenticationError,
  type BlockDetails,
  GatewayError,
  IntervenBlockedError,
  InvalidRequestError,
  PayloadTooLargeError,
  RateLimitError,
} from "./errors.js";

import type { Decision } from "./types.js";

type Details = BlockDetails & { outcome?: Outcome["used"] };
type Refusal = new (message: string, details: Details) => IntervenBlockedError;

/** Most specific first: the cause on the way, then the reason in the report. */
const CAUSES: Record<string, [Refusal, string]> = {
  APPROVAL_UNAVAILABLE: [
    ApprovalRequiredError,
    "It needs a person's approval, and nobody is configured to give it: set gatewayUrl, onApproval or approvalStore.",
  ],
  APPROVAL_DENIED: [ApprovalDeniedError, "A person denied it."],
  APPROVAL_EXPIRED: [ApprovalExpiredError, "Nobody decided before the approval expired."],
  APPROVAL_TIMEOUT: [ApprovalTimeoutError, "Nobody decided in the time that this client waits (approvalTimeoutMs)."],
  APPROVAL_MISMATCH: [ApprovalDeniedError, "The approval is for another call."],
  APPROVAL_USED: [ApprovalUsedError, "The approval was used already: a second use would send it a second time."],
  RATE_LIMITED: [RateLimitError, "The gateway had too many requests, and failMode is closed: try again later."],
  GATEWAY_UNREACHABLE: [GatewayError, "The gateway could not be asked, and failMode is closed."],
  GATEWAY_UNAUTHORIZED: [AuthenticationError, "The gateway did not accept the key: check apiKey."],
  GATEWAY_REFUSED: [GatewayError, "The gateway refused to scan it: check apiKey and gatewayUrl."],
  GATEWAY_ANSWER_INVALID: [GatewayError, "The gateway's answer was not one that the protocol knows."],
  PAYLOAD_TOO_LARGE: [PayloadTooLargeError, "It is larger than what is scanned: raise maxBodyBytes if it should be."],
  PRIVATE_DESTINATION: [
    IntervenBlockedError,
    "It leads to a private address: if that is meant, name its host and port in allowPrivate.",
  ],
  INVALID_REQUEST: [InvalidRequestError, "It is malformed."],
  NOT_REDACTABLE: [IntervenBlockedError, "What would have to be redacted is where it leads, not what it says: change that."],
};

/** A refusal with its cause. Only an approval that is still open stays `REQUIRE_APPROVAL`. */
export function refused(outcome: Outcome, cause: string): Outcome {
  const open = cause === "APPROVAL_TIMEOUT";
  const decision: Decision = open ? "REQUIRE_APPROVAL" : "DENY";
  const report = { ...outcome.report, decision, reason_codes: [...outcome.report.reason_codes, cause].sort() };
  const told = open ? report : { ...report, digest: null };
  return amended(outcome, { forward: false, request: undefined, report: told, cause });
}

/** The error for a scan that did not end in permission. `happened` is what did not, in words without payload. */
export function refusal(outcome: Outcome, method: string, happened?: string): IntervenBlockedError {
  const { report, cause } = outcome;
  const known = [cause, ...report.reason_codes].find((code) => code !== undefined && code in CAUSES);
  const waits: [Refusal, string] = [ApprovalPendingError, "It waits for a person: take it up with the token of `pending`."];
  const otherwise: [Refusal, string] = [IntervenBlockedError, "Change the call, or the policy that it meets."];
  const [Kind, why] = (known === undefined ? undefined : CAUSES[known]) ?? (outcome.pending ? waits : otherwise);
  // Anything can be a method, a secret as well; only what looks like one is repeated.
  const what = /^[A-Za-z-]{1,16}$/.test(method) ? method : "The request";
  const where = report.host === "" ? "" : ` to ${report.host}`;
  return new Kind(
    `${happened ?? `${what}${where} was not sent`}: ${report.decision} (${report.reason_codes.join(", ")}). ${why}`,
    {
      decision: report.decision,
      reasonCodes: report.reason_codes,
      report,
      approvalId: outcome.approvalId,
      traceId: outcome.traceId,
      pending: outcome.pending,
      outcome: outcome.used,
    },
  );
}

/**
 * The error for something that never became a request. The reason is this package's own text: what a runtime says quotes
 * URLs and header values, and those hold secrets. For the same reason there is no `cause`.
 */
export function invalidRequest(reason: string): InvalidRequestError {
  return new InvalidRequestError(reason, { decision: "DENY", reasonCodes: ["INVALID_REQUEST"] });
}
