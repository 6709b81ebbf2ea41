// Errors about people's approvals.

import { type BlockDetails, IntervenBlockedError, IntervenError, type IntervenErrorOptions } from "../errors.js";

/** A person is needed and none is configured: set `gatewayUrl`, `onApproval` or `approvalStore`. */
export class ApprovalRequiredError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_APPROVAL_REQUIRED");
  }
}

/** The call waits for a person, and the client does not (`waitForApprovals: false`). */
export class ApprovalPendingError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_APPROVAL_PENDING");
  }
}

/** The approval was used before: sending now would be a second time. */
export class ApprovalUsedError extends IntervenBlockedError {
  /**
   * `sent`: the destination has answered. `unknown`: the process that used the approval may have ended before or after it sent
   * the call; look at the destination before you make the call anew.
   */
  readonly outcome: "sent" | "unknown";

  constructor(message: string, details: BlockDetails & { outcome?: "sent" | "unknown" | undefined }) {
    super(message, details, "ERR_INTERVEN_APPROVAL_USED");
    this.outcome = details.outcome ?? "unknown";
  }
}

/** A token that cannot be taken up: not signed with this key, changed, of another client, or of what cannot be made again. */
export class ApprovalTokenError extends IntervenError {
  constructor(message: string, options?: IntervenErrorOptions) {
    super("ERR_INTERVEN_APPROVAL_TOKEN", message, options);
  }
}

/** A person denied the call. */
export class ApprovalDeniedError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_APPROVAL_DENIED");
  }
}

/** Nobody decided before the approval expired. */
export class ApprovalExpiredError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_APPROVAL_EXPIRED");
  }
}

/** The client stopped waiting for a person: `approvalTimeoutMs` passed. */
export class ApprovalTimeoutError extends IntervenBlockedError {
  constructor(message: string, details: BlockDetails) {
    super(message, details, "ERR_INTERVEN_APPROVAL_TIMEOUT");
  }
}
