// Checks of options. Messages name the option and never repeat its value: it may be a secret.

import { ConfigurationError } from "./errors.js";

/** @throws {ConfigurationError} unless options are an object that has no other members than these. */
export function knownOptions(options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ConfigurationError("The options must be an object.");
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ConfigurationError(`Unknown option \`${unknown}\`. Known options: ${known.join(", ")}.`);
}

export function whole(name: string, value: number | undefined, fallback: number, least: number, most: number): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ConfigurationError(`${name} must be a whole number from ${least} to ${most}.`);
}

/** A value of a kind that `typeof` can tell, or nothing. */
export function optional<T>(name: string, value: T | undefined, kind: "string" | "function" | "object"): T | undefined {
  if (value === undefined || (typeof value === kind && value !== null)) return value;
  throw new ConfigurationError(`${name} must be ${kind === "object" ? "an" : "a"} ${kind}.`);
}

/** One, several or none as a list. */
export function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
