/** What an operation of a tool is as an HTTP request: one line each in the tables beside this. */

/** Where the parameters go that the path does not take. */
export type Place = "json" | "query" | "form";

/** One operation. */
export interface Operation {
  method: string;
  /** Below the tool's base. `{name}` is one segment, `{name*}` several. */
  path: string;
  rest: Place;
  /** What a parameter is where the agent does not say. */
  defaults?: Readonly<Record<string, string>>;
  /** Names on the wire by the names that agents use. */
  renamed?: Readonly<Record<string, string>>;
  /** Headers by the parameters that they take; each is required. */
  headers?: Readonly<Record<string, string>>;
  /** A GraphQL document. The parameters are its variables, or all of them the one that is named. */
  document?: { text: string; variable?: string };
}

/** The operations of one tool. */
export interface ToolTable {
  /** Headers of every call, such as the version of the API. */
  headers?: Readonly<Record<string, string>>;
  /** Where the vendor has it, for tools whose every customer has another host. */
  example?: string;
  operations: Readonly<Record<string, Operation>>;
}

type More = Omit<Operation, "method" | "path" | "rest">;
const of =
  (method: string, rest: Place) =>
  (path: string, more: More = {}): Operation => ({ method, path, rest, ...more });

export const get = of("GET", "query");
export const del = of("DELETE", "query");
export const post = of("POST", "json");
export const put = of("PUT", "json");
export const patch = of("PATCH", "json");
/** A POST of a form, lists and objects in brackets. */
export const form = of("POST", "form");
/** A DELETE whose parameters are a JSON body. */
export const delWith = of("DELETE", "json");

/** A GraphQL call; the parameters are the variables of the document, or all of them the one that is named. */
export function graphql(path: string, text: string, variable?: string): Operation {
  return { method: "POST", path, rest: "json", document: { text, ...(variable === undefined ? {} : { variable }) } };
}
