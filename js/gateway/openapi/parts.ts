/** The pieces that the description of the API is written with. */

/** A JSON Schema of the dialect of OpenAPI 3.1. */
export type Schema = Readonly<Record<string, unknown>>;

/** A text. */
export const text: Schema = { type: "string" };
/** A whole number that is not negative. */
export const count: Schema = { type: "integer", minimum: 0 };
/** `true` or `false`. */
export const flag: Schema = { type: "boolean" };
/** A moment in UTC, ISO 8601 with milliseconds. */
export const time: Schema = { type: "string", format: "date-time" };
/** A moment as a parameter. */
export const moment: Schema = {
  type: "string",
  description: "Such as 2026-01-31, 2026-01-31T12:00:00Z, or milliseconds since 1970.",
};
/** An id. */
export const uuid: Schema = { type: "string", format: "uuid" };
/** A SHA-256, 64 lower-case hexadecimal digits. */
export const sha256: Schema = { type: "string", pattern: "^[0-9a-f]{64}$" };
/** Any JSON. */
export const anything: Schema = {};

/** One of these texts. */
export const oneOf = (...values: string[]): Schema => ({ type: "string", enum: values });

/** A list. */
export const list = (items: Schema): Schema => ({ type: "array", items });

/** An object with exactly these members; those whose name ends in `?` may be left out. */
export function object(members: Record<string, Schema>): Schema {
  const named = Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ""), schema] as const);
  const required = Object.keys(members).filter((name) => !name.endsWith("?"));
  return { type: "object", properties: Object.fromEntries(named), required, additionalProperties: false };
}

/** An object whose members all have values of one kind. */
export const mapOf = (values: Schema): Schema => ({ type: "object", additionalProperties: values });

/** The same, or `null`. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

/** A schema of `components.schemas`. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A schema with what it is about. */
export const about = (description: string, schema: Schema): Schema => ({ ...schema, description });

/** An answer that is not JSON. */
export interface OtherAnswer {
  about: string;
  types: readonly string[];
}

/** One route. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** With `{name}` for what varies. */
  path: string;
  id: string;
  summary: string;
  /** Whose credential it takes: an agent's key, where there are keys; the administrator's; or none. */
  who: "agent" | "administrator" | "anyone";
  query?: Record<string, Schema>;
  body?: Schema;
  /** Type of the body where it is not JSON. */
  bodyType?: string;
  /** By status; the errors of every route need not be said. */
  answers: Record<number, Schema | OtherAnswer>;
  /** Statuses of its own errors. */
  errors?: readonly number[];
}

/** Routes that belong together. */
export interface Area {
  tag: string;
  about: string;
  operations: readonly Operation[];
  /** What it adds to `components.schemas`. */
  schemas?: Record<string, Schema>;
}
