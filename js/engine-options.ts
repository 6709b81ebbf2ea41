// The options of the local engine, checked and written for the core, which takes what is missing for the default.

import { knownOptions, list, optional, whole } from "./checks.js";
import { detectionDocument } from "./detection.js";
import { ConfigurationError } from "./errors.js";
import { writtenJson } from "./json.js";
import type { EngineOptions, PolicySource } from "./types.js";

/** Names of the options that an engine has. */
export const ENGINE_OPTIONS = [
  ...["policy", "policySource", "unknownHostCredentials", "credentialHosts", "maxBodyBytes"],
  ...["detectors", "allowlist", "redaction", "dailyBudget", "threatHosts", "memory"],
  ...["allowPrivate", "organisation"],
] as const;

/** Largest body in bytes. */
export const maxBodyBytes = (options: EngineOptions): number =>
  whole("maxBodyBytes", options.maxBodyBytes, 1_048_576, 1, 67_108_864);

/** @throws {ConfigurationError} for an option that is unknown or has a value that cannot be used. */
export function wireOptions(options: EngineOptions): string {
  knownOptions(options, ENGINE_OPTIONS);
  const { policy, policySource, unknownHostCredentials, credentialHosts } = options;
  if (unknownHostCredentials !== undefined && unknownHostCredentials !== "allow" && unknownHostCredentials !== "deny")
    throw new ConfigurationError("unknownHostCredentials must be `allow` or `deny`.");
  const sources = list(policySource);
  for (const source of sources) optional("policySource", source, "string");
  return JSON.stringify({
    policies: list(policy).map((item, index) => ({ source: sources[index] ?? "policy", text: policyText(item) })),
    unknown_host_credentials: unknownHostCredentials,
    credential_hosts: hosts(credentialHosts),
    max_body_bytes: options.maxBodyBytes === undefined ? undefined : maxBodyBytes(options),
    daily_budget:
      options.dailyBudget === undefined ? undefined : whole("dailyBudget", options.dailyBudget ?? 0, 0, 0, 4_294_967_295),
    threat_hosts: texts("threatHosts", options.threatHosts),
    detection: detectionDocument(options),
  });
}

function texts(name: string, given: string[] | undefined): string[] | undefined {
  if (given === undefined || (Array.isArray(given) && given.every((one) => typeof one === "string"))) return given;
  throw new ConfigurationError(`${name} must be a list of strings.`);
}

function policyText(policy: PolicySource): string {
  if (typeof policy === "string") return policy;
  const text = typeof policy === "object" && policy !== null ? writtenJson(policy) : undefined;
  if (text === undefined) throw new ConfigurationError("policy must be JSON text, or an object that can be written as JSON.");
  return text;
}

function hosts(given: EngineOptions["credentialHosts"]): EngineOptions["credentialHosts"] {
  if (given === undefined) return undefined;
  const usable = (own: unknown) => {
    const { vendor, host } = (own ?? {}) as { vendor?: unknown; host?: unknown };
    return typeof vendor === "string" && typeof host === "string";
  };
  if (!Array.isArray(given) || !given.every(usable))
    throw new ConfigurationError("credentialHosts must be a list of objects with a `vendor` and a `host`.");
  return given.map(({ vendor, host }) => ({ vendor, host }));
}
