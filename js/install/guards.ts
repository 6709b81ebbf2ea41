// The clients that are installed. Every patched path asks here.

import { handedOver } from "../approvals/executed.js";
import type { Outcome } from "../core/outcome.js";
import { UNREAD } from "../decide.js";
import type { Inside } from "../guarding-client.js";
import { refusal } from "../refusal.js";
import type { WireRequest } from "../types.js";

/** One call of `install()`. */
export interface Guard {
  readonly inside: Inside;
  readonly allowTunnels: boolean;
}

const active: Guard[] = [];

export function addGuard(guard: Guard): void {
  active.push(guard);
}

export function removeGuard(guard: Guard): void {
  const at = active.indexOf(guard);
  if (at >= 0) active.splice(at, 1);
}

/** Whether any client is installed. */
export const guarding = (): boolean => active.length > 0;

/** The installed clients, each once, the newest first. */
export function guardingClients(): Inside[] {
  return [...new Set(active.map(({ inside }) => inside))].reverse();
}

/** Whether every installation lets connections pass that carry what nobody scans. */
export const tunnelsAllowed = (): boolean => active.every(({ allowTunnels }) => allowTunnels);

/** The largest body that all installed clients scan. */
export const maxBodyBytes = (): number => Math.min(...active.map(({ inside }) => inside.settings.maxBodyBytes));

/**
 * What may be sent of a request: every installed client decides, and each sees what the one before it released.
 *
 * @throws {IntervenBlockedError} or one of its subclasses when one of them refuses.
 */
export async function released(request: WireRequest, signal: AbortSignal): Promise<WireRequest> {
  let next = request;
  for (const inside of guardingClients()) {
    const outcome: Outcome = await inside.decide(next, UNREAD, signal);
    if (!outcome.forward || outcome.request === undefined) throw refusal(outcome, next.method);
    await handedOver(outcome);
    next = outcome.request;
  }
  return next;
}
