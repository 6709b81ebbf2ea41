// The public vocabulary. Names on the wire are snake_case, as the protocol has them; everything else is camelCase.

import type { Allowed, CustomDetector, Redaction } from "./detection.js";
import type { Memory } from "./memory.js";
import type { ReachOptions } from "./reach.js";

/** What happens to a call. */
export type Decision = "ALLOW" | "SANITIZE" | "REQUIRE_APPROVAL" | "DENY";

/** Category of sensitive data. */
export type DataClass = "SECRETS" | "PII" | "PHI" | "INTERNAL" | "INJECTION";

/** What happens when the gateway cannot be asked: refuse (default), or fall back to the local verdict, never to less. */
export type FailMode = "closed" | "open";

/** Exactly one HTTP request: what is scanned is what is sent. */
export interface WireRequest {
  method: string;
  /** Absolute URL. */
  url: string;
  headers: [name: string, value: string][];
  /** Empty for none. */
  body: Uint8Array;
}

/** One thing that was found; never the text itself. */
export interface Finding {
  rule_id: string;
  class: DataClass;
  severity: "low" | "high";
  confidence: "low" | "medium" | "high";
  /** Where: `header` is the value of a header, `header_name` its name, where no placeholder can stand. */
  part: "url" | "header" | "header_name" | "body";
  /** Index of the header, when `part` is `header` or `header_name`. */
  header?: number;
  /** Byte offsets in that part, encoded form included. */
  start: number;
  end: number;
  /** JSON pointer or field name. */
  pointer: string | null;
  /** The call's own way to authenticate: reported, never redacted. */
  in_place: boolean;
  /** A documentation value: reported, never acted on. */
  placeholder: boolean;
  /** Expected by an entry of the allowlist: reported, never acted on. */
  allowed: boolean;
  /** The reason of that entry. */
  reason?: string;
}

/** Everything about a verdict but the payload. The same bytes on every runtime. */
export interface Report {
  decision: Decision;
  reason_codes: string[];
  /** 0 to 1. */
  risk_score: number;
  risk_band: "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";
  tool_name: string;
  operation: string;
  verb: "READ" | "WRITE" | "ADMIN";
  host: string;
  /** Kinds of the operation, such as `message` or `delete`. */
  categories: string[];
  /** What the call touches: `org`, `repo`, `project`, `channel`, `file`, `account`, `region`. */
  resource: Record<string, string>;
  /** Hosts that the call makes somebody connect to, beside its own. Empty where something was found in URL or body. */
  destinations: string[];
  /** How many users, addresses and webhooks the call gives something to. */
  principals: number;
  /** How many of them are not of the `organisation`. */
  external_principals: number;
  classifications: DataClass[];
  /** Names of the risk signals, heaviest first. */
  signals: string[];
  /** What each signal adds to the score. */
  risk_contributions: Record<string, number>;
  /** The trace of the response that the call carries a piece of. */
  source_trace: string | null;
  findings: Finding[];
  matched_rules: MatchedRule[];
  /** How bad the incident is that an OPEN_INCIDENT rule makes of the call. */
  incident: "low" | "high" | null;
  policy_version: string;
  /** SHA-256 of what may be sent, hexadecimal; null when nothing may, and when nobody is asked about it. */
  digest: string | null;
  coverage: { bytes: number; skipped: string[] };
}

/** A policy rule that matched. */
export interface MatchedRule {
  policy: string;
  rule_id: string;
  action: Decision | "OPEN_INCIDENT";
  /** `monitor`: reported, without effect. */
  mode: "enforce" | "monitor";
  /** Kept from acting by a suppression of the policy. */
  suppressed: boolean;
  /** Whom an approval or an incident is for. */
  escalate_to?: string;
}

/** Why a verdict is what it is. */
export interface Explanation {
  report: Report;
  rules: (Omit<MatchedRule, "escalate_to"> & {
    matched: boolean;
    /** Keys of the rule that do not hold. */
    failed: string[];
  })[];
}

/** A policy, as an object or as its JSON text. */
export type PolicySource = string | Record<string, unknown>;

/** Options of the local engine. */
export interface EngineOptions extends ReachOptions {
  /** One policy or several; the strictest of all that match holds. */
  policy?: PolicySource | PolicySource[];
  /** Names the policy in errors, usually a file name; one for each policy. Default `policy`. */
  policySource?: string | string[];
  /** Header credentials to a host that no table knows. Default `allow`. */
  unknownHostCredentials?: "allow" | "deny";
  /** Hosts of your own where a vendor's credentials belong. */
  credentialHosts?: { vendor: string; host: string }[];
  /** Largest body in bytes. Default 1,048,576, at most 67,108,864. */
  maxBodyBytes?: number;
  /** Rules of your own, beside the built-in ones. */
  detectors?: CustomDetector[];
  /** Findings that are expected: reported, and not acted on. */
  allowlist?: Allowed[];
  /** Calls that an agent may make in 24 hours, for the condition `daily_budget_exceeded`. Needs a `memory`. */
  dailyBudget?: number;
  /** Globs over hosts that are known to be hostile. */
  threatHosts?: string[];
  /** What is remembered between calls. Not in `interven/slim`. */
  memory?: Memory | undefined;
  /** How findings are replaced. Default: by placeholders such as `[EMAIL:1]`. */
  redaction?: Redaction;
}

/** What a local scan knows beside the request. */
export interface ScanContext {
  agentId?: string;
  /** Digest of an approval that the host has just consumed; counts only for exactly this call. */
  grant?: string;
  /** Classes that a client found and redacted before it asked. */
  claimed?: DataClass[];
  /** The least strict gate that may come out. */
  floor?: "ALLOW" | "REQUIRE_APPROVAL" | "DENY";
  /** Milliseconds since 1970. Default: now. */
  timeMs?: number;
  /** What the agent is built with: `langchain`, `mcp`, `custom`, … */
  runtimeType?: string;
  /** What was noticed about the MCP server that is called. */
  mcp?: { drift?: boolean; originChanged?: boolean; injection?: boolean; riskyParamAdded?: boolean };
  /** Have the verdict say what `replay` needs to try other policies on the call later. Not in `interven/slim`. */
  facts?: boolean;
}

/**
 * What a record keeps of a call beside its report, so that other policies can be tried on it later: numbers, flags and names
 * from closed lists. Nothing in it is text of the call.
 */
export type CallFacts = Record<string, unknown>;

/** What policies make of a call that was recorded. Where the two decisions differ, the record does not tell which it is. */
export interface Replay {
  /** The least strict decision that is possible. */
  least: Decision;
  /** The strictest. */
  most: Decision;
  /** Rules that match, or may. */
  rules: (Omit<MatchedRule, "escalate_to"> & {
    /** Whether the rule matches for certain. */
    certain: boolean;
    /** What the decision rests on and the record does not tell: keys of the rule, `suppressions`, or `redaction`. */
    keys: string[];
  })[];
}

/** The outcome of a local scan. `JSON.stringify` writes all of it; a spread leaves out the report. */
export interface LocalVerdict {
  decision: Decision;
  /** Read when it is first asked for. */
  readonly report: Report;
  /** The report's canonical text. */
  readonly reportText: string;
  /** Exactly what may be sent; only with ALLOW and SANITIZE. */
  forward?: WireRequest;
  /** What a person looks at: with REQUIRE_APPROVAL, and with SANITIZE the same as `forward`. */
  preview?: WireRequest;
  /** Where the context asks for them. */
  facts?: CallFacts;
}
