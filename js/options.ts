// What a client can be told, from arguments first and the environment second. Nothing else reads the environment.

import { APPROVAL_OPTIONS, type ApprovalOptions, type ApprovalSettings, approvalSettings } from "./approvals/options.js";
import { knownOptions, optional, whole } from "./checks.js";
import { type Clock, type ClockOptions, settledClock } from "./clock.js";
import { ENGINE_OPTIONS, maxBodyBytes } from "./engine-options.js";
import { ConfigurationError } from "./errors.js";
import { FingerprintKey } from "./fingerprint-key.js";
import { sendingFetch } from "./install/sending.js";
import type { Log } from "./logging.js";
import { isConfidential } from "./loopback.js";
import { type ResponseOptions, type ResponseSettings, responseSettings } from "./response-options.js";
import { RetryBudget } from "./retry-budget.js";
import { settleTelemetry, TELEMETRY_OPTIONS, type Telemetry, type TelemetryOptions } from "./telemetry.js";
import type { EngineOptions, FailMode } from "./types.js";

/** What a gateway may see of what was found: by default no secret and no personal data. */
export type Disclose = "nothing" | "pii" | "everything";

/** Options of an `IntervenClient`. */
export interface ClientOptions extends EngineOptions, ClockOptions, ApprovalOptions, TelemetryOptions, ResponseOptions {
  /** Bearer key of the gateway. Env `INTERVEN_API_KEY`. */
  apiKey?: string;
  /**
   * Gateway to ask as well; the stricter decision holds. `https:`, or `http:` on loopback. Env `INTERVEN_GATEWAY_URL`, or the
   * older `INTERVEN_GATEWAY`.
   * Default: the hosted service when there is an `apiKey`, else none, and the local verdict is final.
   */
  gatewayUrl?: string;
  /** Who makes the calls. Env `INTERVEN_AGENT_ID`. Default `anonymous`. */
  agentId?: string;
  /** The same for people. Env `INTERVEN_AGENT_NAME`. */
  agentName?: string;
  /** When the gateway cannot be asked. Default `closed`: the call is refused. */
  failMode?: FailMode;
  /** Deadline for the gateway's answer, retries included. Env `INTERVEN_TIMEOUT_MS`. Default 30,000. */
  timeoutMs?: number;
  /** Retries on transport faults, 408, 429 and 5xx. Default 2. */
  maxRetries?: number;
  /**
   * What the gateway may see: `nothing` that was found (default), `pii`, or `everything`. What is redacted for the destination,
   * and how the call authenticates, it never sees.
   */
  disclose?: Disclose;
  /** Most redirects of one call; every hop is scanned. Default 5. */
  maxRedirects?: number;
  /** The `fetch` to send with. Default: the one of the runtime, as it is now. */
  fetch?: typeof globalThis.fetch;
  /** Environment to read, for runtimes that hand it over as an object (Workers). Default `process.env` where there is one. */
  env?: Record<string, unknown>;
}

/** Options with nothing left open. */
export interface Settings extends ApprovalSettings {
  engine: EngineOptions;
  gatewayUrl: string | undefined;
  apiKey: string | undefined;
  agentId: string;
  agentName: string | undefined;
  failMode: FailMode;
  timeoutMs: number;
  maxRetries: number;
  approvalTimeoutMs: number;
  pollIntervalMs: number;
  maxRedirects: number;
  maxBodyBytes: number;
  disclose: Disclose;
  retries: RetryBudget;
  fingerprints: FingerprintKey;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** Nothing where nobody listens. */
  telemetry: Telemetry | undefined;
  responses: ResponseSettings | undefined;
}

const HOSTED = "https://api.intervensecurity.com";
const KNOWN = [
  ...[...ENGINE_OPTIONS, "apiKey", "gatewayUrl", "agentId", "agentName", "failMode", "timeoutMs", "maxRetries"],
  ...["approvalTimeoutMs", "pollIntervalMs", "maxRedirects", "fetch", "env", "clock", "disclose", ...APPROVAL_OPTIONS],
  ...TELEMETRY_OPTIONS,
  "scanResponses",
];

/** @throws {ConfigurationError} for an option that is unknown or has a value that cannot be used. */
export function settle(options: ClientOptions): Settings {
  knownOptions(options, KNOWN);
  const env = environment(optional("env", options.env, "object"));
  const text = (name: "apiKey" | "gatewayUrl" | "agentId" | "agentName", variable: string) =>
    optional(name, options[name], "string") ?? env(variable);
  const apiKey = checkedKey(text("apiKey", "INTERVEN_API_KEY"));
  const gatewayUrl =
    text("gatewayUrl", "INTERVEN_GATEWAY_URL") ?? env("INTERVEN_GATEWAY") ?? (apiKey === undefined ? undefined : HOSTED);
  const gateway = gatewayUrl === undefined ? undefined : checkedGateway(gatewayUrl);
  const engine = Object.fromEntries(ENGINE_OPTIONS.map((name) => [name, options[name]])) as EngineOptions;
  const bodyBytes = maxBodyBytes(options);
  const { log, telemetry } = settleTelemetry(options, env);
  return {
    engine: { ...engine, maxBodyBytes: bodyBytes },
    gatewayUrl: gateway,
    apiKey,
    agentId: text("agentId", "INTERVEN_AGENT_ID") ?? "anonymous",
    agentName: text("agentName", "INTERVEN_AGENT_NAME"),
    failMode: failMode(options.failMode, env, log),
    timeoutMs: whole("timeoutMs", options.timeoutMs ?? milliseconds(env("INTERVEN_TIMEOUT_MS")), 30_000, 1, 600_000),
    maxRetries: whole("maxRetries", options.maxRetries, 2, 0, 10),
    approvalTimeoutMs: whole("approvalTimeoutMs", options.approvalTimeoutMs, 3_600_000, 1, 86_400_000),
    pollIntervalMs: whole("pollIntervalMs", options.pollIntervalMs, 5_000, gatewayUrl === undefined ? 1 : 2_500, 600_000),
    maxRedirects: whole("maxRedirects", options.maxRedirects, 5, 0, 20),
    maxBodyBytes: bodyBytes,
    disclose: disclosed(options.disclose),
    retries: new RetryBudget(),
    fingerprints: new FingerprintKey(),
    ...approvalSettings(options, apiKey, env("INTERVEN_TOKEN_KEY")),
    fetch: sendingFetch(optional("fetch", options.fetch, "function"), gateway),
    clock: settledClock(options.clock),
    telemetry,
    responses: responseSettings(options.scanResponses),
  };
}

function disclosed(option: Disclose = "nothing"): Disclose {
  if (["nothing", "pii", "everything"].includes(option)) return option;
  throw new ConfigurationError("disclose must be `nothing`, `pii` or `everything`.");
}

/** What the environment says, by name. */
export function environment(given: Record<string, unknown> | undefined): (name: string) => string | undefined {
  const process = (globalThis as { process?: { env?: Record<string, unknown> } }).process;
  return (name) => {
    const value = (given ?? process?.env)?.[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

/** What is no number stays none, and is refused as the option would be. */
const milliseconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** The legacy variables can only tighten, but for `INTERVEN_FAIL_OPEN=1`, which is said aloud. */
function failMode(option: FailMode | undefined, env: (name: string) => string | undefined, log: Log): FailMode {
  if (option !== undefined && option !== "closed" && option !== "open")
    throw new ConfigurationError("failMode must be `closed` or `open`.");
  if (env("INTERVEN_FAIL_CLOSED") === "1" || env("INTERVEN_FAIL_OPEN") === "0") return "closed";
  if (option !== undefined) return option;
  if (env("INTERVEN_FAIL_OPEN") !== "1") return "closed";
  log("warn", "interven: INTERVEN_FAIL_OPEN=1: when the gateway cannot be asked, the local verdict decides alone.");
  return "open";
}

/** A key that no header can hold would fail every call to the gateway, and with `failMode: "open"` fail it silently. */
function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new ConfigurationError("apiKey must be visible ASCII characters, without spaces and line breaks.");
}

/** @throws {ConfigurationError} for what is no `https:` URL, nor an `http:` one on loopback, or holds more than a place. */
export function checkedGateway(text: string, name = "gatewayUrl"): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // No cause: a runtime's own error quotes the URL, credentials included.
    throw new ConfigurationError(`${name} must be an absolute URL.`);
  }
  if (!isConfidential(url)) {
    throw new ConfigurationError(
      `${name} must be https:, or http: on localhost: the key and the scans would travel in the clear.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError(`${name} must not hold credentials, a query or a fragment.`);
  }
  return url.href.replace(/\/+$/, "");
}
