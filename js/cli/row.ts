/** One line of `interven scan --jsonl`: what it asks, checked. */
import { isUtf8 } from "node:buffer";
import { normaliseUrl } from "../local-engine.js";
import { isRecord } from "../record.js";
import { readInput } from "../scan-input.js";
import type { WireRequest } from "../types.js";

/** Why a line has no answer. Messages never hold content. */
export class RowError extends Error {
  constructor(
    readonly code: "invalid_utf8" | "invalid_json" | "invalid_row" | "line_too_long",
    message: string,
    readonly id?: string | number,
  ) {
    super(message);
  }
}

/** A row to scan. */
export interface Row {
  id: string | number;
  request: WireRequest;
  /** The row was `text`. */
  text: string | undefined;
  /** The URL as it was given. */
  url: string;
}

/** Where a text without a request would go: nowhere that a credential belongs. */
const NOWHERE = "tool://interven/scan";

/** Reads a line; throws a `RowError`. */
export function readRow(line: Buffer): Row {
  if (!isUtf8(line)) throw new RowError("invalid_utf8", "the line is not UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch {
    // The parser's message quotes the line.
    throw new RowError("invalid_json", "the line is not JSON");
  }
  return rowOf(value);
}

/** Reads a row that was parsed already; throws a `RowError`. */
export function rowOf(value: unknown): Row {
  if (!isRecord(value)) throw new RowError("invalid_row", "the line must be an object");
  const { id, text, request, ...others } = value;
  if (typeof id !== "string" && typeof id !== "number") throw new RowError("invalid_row", "id must be a string or a number");
  const invalid = (problem: string) => new RowError("invalid_row", problem, id);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid("the line may hold id, and text or request, and nothing else");
  if ((text === undefined) === (request === undefined)) throw invalid("the line must hold either text or request");
  if (request === undefined) {
    if (typeof text !== "string") throw invalid("text must be a string");
    return { id, text, url: NOWHERE, request: { method: "POST", url: NOWHERE, headers: [], body: Buffer.from(text) } };
  }
  return { id, text: undefined, ...readRequest(request, invalid) };
}

const REQUEST_KEYS = new Set(["method", "url", "headers", "body", "body_encoding", "chunks"]);

function readRequest(value: unknown, invalid: (problem: string) => RowError): { request: WireRequest; url: string } {
  if (!isRecord(value)) throw invalid("request must be an object");
  if (Object.keys(value).some((key) => !REQUEST_KEYS.has(key)))
    throw invalid(`request may hold ${[...REQUEST_KEYS].join(", ")}, and nothing else`);
  const { method = "POST", url, headers, body_encoding: encoding } = value;
  if (typeof method !== "string") throw invalid("request.method must be a string");
  if (typeof url !== "string") throw invalid("request.url must be a string");
  if (encoding !== undefined && encoding !== "utf8" && encoding !== "base64")
    throw invalid("request.body_encoding must be utf8 or base64");
  const body = readBody(value, encoding === "base64", invalid);
  const { request, complete } = readInput({ method, url: normaliseUrl(url), headers: readHeaders(headers, invalid), body });
  if (!complete) throw invalid("request.body cannot be written");
  return { request, url };
}

function readBody({ body, chunks }: Record<string, unknown>, base64: boolean, invalid: (problem: string) => RowError): unknown {
  if (chunks === undefined) {
    if (!base64) return body === null ? undefined : body;
    if (typeof body !== "string") throw invalid("request.body must be a string in base64");
    return decoded(body, invalid);
  }
  if (body !== undefined) throw invalid("request must hold either body or chunks");
  if (!Array.isArray(chunks) || !chunks.every((chunk) => typeof chunk === "string"))
    throw invalid("request.chunks must be a list of strings");
  // As text first: a character may be cut in two halves.
  return base64 ? Buffer.concat(chunks.map((chunk) => decoded(chunk, invalid))) : Buffer.from(chunks.join(""));
}

/** Base64, standard or for URLs; what Node would pass over in silence is an error. */
function decoded(text: string, invalid: (problem: string) => RowError): Buffer {
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw invalid("request.body_encoding is base64, and the body is not");
  return Buffer.from(text, "base64");
}

function readHeaders(value: unknown, invalid: (problem: string) => RowError): [string, string][] {
  const problem = "request.headers must be an object of strings, or a list of pairs of strings";
  if (value === undefined || value === null) return [];
  if (!isRecord(value) && !Array.isArray(value)) throw invalid(problem);
  const pairs: unknown[] = Array.isArray(value) ? value : Object.entries(value);
  return pairs.flatMap((pair): [string, string][] => {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") throw invalid(problem);
    const [name, given] = pair as [string, unknown];
    const values: unknown[] = Array.isArray(given) ? given : [given];
    return values.map((one): [string, string] => {
      if (typeof one !== "string") throw invalid(problem);
      return [name, one];
    });
  });
}
