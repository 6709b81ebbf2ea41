// JSON of others, believed only where it cannot be read in two ways.

const decoder = new TextDecoder("utf-8", { fatal: true });

/** What bytes say as JSON; nothing when they are no JSON, no UTF-8, or an object in them has a key twice. */
export function strictJson(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    const text = decoder.decode(bytes);
    const value: unknown = JSON.parse(text);
    return hasKeyTwice(text) ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** A string, or what opens, closes or separates. Other characters of valid JSON tell nothing about keys. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** For text that is known to be JSON. */
function hasKeyTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const keys = open.at(-1);
      // The same key can be written in several ways.
      const key = JSON.parse(last) as string;
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
    last = token;
  }
  return false;
}

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
