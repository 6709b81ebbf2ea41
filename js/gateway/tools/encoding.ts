/** Parameters in paths, queries and forms, in the one spelling that no URL parser changes. */
import { invalid } from "../reply.js";

/** Objects and lists in a form lie no deeper in each other. */
const MAX_DEPTH = 8;

/** One value as text; throws a 400 for what has no plain one. */
export function scalar(name: string, value: unknown): string {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw invalid(name, "holds half a character");
    return value;
  }
  if (typeof value === "boolean") return String(value);
  // What JSON.parse has rounded is not what was given.
  if (typeof value === "number" && (Number.isSafeInteger(value) || !Number.isInteger(value))) return String(value);
  throw invalid(name, "must be a text, true or false, or a number that is not rounded; write long numbers as texts");
}

/** `encodeURIComponent`, and what it leaves that parsers treat differently. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** One segment of a path. A segment of dots would lead elsewhere, in whatever encoding a server undoes. */
export function segment(name: string, value: unknown): string {
  const text = scalar(name, value);
  if (text === "") throw invalid(name, "may not be empty");
  if (/[\u0000-\u001f\u007f]/.test(text)) throw invalid(name, "holds a control character");
  let plain = text;
  for (let layer = 0; layer < 3; layer++) {
    if (plain.split(/[/\\]/).some((piece) => /^\.{1,2}(;.*)?$/.test(piece)))
      throw invalid(name, "holds a '.' or '..' segment, which would lead elsewhere");
    plain = plain.replace(/%2e/gi, ".").replace(/%2f/gi, "/").replace(/%5c/gi, "\\").replace(/%25/g, "%");
  }
  return encoded(text);
}

/** Several segments. */
export function segments(name: string, value: unknown): string {
  return scalar(name, value)
    .split("/")
    .map((piece) => segment(name, piece))
    .join("/");
}

/** `name=value`, joined; a list repeats the name. */
export function query(fields: readonly [name: string, value: unknown][]): string {
  return fields
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one): [string, unknown] => [name, one]))
    .map(([name, value]) => `${encoded(scalar(name, name))}=${encoded(scalar(name, value))}`)
    .join("&");
}

/** A form; what lies inside lists and objects is named in brackets, such as `items[0][price]`. */
export function formText(fields: readonly [name: string, value: unknown][]): string {
  return fields
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => flat(name, value, 0))
    .map(([name, text]) => `${encoded(scalar(name, name))}=${encoded(text)}`)
    .join("&");
}

function flat(name: string, value: unknown, depth: number): [string, string][] {
  if (typeof value !== "object" || value === null) return [[name, scalar(name, value)]];
  if (depth >= MAX_DEPTH) throw invalid(name, "lies too deep for a form");
  return Object.entries(value).flatMap(([inner, each]) => flat(`${name}[${inner}]`, each, depth + 1));
}
