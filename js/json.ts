// JSON that says all that its value says.

/**
 * The value as JSON; nothing when that would leave content out: a `Map`, a `Blob`, a form, bytes or an instance of a class
 * inside it would be written as `{}` and never be read. Whoever has `toJSON` says itself what it is.
 */
export function writtenJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, refuseOpaque);
  } catch {
    // As well: a cycle, a BigInt, a getter that throws, more nesting than the stack holds.
    return undefined;
  }
}

/** Lets primitives, arrays and plain objects through, those of another realm included. */
function refuseOpaque(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return value;
  throw new TypeError("not a plain object");
}
