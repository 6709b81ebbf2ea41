// The state of an approval at the gateway, asked for by its id.

import type { Core } from "../core/instance.js";
import { type BlockDetails, ConfigurationError, IntervenBlockedError } from "../errors.js";
import { answered, askOnce, gatewayError, identifier, notUnderstood, refusedBy, requireGateway } from "../gateway-json.js";
import type { Settings } from "../options.js";
import { ApprovalDeniedError, ApprovalExpiredError, ApprovalTimeoutError, ApprovalUsedError } from "./errors.js";

/** What the gateway says of an approval. */
export interface ApprovalStatus {
  approvalId: string;
  status: "pending" | "approved" | "denied" | "expired" | "executed";
  /** Whether the call may be made as it was asked about: a body that a person has changed is another one. */
  approved: boolean;
  /** ISO 8601, when somebody has decided. */
  decidedAt: string | undefined;
  /** ISO 8601. */
  expiresAt: string | undefined;
  remainingSeconds: number | undefined;
}

/** How to wait for an approval. */
export interface WaitOptions {
  /** Default: the client's `approvalTimeoutMs`. */
  timeoutMs?: number;
  /** The same, under its older name. */
  maxWaitMs?: number;
  /** At least 2,500. Default: the client's. */
  pollIntervalMs?: number;
  signal?: AbortSignal;
}

const MIN_POLL_MS = 2_500;
/** What passes by itself. */
const PASSING = ["GATEWAY_UNREACHABLE", "RATE_LIMITED"];

/** @throws {GatewayError} and the like when the gateway does not say what an approval's state is. */
export async function pollApproval(
  core: Core,
  settings: Settings,
  approvalId: string,
  signal?: AbortSignal,
): Promise<ApprovalStatus> {
  requireGateway(settings, "Asking about an approval");
  if (identifier(approvalId) === undefined)
    throw new ConfigurationError("The approval id must be the one that the scan came back with.");
  const path = `/v1/approvals/${approvalId}/status`;
  const answer = await askOnce(settings, { method: "GET", path, body: null, timeoutMs: settings.timeoutMs }, signal);
  if (answer === undefined) throw gatewayError("The gateway could not be asked.", "GATEWAY_UNREACHABLE");
  if (answer.status !== 200) throw refusedBy(answer);
  const status = core.run((glue) => glue.readApproval(answer.body, approvalId));
  if (status === undefined) throw notUnderstood();
  const { decided_at: decidedAt, expires_at: expiresAt, remaining_seconds: seconds, edited_version: edited } = answered(answer);
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    approvalId,
    status: status as ApprovalStatus["status"],
    approved: status === "approved" && (edited ?? null) === null,
    decidedAt: text(decidedAt),
    expiresAt: text(expiresAt),
    remainingSeconds: typeof seconds === "number" ? seconds : undefined,
  };
}

/**
 * Waits until a person has approved. A fault on the way does not end the waiting; a key that is not accepted does.
 *
 * @throws {ApprovalDeniedError}, {ApprovalExpiredError}, {ApprovalUsedError} or {ApprovalTimeoutError} otherwise.
 */
export async function waitForApproval(
  core: Core,
  settings: Settings,
  approvalId: string,
  options: WaitOptions = {},
): Promise<ApprovalStatus> {
  const { clock } = settings;
  const { signal, timeoutMs = options.maxWaitMs ?? settings.approvalTimeoutMs } = options;
  const pauseMs = Math.max(MIN_POLL_MS, options.pollIntervalMs ?? settings.pollIntervalMs);
  const until = clock.now() + timeoutMs;
  const ended = (code: string): BlockDetails => ({ decision: "DENY", reasonCodes: [code], approvalId });
  for (;;) {
    const said = await pollApproval(core, settings, approvalId, signal).catch((error: unknown) => {
      if (PASSING.some((code) => error instanceof IntervenBlockedError && error.reasonCodes.includes(code))) return undefined;
      throw error;
    });
    if (said?.approved) return said;
    if (said?.status === "approved")
      throw new ApprovalDeniedError(
        "A person has changed the body: make the call with `fetch`, which takes the new one.",
        ended("APPROVAL_MISMATCH"),
      );
    if (said?.status === "denied") throw new ApprovalDeniedError("A person denied it.", ended("APPROVAL_DENIED"));
    if (said?.status === "expired")
      throw new ApprovalExpiredError("Nobody decided before the approval expired.", ended("APPROVAL_EXPIRED"));
    if (said?.status === "executed") throw new ApprovalUsedError("The approval was used already.", ended("APPROVAL_USED"));
    if (clock.now() + pauseMs > until) {
      const details = { ...ended("APPROVAL_TIMEOUT"), decision: "REQUIRE_APPROVAL" as const };
      throw new ApprovalTimeoutError("Nobody decided in the time that this client waits (timeoutMs).", details);
    }
    await clock.sleep(pauseMs, signal);
    signal?.throwIfAborted();
  }
}
