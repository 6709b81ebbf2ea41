// Headers as pairs: names in lower case and in order, values as they are sent.

/** A name with its value. */
export type HeaderPairs = [string, string][];

/** What needs no reading by `Headers`: names and values that are sent as they stand. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;

/**
 * What `new Headers(said)` holds, read once; and `type`, where nothing says what the content is.
 *
 * @throws for headers that cannot be sent.
 */
export function headerPairs(said: object | undefined, type: string | undefined): HeaderPairs {
  const members = recordMembers(said);
  const plain = members && plainPairs(members, type);
  if (plain !== undefined) return plain;
  const headers = new Headers((members ?? said) as HeadersInit);
  if (type !== undefined && !headers.has("content-type")) headers.set("content-type", type);
  return pairsOf(headers);
}

/** The pairs of headers that were read already. */
export function pairsOf(headers: Headers): HeaderPairs {
  const pairs: HeaderPairs = [];
  // What was joined from several may end in a space, and that is not sent.
  headers.forEach((value, name) => {
    pairs.push([name, value.replace(/^[\t ]+|[\t ]+$/g, "")]);
  });
  return pairs;
}

/** The members of a plain object. Runtimes differ in what they make of those that are not listed, have no name, or this one. */
function recordMembers(said: object | undefined): [string, unknown][] | undefined {
  if (said === undefined) return [];
  const prototype: unknown = Object.getPrototypeOf(said);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const names = Object.keys(said);
  if (Reflect.ownKeys(said).length !== names.length || names.includes("__proto__")) return undefined;
  return names.map((name) => [name, (said as Record<string, unknown>)[name]]);
}

function plainPairs(members: [string, unknown][], type: string | undefined): HeaderPairs | undefined {
  const pairs: HeaderPairs = [];
  let typed = type === undefined;
  for (const [name, value] of members) {
    if (typeof value !== "string" || !NAME.test(name) || !VALUE.test(value)) return undefined;
    const plain = name.toLowerCase();
    typed ||= plain === "content-type";
    pairs.push([plain, value]);
  }
  if (!typed) pairs.push(["content-type", type as string]);
  if (pairs.length < 2) return pairs;
  pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  // Values of the same name are joined.
  return pairs.some(([name], at) => name === pairs[at - 1]?.[0]) ? undefined : pairs;
}
