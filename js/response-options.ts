// What is done with the answers that `fetch` brings.

import { knownOptions, optional } from "./checks.js";
import { ConfigurationError } from "./errors.js";
import type { ResponseReport } from "./scan-response.js";

/** What was found in an answer of `fetch`, once it has been read. Never the text itself. */
export interface ResponseScan extends ResponseReport {
  /** Names the answer; a later `read_then_write` names it as its source. */
  traceId: string;
  /** HTTP status. */
  status: number;
  /**
   * How it was read: `text`; `events` (server-sent events); `lines` (a JSON document a line); `document` (JSON or a form,
   * as a whole); `binary`: not at all; `none`: it has no body.
   */
  reading: "text" | "events" | "lines" | "document" | "binary" | "none";
  /** `cancelled` by the reader; `failed` on the way, or because it was aborted; `withheld` for `reason`. */
  outcome: "complete" | "cancelled" | "failed" | "withheld";
  /** Why the rest was withheld: `injection`, `binary`, `redaction_failed`, or what could not be read, as in `coverage`. */
  reason: string | null;
}

/** Options of `scanResponses`. */
export interface ScanResponsesOptions {
  /**
   * What placeholders replace. `sensitive` (default): secrets, personal data of high risk, and health data. `everything`:
   * all personal data and orders to the agent as well. `nothing`: findings are only reported.
   */
  redact?: "nothing" | "sensitive" | "everything";
  /** Text that gives orders to the agent: reported (default), or the answer ends with an error before it. */
  injection?: "report" | "deny";
  /** Answers that are no text: let through as they are (default), or refused. */
  binary?: "pass" | "deny";
  /** Whether values are looked for whose pieces come in several events, as models stream text. Default true. */
  joinEvents?: boolean;
  /** Called once for each answer, when it has been read, cancelled or refused. What it throws ends the answer. */
  onResponse?: (scan: ResponseScan) => void;
}

/** The part of `ClientOptions` about answers. */
export interface ResponseOptions {
  /** Inspects and redacts what `fetch` brings, as it comes. Default false. Not in `interven/slim`. */
  scanResponses?: boolean | ScanResponsesOptions;
}

/** The options with nothing left open. */
export type ResponseSettings = Required<Omit<ScanResponsesOptions, "onResponse">> & Pick<ScanResponsesOptions, "onResponse">;

const KNOWN = ["redact", "injection", "binary", "joinEvents", "onResponse"];

/** @throws {ConfigurationError} for what is no such option. */
export function responseSettings(given: ResponseOptions["scanResponses"]): ResponseSettings | undefined {
  if (given === undefined || given === false) return undefined;
  const options = given === true ? {} : given;
  knownOptions(options, KNOWN);
  const { redact, injection, binary, joinEvents = true, onResponse } = options;
  if (typeof joinEvents !== "boolean") throw new ConfigurationError("scanResponses.joinEvents must be a boolean.");
  const settings: ResponseSettings = {
    redact: oneOf("redact", redact, ["sensitive", "nothing", "everything"]),
    injection: oneOf("injection", injection, ["report", "deny"]),
    binary: oneOf("binary", binary, ["pass", "deny"]),
    joinEvents,
  };
  const callback = optional("scanResponses.onResponse", onResponse, "function");
  return callback === undefined ? settings : { ...settings, onResponse: callback };
}

/** The value, or the first of those that are known. */
function oneOf<T extends string>(name: string, value: T | undefined, known: [T, ...T[]]): T {
  if (value === undefined) return known[0];
  if (known.includes(value)) return value;
  throw new ConfigurationError(`scanResponses.${name} must be one of: ${known.join(", ")}.`);
}
