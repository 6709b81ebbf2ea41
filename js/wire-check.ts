// What an engine is asked, checked before it is asked: the core reads JSON, and would leave out what has no place in it.

import { isBytes } from "./bytes.js";
import { invalidRequest } from "./refusal.js";
import type { ScanContext, WireRequest } from "./types.js";

const FLOORS: readonly unknown[] = [undefined, "ALLOW", "REQUIRE_APPROVAL", "DENY"];

/**
 * What is scanned of a caller's object: it is read once, so that nothing that it says later counts.
 *
 * @throws {InvalidRequestError} for something that is not a `WireRequest`.
 */
export function takenRequest(request: WireRequest): WireRequest {
  if (!isObject(request)) throw invalidRequest("The request must be an object with method, url, headers and body.");
  const { method, url, headers, body } = request;
  if (typeof method !== "string" || typeof url !== "string")
    throw invalidRequest("The method and the URL of a request must be strings.");
  const pairs = Array.isArray(headers) ? headers.map((pair) => (Array.isArray(pair) ? [...pair] : pair)) : [];
  if (!Array.isArray(headers) || !pairs.every(isPair))
    throw invalidRequest("The headers of a request must be a list of pairs of strings, such as [[name, value]].");
  // Text in place of bytes would be copied as zeros, and so never be read.
  if (!isBytes(body)) throw invalidRequest("The body of a request must be a Uint8Array.");
  return { method, url, headers: pairs, body };
}

/** @throws {InvalidRequestError} for a context that would be read as less than it says, such as a floor with a typing error. */
export function requireContext(context: ScanContext): void {
  if (!isObject(context)) throw invalidRequest("The context of a scan must be an object.");
  const { agentId, grant, claimed, floor, timeMs, runtimeType, mcp, facts } = context;
  if (!(isOptionalText(agentId) && isOptionalText(grant) && isOptionalText(runtimeType)))
    throw invalidRequest("agentId, grant and runtimeType in the context of a scan must be strings.");
  if (mcp !== undefined && !isObject(mcp)) throw invalidRequest("mcp in the context of a scan must be an object.");
  if (claimed !== undefined && !(Array.isArray(claimed) && claimed.every((one) => typeof one === "string")))
    throw invalidRequest("claimed in the context of a scan must be a list of data classes.");
  if (!FLOORS.includes(floor))
    throw invalidRequest("floor in the context of a scan must be `ALLOW`, `REQUIRE_APPROVAL` or `DENY`.");
  if (facts !== undefined && typeof facts !== "boolean")
    throw invalidRequest("facts in the context of a scan must be true or false.");
  if (timeMs !== undefined && !(Number.isFinite(timeMs) && timeMs >= 0))
    throw invalidRequest("timeMs in the context of a scan must be milliseconds since 1970.");
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === "string";
const isPair = (pair: unknown): pair is [string, string] =>
  Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string" && typeof pair[1] === "string";
