// An approval of a scripted gateway.

import type { ApprovalScript, ApprovalState } from "./steps.js";

/** An approval that waits, or was decided. */
export interface Held {
  readonly id: string;
  /** Of the call that it is for, as the client named it. */
  readonly digest: unknown;
  readonly script: ApprovalScript;
  polls: number;
  used: boolean;
  /** Who has used it, as far as that was said. */
  holder?: unknown;
}

/** The approval for the call of a scan. */
export function heldBy(scan: string, script: ApprovalScript = { outcome: "approved" }, number: number): Held {
  const { request_digest: digest } = JSON.parse(scan) as { request_digest?: unknown };
  return { id: `approval-${number}`, digest, script, polls: 0, used: script.outcome === "executed" };
}

/** What the next question about it is told. */
export function status(held: Held): ApprovalState {
  held.polls += 1;
  if (held.used && held.script.outcome !== "executed") return "executed";
  return held.polls > (held.script.afterPolls ?? 0) ? held.script.outcome : "pending";
}

/** What a path asks about an approval. */
export function approvalPath(path: string): { id: string; endpoint: string } | undefined {
  const [, id, endpoint] = /^\/v1\/approvals\/([^/?]+)\/(status|consume)(?:\?|$)/.exec(path) ?? [];
  return id === undefined || endpoint === undefined ? undefined : { id, endpoint };
}
