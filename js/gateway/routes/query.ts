/** Query parameters of the administrator's lists, checked: what is not understood is refused, not left out. */

import { Refusal } from "../reply.js";

/** What can be decided of a call. */
export const DECISIONS = ["ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY"] as const;
const MAX_TEXT_LENGTH = 500;

/** The parameters of a request. */
export class Query {
  readonly #parameters: URLSearchParams;

  /** Throws a 400 for a parameter that is not in `known`, or that is given twice. */
  constructor(url: string, known: readonly string[]) {
    this.#parameters = new URL(url).searchParams;
    for (const name of this.#parameters.keys()) {
      if (!known.includes(name)) throw wrong(`Unknown parameter. This route knows: ${known.join(", ")}.`);
      if (this.#parameters.getAll(name).length > 1) throw wrong(`'${name}' is given twice.`);
    }
  }

  /** A text; `undefined` when it is not given. */
  text(name: string): string | undefined {
    const value = this.#parameters.get(name) ?? undefined;
    if (value !== undefined && (value === "" || value.length > MAX_TEXT_LENGTH))
      throw wrong(`'${name}' must be a text of 1 to ${MAX_TEXT_LENGTH} characters.`);
    return value;
  }

  /** A whole number. */
  whole(name: string, least: number, most: number): number | undefined {
    const text = this.#parameters.get(name);
    if (text === null) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw wrong(`'${name}' must be a whole number from ${least} to ${most}.`);
  }

  /** One of some names. */
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const text = this.#parameters.get(name) ?? fallback;
    if (values.includes(text as T)) return text as T;
    throw wrong(`'${name}' must be one of ${values.join(", ")}.`);
  }

  /** One of some names, or none. */
  optional<T extends string>(name: string, values: readonly T[]): T | undefined {
    return this.#parameters.get(name) === null ? undefined : this.oneOf(name, values, values[0] as T);
  }

  /** `true` or `false`. */
  flag(name: string): boolean | undefined {
    const text = this.optional(name, ["true", "false"]);
    return text === undefined ? undefined : text === "true";
  }

  /** A moment, in milliseconds since the epoch. */
  time(name: string): number | undefined {
    const text = this.#parameters.get(name);
    if (text === null) return undefined;
    const time = parseTime(text);
    if (time === undefined) throw wrong(`'${name}' must be ${TIME_FORMS}.`);
    return time;
  }
}

/** How a moment is written. */
export const TIME_FORMS = "a time such as 2026-01-31, 2026-01-31T12:00:00Z, or milliseconds since 1970";

/** A moment in one of {@link TIME_FORMS}; a time without a zone is UTC. */
export function parseTime(text: string): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const time = match ? Date.parse(`${match[1]}T${match[2] ?? "00:00"}${match[3] ?? "Z"}`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The same as a field of a JSON body, where milliseconds may be a number. */
export function moment(value: unknown): number | undefined {
  return typeof value === "string" || typeof value === "number" ? parseTime(String(value)) : undefined;
}

function wrong(problem: string): Refusal {
  return new Refusal(400, "INVALID_REQUEST", problem);
}
