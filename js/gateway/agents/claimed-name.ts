/** What an agent without a key calls itself. */

/** Field that an agent names itself in; a key says who it is and goes before. */
export const AGENT_HEADER = "x-interven-agent-id";
/** Agents that say nothing of themselves. */
export const ANONYMOUS = "anonymous";

/** The name that a request gives for its agent. */
export function claimedName(headers: Headers): string {
  return headers.get(AGENT_HEADER) || ANONYMOUS;
}
