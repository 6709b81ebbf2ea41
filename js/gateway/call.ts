/** Calls as the gateway decides them, whichever way they came in. */
import type { LocalVerdict, Report, ScanContext, WireRequest } from "../types.js";
import { statedDigest } from "./approvals.js";
import type { Mode } from "./options.js";
import { recordedLabel } from "./recorded.js";
import type { Approval, Decision, Preview } from "./store/store.js";

/** A call that somebody wants to make. */
export interface Call {
  request: WireRequest;
  /** As the agent names itself: policies match it and digests bind it. Not to be kept. */
  agentId: string;
  /** The same as it may be stored, logged and shown. */
  agentLabel: string;
  traceId: string;
  source: Exclude<Decision["source"], "consume">;
  mode: Mode;
  /** Digest that the client computed over the request it holds; absent for the proxy and for older clients. */
  clientDigest?: string;
  /** Sets the approvals of calls apart that look the same and are not, such as those that a credential is added to. */
  approvedFor?: string;
  /** How the client gave the body. */
  bodyKind?: "json" | "text";
  /** The approval that the call is made with: it is used up by it, and none other is asked for. */
  approvalId?: string;
  context?: ScanContext;
  /** The same call at the vendor of the tool, where it goes to an address of one's own: rules about the tool hold for it. */
  vendorUrl?: string;
  /** The credential that the gateway adds when it sends. */
  held?: { tool: string; header: string };
  /** Gateways that have asked for this decision, one after the other. */
  hops?: readonly string[];
}

/** A call of an agent that is yet to be decided, under a trace of its own. */
export function newCall(request: WireRequest, agentId: string, source: Call["source"], mode: Mode): Call {
  return { request, agentId, agentLabel: recordedLabel(agentId), traceId: crypto.randomUUID(), source, mode };
}

/** An approval that a person has to give, here or at another gateway. */
export interface OpenApproval extends Pick<Approval, "id"> {
  /** Where the person decides. */
  url: string;
}

/** What was decided. `verdict` belongs to the final decision; `approval` is set while a person is needed. */
export interface Outcome {
  report: Report;
  verdict: LocalVerdict;
  approval?: OpenApproval;
  /** The approval that the call has used up. */
  usedApproval?: string;
  /** The gateway itself refuses the call, in monitor mode too. */
  refused?: true;
  /** In what the call leaves the scope of its key. */
  violations?: string[];
  /** When a person can be asked again. */
  retryAfterSeconds?: number;
}

/** What the approval of a call is bound to. */
export function approvalDigest({ clientDigest, approvedFor }: Call, own: string): string {
  if (clientDigest !== undefined) return statedDigest(clientDigest);
  return approvedFor === undefined ? own : `${approvedFor}:${own}`;
}

/** A body can be changed by a person where a client sends it that waits, and takes the new one. */
export function editable({ clientDigest, bodyKind }: Call): Pick<Preview, "body_kind"> {
  return clientDigest === undefined || bodyKind === undefined ? {} : { body_kind: bodyKind };
}

/** Whether the gateway makes the call; otherwise its client does, or it is a message between agents. */
export function sends({ source }: Call): boolean {
  return source !== "scan" && source !== "a2a";
}

/** What the gateway does next. */
export function actionFor(call: Call, verdict: LocalVerdict): Decision["action"] {
  if (!sends(call)) return "answer";
  return verdict.decision === "DENY" ? "refuse" : "forward";
}
