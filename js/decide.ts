// How a call of a client is decided: here, by the gateway where there is one, and by a person where one is needed.

import { askHere, canAskHere } from "./approvals/ask-here.js";
import type { DigestKey } from "./approvals/digest-key.js";
import type { ApprovalSettings } from "./approvals/options.js";
import { WaitingCall } from "./approvals/waiting-call.js";
import type { Outcome } from "./core/outcome.js";
import type { Context } from "./core/scan-handle.js";
import { drive } from "./drive.js";
import { gatewayHead } from "./gateway-head.js";
import type { LocalEngine } from "./local-engine.js";
import type { Settings } from "./options.js";
import type { WireRequest } from "./types.js";

/** What is known of a call beside the request. */
export interface Deciding extends Pick<Context, "agent" | "runtime" | "claimed" | "floor"> {
  /** Whether to wait for a person. Default: as the client is told. */
  wait?: boolean;
  /** Called when the call begins to wait for a person. Default: the client's. */
  onPending?: ApprovalSettings["onPending"];
  /** False for a question without a call behind it: nobody is told that it waits. Default true. */
  announce?: boolean;
  /** False: nobody reads the report of a call that this process lets go as it is, so none is written. Default true. */
  reports?: boolean;
  /** Whether a function is called, and no request made. */
  isFunction?: boolean;
  /** The approval that was asked for before. */
  resume?: Approved;
  /** What a gateway's digest of it was keyed with. Default: the client's own key. */
  digestKey?: DigestKey | undefined;
  /** The approval that was used, for exactly this call, by a process that may have ended before it was sent. */
  again?: Approved;
}

/** A call is sent or it is not: what the report of one that is sent says, nobody asks. */
export const UNREAD: Deciding = { reports: false };

/** An approval, and the digest of the call that it is for. */
interface Approved {
  approvalId: string;
  digest: string;
}

/**
 * Decides a call.
 *
 * @throws the signal's reason when it aborts, and what `onPending` and the store of approvals throw.
 */
export async function decide(
  client: Settings,
  engine: Pick<LocalEngine, "begin" | "decideHere">,
  request: WireRequest,
  own: Deciding,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { wait = client.waitForApprovals, announce = true, reports = true, isFunction = false } = own;
  const { resume, again, onPending, digestKey } = own;
  // A copy for every call would cost more than all else here.
  const settings =
    onPending === undefined && digestKey === undefined
      ? client
      : { ...client, onPending: onPending ?? client.onPending, digestKey: digestKey ?? client.digestKey };
  // A token is for a call that needed a person: the policy that has changed since does not spare it one.
  const isHeld = (resume ?? again) !== undefined && own.floor !== "DENY";
  const { agent = settings.agentId, runtime, claimed } = own;
  const context: Context = {
    agent,
    agent_name: settings.agentName,
    runtime,
    claimed,
    floor: isHeld ? "REQUIRE_APPROVAL" : own.floor,
  };
  const granted = (given: WireRequest, grant?: string): Outcome => engine.decideHere(given, { ...context, grant });
  if (settings.gatewayUrl === undefined && again === undefined) {
    signal?.throwIfAborted();
    const outcome = engine.decideHere(request, context, reports);
    // Nobody was asked, so nothing waits and nothing is kept.
    if (outcome.forward || !announce) return outcome;
    const call = new WaitingCall(settings, request, agent, isFunction);
    if (outcome.cause !== "APPROVAL_UNAVAILABLE" || !canAskHere(settings)) return await call.closed(outcome);
    return await call.closed(await askHere(settings, { request, outcome, resumed: resume, wait }, call, granted, signal));
  }
  const call = new WaitingCall(settings, request, agent, isFunction);
  if (again !== undefined) return await call.repeated(again.approvalId, granted(request, again.digest));
  const gateway = await gatewayHead(settings, wait, resume);
  const scan = engine.begin(request, { ...context, gateway }, settings.clock.now());
  let outcome: Outcome;
  try {
    outcome = await drive(scan, request, settings, call, signal);
  } finally {
    scan.free();
  }
  return announce ? await call.closed(outcome) : outcome;
}
