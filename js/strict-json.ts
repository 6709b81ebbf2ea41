// JSON that says one thing: no name twice, no number too large to be one.

/**
 * The value of a JSON text.
 *
 * @throws {SyntaxError} for what is no JSON, for a name that stands twice in an object (parsers differ in which one counts),
 * and for a number that no parser can hold.
 */
export function strictJson(text: string): unknown {
  const value: unknown = JSON.parse(text, (_name, member: unknown) => {
    if (typeof member === "number" && !Number.isFinite(member)) throw new SyntaxError("a number is too large");
    return member;
  });
  if (repeatsName(text)) throw new SyntaxError("a name stands twice");
  return value;
}

/** What bytes say as such JSON; nothing when they are none, or no UTF-8. */
export function strictJsonBytes(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: strictJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}:]/g;

/** Whether an object has a name twice, in a text that is JSON. */
function repeatsName(text: string): boolean {
  const open: Set<string>[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token === ":") {
      // The same name can be written with escapes and without.
      const name = JSON.parse(last) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
    last = token;
  }
  return false;
}

/** Whether a text is JSON at all. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
