// A copy of a value that JSON can say in full. Each member is read once, so nothing can be one thing here and another later.

import { isPlain, MOST_VALUES } from "./json.js";

const MOST_LEVELS = 256;

/** What cannot be copied; the message says what it is and repeats none of it. */
export class NotPlain extends Error {}

/**
 * Copies what is made of texts, finite numbers, booleans, null, arrays and plain objects. Members that are `undefined` are
 * left out, as JSON does.
 *
 * @throws {NotPlain} for anything else, and whatever its getters throw.
 */
export function plainCopy(value: unknown): unknown {
  let left = MOST_VALUES;
  const copy = (given: unknown, level: number): unknown => {
    left -= 1;
    if (left < 0) throw new NotPlain(`more than ${MOST_VALUES} values`);
    if (level > MOST_LEVELS) throw new NotPlain(`a cycle, or more than ${MOST_LEVELS} levels`);
    if (typeof given !== "object" || given === null) return primitive(given);
    if (Array.isArray(given)) return Array.from({ length: given.length }, (_, index) => copy(given[index], level + 1));
    if (!isPlain(given)) throw new NotPlain("an instance of a class");
    if (Object.getOwnPropertySymbols(given).length > 0) throw new NotPlain("a member without a name");
    const members = Object.keys(given).map((name) => [name, (given as Record<string, unknown>)[name]] as const);
    // By definition, not assignment: `__proto__` is a name like any other.
    return Object.fromEntries(
      members.filter(([, member]) => member !== undefined).map(([name, m]) => [name, copy(m, level + 1)]),
    );
  };
  return copy(value, 0);
}

function primitive(given: unknown): unknown {
  if (given === null || typeof given === "string" || typeof given === "boolean") return given;
  if (typeof given === "number" && Number.isFinite(given)) return given;
  throw new NotPlain(typeof given === "number" ? "a number that is not finite" : `a value of type ${typeof given}`);
}

/** Whether two such values have the same lists, with as many members, in the same places; names and texts may differ. */
export function sameShape(one: unknown, other: unknown): boolean {
  if (!isContainer(one) || !isContainer(other)) return isContainer(one) === isContainer(other);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [members, others] = [Object.values(one), Object.values(other)];
  return members.length === others.length && members.every((member, index) => sameShape(member, others[index]));
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
