// Options of the clients of the older protocol.

import { knownOptions, optional, whole } from "../checks.js";
import type { Core } from "../core/instance.js";
import { ENGINE_OPTIONS, maxBodyBytes } from "../engine-options.js";
import { ConfigurationError } from "../errors.js";
import type { Asking } from "../gateway-call.js";
import { LocalEngine } from "../local-engine.js";
import { Memory } from "../memory.js";
import { checkedGateway, environment } from "../options.js";
import { settleTelemetry, TELEMETRY_OPTIONS, type TelemetryOptions } from "../telemetry.js";
import type { EngineOptions } from "../types.js";
import { signature } from "./signature.js";

/** Options of both clients; those of an engine are for the scan before anything is sent. */
export interface AifOptions extends EngineOptions, TelemetryOptions {
  /** `https:`, or `http:` on loopback. */
  gatewayUrl: string;
  /** Id of the agent. Letters, digits, `-`, `_`, `.` and `:`. */
  agentId: string;
  /** What the requests are signed with. It is never sent. */
  agentSecret: string;
  /** The agent's name for people. Default: its id. */
  agentName?: string;
  /** Deadline for an answer, retries included. Default 30,000. */
  timeoutMs?: number;
  /** Retries where the gateway has surely done nothing: 429 and 503, and any fault of a call that only reads. Default 2. */
  maxRetries?: number;
  /** The `fetch` to send with. Default: the one of the runtime, as it is now. */
  fetch?: typeof globalThis.fetch;
}

const KNOWN = [
  ...["gatewayUrl", "agentId", "agentSecret", "agentName", "timeoutMs", "maxRetries", "fetch"],
  ...ENGINE_OPTIONS,
  ...TELEMETRY_OPTIONS,
];

/** What both clients work with. */
export interface AifSettings {
  core: Core;
  engine: LocalEngine;
  asking: Asking;
  agentId: string;
  agentName: string;
  timeoutMs: number;
  maxRetries: number;
  /** The secret stays in here. */
  sign(body: Uint8Array): string;
}

/** @throws {ConfigurationError} for an option that is unknown, missing, or cannot be used. */
export function settleAif(core: Core, options: AifOptions, more: readonly string[]): AifSettings {
  knownOptions(options, [...KNOWN, ...more]);
  const secret = required("agentSecret", options.agentSecret);
  const agentId = required("agentId", options.agentId);
  if (!/^[\w.:-]{1,128}$/.test(agentId))
    throw new ConfigurationError("agentId must be 1 to 128 letters, digits, `-`, `_`, `.` and `:`.");
  const fetch = optional("fetch", options.fetch, "function") ?? globalThis.fetch;
  const engine = Object.fromEntries(ENGINE_OPTIONS.map((name) => [name, options[name]])) as EngineOptions;
  return {
    core,
    engine: new LocalEngine(core, { ...engine, maxBodyBytes: maxBodyBytes(options), memory: engine.memory ?? new Memory() }),
    asking: {
      gatewayUrl: checkedGateway(required("gatewayUrl", options.gatewayUrl)),
      apiKey: undefined,
      // Called as a method, `fetch` of browsers and Workers throws.
      fetch: (input, init) => fetch.call(globalThis, input, init),
      telemetry: settleTelemetry(options, environment(undefined)).telemetry,
    },
    agentId,
    agentName: optional("agentName", options.agentName, "string") ?? agentId,
    timeoutMs: whole("timeoutMs", options.timeoutMs, 30_000, 1, 600_000),
    maxRetries: whole("maxRetries", options.maxRetries, 2, 0, 10),
    sign: (body) => signature(core, secret, body),
  };
}

/** @throws {ConfigurationError} for what is missing or empty. */
function required(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ConfigurationError(`${name} must be a text that is not empty.`);
}
