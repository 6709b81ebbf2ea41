// What can be told to the detector: rules of one's own, what is expected, how findings are replaced.

import { ConfigurationError } from "./errors.js";
import { writtenJson } from "./json.js";
import { type ReachOptions, reachDocument } from "./reach.js";
import type { DataClass } from "./types.js";

/** A rule of your own. What it looks for is never shown. */
export type CustomDetector = {
  /** Stable id: lower-case letters, digits and `_`. In upper case it is the type in placeholders. */
  id: string;
  class: DataClass;
  /** Default `high`. */
  severity?: "low" | "high";
  /** Words of which one must be in the name of the field or in the 48 bytes before the value. */
  near?: string | string[];
  /** A check that a match must pass: `luhn`, `mod97`, `verhoeff`, `mod11_2`, `mod11_10`, `crc32`, `entropy` and others. */
  validator?: string;
  /** Whether the operator `mask` leaves the last four characters. Default false. */
  showsTail?: boolean;
} & (
  | {
      /** Texts of 3 to 1,024 bytes, wherever they stand. */
      literals: string | string[];
      /** Whether ASCII letters match in either case. Default false. */
      ignoreCase?: boolean;
    }
  | {
      /** A regular expression without look-around and back-references. Only in builds that have them: `interven/patterns`. */
      regex: string;
    }
);

/** Findings that are expected. All criteria that are given must hold, and at least one must be given. */
export interface Allowed {
  /** Why: it is shown in reports. */
  reason: string;
  /** SHA-256 of the value, decoded, in hexadecimal. */
  sha256?: string;
  /** Id of the rule. */
  rule?: string;
  /** Glob over the host that the call goes to. */
  host?: string;
  /** Glob over the JSON pointer, or the name of the form field, in the body. */
  path?: string;
  /** When it ceases to hold, in milliseconds since 1970. */
  expiresAtMs?: number;
}

/**
 * What stands where a finding stood: a numbered placeholder (`replace`, the default), `****` with the last four characters
 * where the rule allows them (`mask`), a keyed hash that is the same in every scan (`hash`), or nothing (`drop`).
 */
export type Operator = "replace" | "mask" | "hash" | "drop";

/** Which operator replaces what: that of the rule, else that of its class, else the default. */
export interface Redaction {
  /** Default `replace`. */
  default?: Operator;
  classes?: Partial<Record<DataClass, Operator>>;
  /** By id of the rule. */
  rules?: Record<string, Operator>;
  /** The key of `hash`, at least 16 bytes. */
  key?: string;
}

/** Names that the core writes in its own way. */
const WIRE_NAMES: Record<string, string> = {
  ignoreCase: "ignore_case",
  showsTail: "shows_tail",
  expiresAtMs: "expires_at_ms",
};

/**
 * The document that the core reads. Names that it does not know go as they are: it says so.
 *
 * @throws {ConfigurationError} for what JSON would leave out or write as something else.
 */
export function detectionDocument(
  options: {
    detectors?: CustomDetector[] | undefined;
    allowlist?: Allowed[] | undefined;
    redaction?: Redaction | undefined;
  } & ReachOptions,
): string | undefined {
  const { detectors, allowlist, redaction } = options;
  const reach = reachDocument(options);
  if (detectors === undefined && allowlist === undefined && redaction === undefined && Object.keys(reach).length === 0)
    return undefined;
  const document = Object.entries({ detectors: each(detectors), allowlist: each(allowlist), redaction, ...reach });
  for (const [name, value] of document)
    if (value !== undefined && (writtenJson(value) === undefined || !isWritten(value)))
      throw new ConfigurationError(`${name} must be made of plain objects, lists, strings, numbers and booleans.`);
  return JSON.stringify(Object.fromEntries(document));
}

/** Without its functions and symbols an entry of the allowlist would expect more than it says. */
const isWritten = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.values(value).every(isWritten)
    : !["function", "symbol"].includes(typeof value);

const each = (list: object[] | undefined): unknown => (Array.isArray(list) ? list.map(renamed) : list);

const renamed = (entry: object): unknown =>
  typeof entry === "object" && entry !== null
    ? Object.fromEntries(Object.entries(entry).map(([name, value]) => [WIRE_NAMES[name] ?? name, value]))
    : entry;
