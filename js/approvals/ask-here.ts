// Approvals without a gateway: a person is asked in this process, or decides in the store.

import { copiedBytes } from "../bytes.js";
import { amended, type Outcome } from "../core/outcome.js";
import type { Settings } from "../options.js";
import { refused } from "../refusal.js";
import type { WireRequest } from "../types.js";
import type { WaitingCall } from "./waiting-call.js";

/** A local scan; `grant` is the digest of what a person has approved. */
type Decide = (request: WireRequest, grant?: string) => Outcome;

/** A call that was held. */
export interface HeldCall {
  request: WireRequest;
  outcome: Outcome;
  /** An approval that was asked for before. */
  resumed: { approvalId: string; digest: string } | undefined;
  wait: boolean;
}

/** Whether anybody can be asked here. */
export const canAskHere = ({ gatewayUrl, onApproval, approvalStore }: Settings): boolean =>
  gatewayUrl === undefined && (onApproval !== undefined || approvalStore !== undefined);

/** Has a person decide, and gives what may be sent then. */
export async function askHere(
  settings: Settings,
  { request, outcome, resumed, wait }: HeldCall,
  call: WaitingCall,
  decide: Decide,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { digest } = outcome.report;
  if (digest === null || outcome.request === undefined) return outcome;
  if (resumed !== undefined && resumed.digest !== digest) return refused(outcome, "APPROVAL_MISMATCH");
  const approvalId = resumed?.approvalId ?? crypto.randomUUID();
  const held = amended(outcome, { approvalId });
  const { approvalStore } = settings;
  if (resumed !== undefined && approvalStore !== undefined && (await approvalStore.read(approvalId)) === undefined)
    return refused(outcome, "APPROVAL_MISMATCH");
  await call.opened(approvalId, digest, outcome.report.reason_codes);
  if (!wait && !(await wasDecided(settings, approvalId))) return amended(held, { cause: undefined });
  const reply =
    settings.onApproval && wait
      ? await replied(settings, { approvalId, request: outcome.request, report: outcome.report }, signal)
      : await decided(settings, approvalId, digest, signal);
  if (typeof reply === "string") return refused(held, reply);
  const released =
    reply.body === undefined ? decide(request, digest) : edited({ ...outcome.request, body: reply.body }, decide, digest);
  if (!released.forward) return amended(released, { approvalId });
  // There is one: a grant binds, whoever it is for.
  const sent = released.report.digest;
  const open = sent !== null && (await call.using(sent)) !== undefined;
  return open ? amended(released, { approvalId }) : refused(held, "APPROVAL_USED");
}

/** Changed by a person, it is another call: decided from the beginning, and if it needs a person, this one has approved it. */
function edited(request: WireRequest, decide: Decide, asked: string): Outcome {
  const first = decide(request, asked);
  const { decision, digest } = first.report;
  return decision === "REQUIRE_APPROVAL" && digest !== null ? decide(request, digest) : first;
}

const TOO_LATE = Symbol("too late");

interface Approved {
  body: Uint8Array | undefined;
}

async function replied(
  { onApproval, clock, approvalTimeoutMs }: Settings,
  { approvalId, request, report }: Pick<Outcome, "report"> & { approvalId: string; request: WireRequest },
  signal: AbortSignal | undefined,
): Promise<Approved | string> {
  let reply: unknown;
  const over = new AbortController();
  const stop = () => over.abort();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const question = { approvalId, request: { ...request, body: request.body.slice() }, report, signal };
    // A question may never be answered. What comes too late is no answer.
    reply = await Promise.race([onApproval?.(question), clock.sleep(approvalTimeoutMs, over.signal).then(() => TOO_LATE)]);
  } catch {
    // What a host throws may quote the call.
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
  signal?.throwIfAborted();
  if (reply === TOO_LATE) return "APPROVAL_TIMEOUT";
  if (reply === true) return { body: undefined };
  if (typeof reply !== "object" || reply === null) return "APPROVAL_DENIED";
  const { approved, body } = reply as { approved?: unknown; body?: unknown };
  if (approved !== true) return "APPROVAL_DENIED";
  if (body === undefined) return { body: undefined };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : copiedBytes(body);
  return bytes === undefined ? "APPROVAL_DENIED" : { body: bytes };
}

/** Whether there is nothing to wait for any more. */
async function wasDecided({ approvalStore }: Settings, approvalId: string): Promise<boolean> {
  return ((await approvalStore?.read(approvalId))?.record.state ?? "pending") !== "pending";
}

/** Waits until somebody has decided in the store. */
async function decided(
  { approvalStore, clock, pollIntervalMs, approvalTimeoutMs }: Settings,
  approvalId: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<Approved | string> {
  const until = clock.now() + approvalTimeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    // Taken first: whatever was decided, or expired, by then is seen by the reading.
    const late = clock.now() >= until;
    const { record } = (await approvalStore?.read(approvalId)) ?? {};
    if (record === undefined || record.digest !== digest) return "APPROVAL_MISMATCH";
    // Used for what a person made of it: that is not this call.
    if (record.state === "using" && record.sentDigest !== digest) return "APPROVAL_USED";
    if (record.state === "denied") return "APPROVAL_DENIED";
    if (record.state === "expired") return "APPROVAL_EXPIRED";
    const overdue = record.expiresAtMs <= Date.now();
    if (overdue && (record.state === "pending" || record.state === "approved")) return "APPROVAL_EXPIRED";
    if (record.state !== "pending") return { body: undefined };
    if (late) return "APPROVAL_TIMEOUT";
    await clock.sleep(Math.max(0, Math.min(pollIntervalMs, until - clock.now())), signal);
  }
}
