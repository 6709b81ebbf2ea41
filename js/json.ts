// JSON that says all that its value says.
import { isRecord } from "./record.js";

/** The core reads no more. Lists inside lists, each twice, would be written for ever. */
export const MOST_VALUES = 1_000_000;

/**
 * The value as JSON; nothing when that would leave content out: a `Map`, a `Blob`, a form, bytes or an instance of a class
 * inside it would be written as `{}`, NaN as `null`, and a function as nothing. Whoever has `toJSON` says itself what it is.
 */
export function writtenJson(value: unknown): string | undefined {
  let left = MOST_VALUES;
  const refuse = (_name: string, member: unknown): unknown => {
    if (--left < 0) throw new TypeError("more values than are scanned");
    return refuseOpaque(member);
  };
  try {
    return JSON.stringify(value, refuse);
  } catch {
    // As well: a cycle, a BigInt, a getter that throws, more nesting than the stack holds.
    return undefined;
  }
}

/** Lets through what JSON says in full: texts, finite numbers, arrays and plain objects, those of another realm included. */
function refuseOpaque(value: unknown): unknown {
  // JSON would write `null` for the one, and leave out the others.
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("not a finite number");
  if (typeof value === "function" || typeof value === "symbol") throw new TypeError("not data");
  if (typeof value !== "object" || value === null || Array.isArray(value) || isPlain(value)) return value;
  throw new TypeError("not a plain object");
}

/** JSON with the members of every object in the order of their names: the same text for the same value. */
export function sortedJson(value: object): string;
export function sortedJson(value: unknown): string | undefined;
export function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, member: unknown) =>
    isRecord(member) ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1))) : member,
  );
}

/** True for an object that is nothing but its own members, whatever realm made it. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
