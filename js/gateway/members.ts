/** Members of a JSON object as their source text, so that bodies are scanned with the very bytes that arrived. */

/** Source text of each member of the object that `text` holds. `text` must be valid JSON. Throws on a repeated name. */
export function topLevelMembers(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = text.indexOf("{") + 1;
  for (;;) {
    at = skip(text, at, " \t\r\n,");
    if (text[at] !== '"') return members;
    const nameEnd = stringEnd(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const start = skip(text, nameEnd, " \t\r\n:");
    at = valueEnd(text, start);
    if (members.has(name)) throw new DuplicateMemberError(name);
    members.set(name, text.slice(start, at).trimEnd());
  }
}

/** An object names a member twice: readers disagree on which one counts. */
export class DuplicateMemberError extends Error {
  constructor(readonly member: string) {
    super("a member is repeated");
    this.name = "DuplicateMemberError";
  }
}

function skip(text: string, at: number, characters: string): number {
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return at;
}

function stringEnd(text: string, quote: number): number {
  let at = quote + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") {
      if (depth === 0) return at;
      depth--;
    } else if (character === "," && depth === 0) return at;
    at++;
  }
  return text.length;
}
