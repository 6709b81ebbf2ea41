// From the end of a scan to the error that the caller sees.

import type { Outcome } from "./core/scan-handle.js";
import {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
  AuthenticationError,
  type BlockDetails,
  GatewayError,
  IntervenBlockedError,
  InvalidRequestError,
  PayloadTooLargeError,
  RateLimitError,
} from "./errors.js";

type Refusal = new (message: string, details: BlockDetails) => IntervenBlockedError;

/** Most specific first: the cause on the way, then the reason in the report. */
const CAUSES: Record<string, [Refusal, string]> = {
  APPROVAL_UNAVAILABLE: [
    ApprovalRequiredError,
    "It needs a person's approval, and nobody is configured to give it: set gatewayUrl.",
  ],
  APPROVAL_DENIED: [ApprovalDeniedError, "A person denied it."],
  APPROVAL_EXPIRED: [ApprovalExpiredError, "Nobody decided before the approval expired."],
  APPROVAL_TIMEOUT: [ApprovalTimeoutError, "Nobody decided in the time that this client waits (approvalTimeoutMs)."],
  APPROVAL_MISMATCH: [ApprovalDeniedError, "The approval was for another call, or was used already."],
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
};

/** The error for a scan that did not end in permission. */
export function refusal(outcome: Outcome, method: string): IntervenBlockedError {
  const { report, cause } = outcome;
  const known = [cause, ...report.reason_codes].find((code) => code !== undefined && code in CAUSES);
  const [Kind, why] = (known === undefined ? undefined : CAUSES[known]) ?? [
    IntervenBlockedError,
    "Change the call, or the policy that it meets.",
  ];
  // Anything can be a method, a secret as well; only what looks like one is repeated.
  const what = /^[A-Za-z-]{1,16}$/.test(method) ? method : "The request";
  const where = report.host === "" ? "" : ` to ${report.host}`;
  return new Kind(`${what}${where} was not sent: ${report.decision} (${report.reason_codes.join(", ")}). ${why}`, {
    decision: report.decision,
    reasonCodes: report.reason_codes,
    report,
    approvalId: outcome.approvalId,
    traceId: outcome.traceId,
  });
}

/**
 * The error for something that never became a request. The reason is this package's own text: what a runtime says quotes
 * URLs and header values, and those hold secrets. For the same reason there is no `cause`.
 */
export function invalidRequest(reason: string): InvalidRequestError {
  return new InvalidRequestError(reason, { decision: "DENY", reasonCodes: ["INVALID_REQUEST"] });
}
