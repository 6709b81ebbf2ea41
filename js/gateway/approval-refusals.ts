/** Why an approval cannot be decided or used: the answers that say so. */
import { AGENT_STOPPED } from "./agents/admission.js";
import { Refusal } from "./reply.js";
import type { Approval } from "./store/store.js";

/** Whether this is the use that was recorded, asked for once more: its answer was lost, or who made it has ended before it sent. */
export function isRepeat(approval: Approval, digest: string, holder: string | null): boolean {
  return approval.status === "executed" && approval.digest === digest && holder !== null && approval.holder === holder;
}

/** Why an approval cannot be used for this digest, by this holder; `outdated` says that other policies are in force by now. */
export function whyNotConsumable(approval: Approval, digest: string, holder: string | null, outdated: boolean): Refusal {
  if (approval.digest !== digest) return digestMismatch();
  switch (isRepeat(approval, digest, holder) ? "expired" : approval.status) {
    case "pending":
      return new Refusal(409, "APPROVAL_PENDING", "Nobody has decided yet. Poll the status and try again once it is approved.");
    case "denied":
      return new Refusal(409, "APPROVAL_DENIED", "A person denied this request. Do not send it.");
    case "expired":
      if (outdated) return policiesChanged();
      return new Refusal(409, "APPROVAL_EXPIRED", "The approval has expired. Scan the request again to ask for a new one.");
    case "approved":
      return policiesChanged();
    default:
      return new Refusal(
        409,
        "APPROVAL_ALREADY_EXECUTED",
        "The approval has been used. Scan the request again to ask for a new one.",
      );
  }
}

/** The answer to a call that is not the one that the approval was given for. */
export function digestMismatch(): Refusal {
  return new Refusal(409, "DIGEST_MISMATCH", "The approval was given for another request. Scan this request again.");
}

/** The answer to an agent that was stopped after its call was approved. */
export function agentStopped(): Refusal {
  return new Refusal(403, AGENT_STOPPED, "This agent was stopped. Do not send the request.");
}

function policiesChanged(): Refusal {
  return new Refusal(409, "POLICIES_CHANGED", "The policies have changed since this was asked. Scan the request again.");
}

/** The answer for an approval that does not exist, or is not the asker's. */
export function notFound(): Refusal {
  return new Refusal(404, "APPROVAL_NOT_FOUND", "There is no approval with this id on this gateway.");
}

/** Why nobody can decide it any more, or not what was seen of it. */
export function whyNotDecided(approval: Approval): Refusal {
  if (approval.status === "pending")
    return new Refusal(409, "EDITED_MEANWHILE", "Somebody has changed the body meanwhile: look at it again, and decide then.");
  return new Refusal(409, "APPROVAL_NOT_PENDING", `This approval is ${approval.status} already; the first decision stands.`);
}
