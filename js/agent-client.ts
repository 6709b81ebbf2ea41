// What the full clients have beyond `fetch`, `scan` and `redact`. Each part stands in a module of its own.

import { ApprovalDesk } from "./approvals/desk.js";
import { resumeCall } from "./approvals/resume.js";
import { type ApprovalStatus, pollApproval, type WaitOptions, waitForApproval } from "./approvals/status.js";
import { GuardingClient, insideOf } from "./guarding-client.js";

/** The client of the entries that hold everything. */
export class AgentClient extends GuardingClient {
  /** Decides what waits in the client's own `approvalStore`. */
  get approvals(): ApprovalDesk {
    return new ApprovalDesk(insideOf(this).settings.approvalStore);
  }

  /**
   * Takes up a call that waits for a person, from the token that its `pending` made: in another process, after a restart, in
   * another isolate. Waits for the person, and sends exactly that call, once. Without a call in the token, give the same one
   * again as for `fetch`.
   *
   * @throws {ApprovalTokenError} for a token that this client cannot take up.
   * @throws {ApprovalUsedError} when the call was sent before, or may have been.
   * @throws {IntervenBlockedError} and the others of `fetch`.
   */
  async resume(token: string, input?: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { settings, decide } = insideOf(this);
    return await resumeCall(settings, decide, token, input, init);
  }

  /**
   * The state of an approval at the gateway. It uses nothing up.
   *
   * @throws {GatewayError} when the gateway does not say.
   */
  async pollApproval(approvalId: string, options: { signal?: AbortSignal } = {}): Promise<ApprovalStatus> {
    const { core, settings } = insideOf(this);
    return await pollApproval(core, settings, approvalId, options.signal);
  }

  /**
   * Waits until a person has approved, for code that asked with `scan` and sends by itself.
   *
   * @throws {ApprovalDeniedError}, {ApprovalExpiredError}, {ApprovalUsedError} or {ApprovalTimeoutError} otherwise.
   */
  async waitForApproval(approvalId: string, options: WaitOptions = {}): Promise<ApprovalStatus> {
    const { core, settings } = insideOf(this);
    return await waitForApproval(core, settings, approvalId, options);
  }
}
