/** A store answers when everything that its answer may tell of is on the disk, not when it is committed. */
import type { GroupSync } from "./group-sync.js";

/**
 * What does not wait. The first three are asked for every call, and nothing is done on their word alone: the decision that
 * follows is written, and synced, behind what they saw. The end of a store syncs by itself.
 */
const AT_ONCE: ReadonlySet<PropertyKey> = new Set(["isStopped", "anyExists", "findByPrefix", "close"]);

/** The same store, or part of one, whose answers wait for the sync. */
export function durable<T extends object>(part: T, sync: GroupSync): T {
  return new Proxy(part, { get: (target, name) => memberOf(target, name, sync) });
}

function memberOf(target: object, name: PropertyKey, sync: GroupSync): unknown {
  const member: unknown = Reflect.get(target, name);
  if (typeof member === "object" && member !== null) return durable(member, sync);
  if (typeof member !== "function") return member;
  if (AT_ONCE.has(name)) return member.bind(target);
  return async (...given: unknown[]) => {
    const answer: unknown = await Reflect.apply(member, target, given);
    await sync.settled();
    return answer;
  };
}
