// The state of an approval at the gateway, asked for by its id.

import type { Core } from "../core/instance.js";
import {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalTimeoutError,
  ApprovalUsedError,
  AuthenticationError,
  type BlockDetails,
  ConfigurationError,
  GatewayError,
} from "../errors.js";
import { askGateway, UNUSABLE } from "../gateway-call.js";
import type { Settings } from "../options.js";

/** What the gateway says of an approval. */
export interface ApprovalStatus {
  approvalId: string;
  status: "pending" | "approved" | "denied" | "expired" | "executed";
  /** Only with these does anything follow: a poll uses nothing up. */
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
const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** @throws {GatewayError} or {AuthenticationError} when the gateway does not say what an approval's state is. */
export async function pollApproval(
  core: Core,
  settings: Settings,
  approvalId: string,
  signal?: AbortSignal,
): Promise<ApprovalStatus> {
  if (settings.gatewayUrl === undefined) throw new ConfigurationError("Approvals are asked for at a gateway: set gatewayUrl.");
  if (typeof approvalId !== "string" || !ID.test(approvalId))
    throw new ConfigurationError("The approval id must be the one that the scan came back with.");
  const details = (code: string): BlockDetails => ({ decision: "DENY", reasonCodes: [code], approvalId });
  const call = { method: "GET", path: `/v1/approvals/${approvalId}/status`, body: null, timeoutMs: settings.timeoutMs } as const;
  const answer = await askGateway(settings, call, signal).catch(() => undefined);
  signal?.throwIfAborted();
  if (answer === undefined) throw new GatewayError("The gateway could not be asked.", details("GATEWAY_UNREACHABLE"));
  if (answer !== UNUSABLE && answer.status === 401)
    throw new AuthenticationError("The gateway did not accept the key: check apiKey.", details("GATEWAY_UNAUTHORIZED"));
  if (answer !== UNUSABLE && (answer.status === 408 || answer.status === 429 || answer.status >= 500))
    throw new GatewayError(`The gateway answered ${answer.status}: ask again later.`, details("GATEWAY_UNREACHABLE"));
  const usable = answer !== UNUSABLE && answer.status === 200;
  const status = usable ? core.run((glue) => glue.readApproval(answer.body, approvalId)) : undefined;
  if (!usable || status === undefined) {
    const said = answer === UNUSABLE ? "what is no answer" : `status ${answer.status}`;
    throw new GatewayError(`The gateway did not say what became of the approval: ${said}.`, details("GATEWAY_ANSWER_INVALID"));
  }
  const fields = JSON.parse(new TextDecoder().decode(answer.body)) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const { remaining_seconds: seconds } = fields;
  return {
    approvalId,
    status: status as ApprovalStatus["status"],
    approved: status === "approved",
    decidedAt: text(fields.decided_at),
    expiresAt: text(fields.expires_at),
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
      const passing = error instanceof GatewayError && error.reasonCodes.includes("GATEWAY_UNREACHABLE");
      if (!passing) throw error;
      return undefined;
    });
    if (said?.status === "approved") return said;
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
