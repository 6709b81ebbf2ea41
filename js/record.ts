// Members of an object that others have made.

/** True for what is an object and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text under a name, if there is a text. */
export function textAt(from: Record<string, unknown>, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}

/** The list of texts under a name; empty when there is none, nothing when it is something else. */
export function textsAt(from: Record<string, unknown>, name: string): string[] | undefined {
  const value = from[name] ?? [];
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}
