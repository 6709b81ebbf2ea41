// The local engine: one synchronous call decides one request.

import { currentGeneration, inside } from "./core/instance.js";
import { finish, type Outcome, ScanHandle } from "./core/scan-handle.js";
import { detectionDocument } from "./detection.js";
import { ConfigurationError, EngineError, PolicyError, type PolicyProblem, VaultFullError } from "./errors.js";
import type { EngineOptions, LocalVerdict, PolicySource, ScanContext, WireRequest } from "./types.js";
import { type Vault, vaultNumber } from "./vault.js";

/** The kind of network behind an IP address. Text that is no address is `reserved`. */
export type AddressClass = "public" | "private" | "loopback" | "link_local" | "metadata" | "reserved";

/** Classifies an IPv4 or IPv6 address, whatever it is wrapped in (mapped, NAT64, 6to4 …). */
export function classifyAddress(address: string): AddressClass {
  return inside((core) => core.classifyAddress(address)) as AddressClass;
}

/** Redacts every secret and all personal data in a text, low risk included. Other text comes back as it was. */
export function redactText(text: string): string {
  return inside((core) => core.redactText(text));
}

/** Options of `redact`. */
export interface RedactOptions {
  /** Remembers what was replaced by placeholders. */
  vault?: Vault;
}

/** Frees the WebAssembly side of engines that nobody holds any more. */
const collected = new FinalizationRegistry<{ generation: number; engine: number }>(({ generation, engine }) => {
  if (generation === currentGeneration()) inside((core) => core.engineFree(engine));
});

/** Decides requests by the built-in rules and by policies. */
export class Engine {
  readonly #options: string;
  #generation = 0;
  #engine = 0;
  /** Identifies engine, options and policies together; part of what an approval is bound to. */
  readonly policyVersion: string;

  /**
   * @throws {ConfigurationError} for an option that cannot be used.
   * @throws {PolicyError} with file, line, column, key and suggestion, for anything that is not exactly understood.
   */
  constructor(options: EngineOptions = {}) {
    this.#options = wireOptions(options);
    const engine = this.#number();
    this.policyVersion = inside((core) => core.enginePolicyVersion(engine)) ?? "";
  }

  /** The engine's number in the current instance; made anew when the instance was replaced. */
  #number(): number {
    const generation = currentGeneration();
    if (this.#generation !== generation) {
      this.#engine = create(this.#options);
      this.#generation = generation;
      collected.register(this, { generation, engine: this.#engine });
    }
    return this.#engine;
  }

  /** Begins a scan that a driver carries on. Internal to the package. */
  begin(request: WireRequest, head: Record<string, unknown>, now: number): ScanHandle {
    return ScanHandle.begin(this.#number(), request, { time_ms: Date.now(), ...head }, now);
  }

  /**
   * Redacts every secret and all personal data in a text, low risk included, by the operators of the options. With a vault,
   * what placeholders replaced can be restored.
   *
   * @throws {VaultFullError} when the vault has no room; it is then as it was.
   */
  redact(text: string, { vault }: RedactOptions = {}): string {
    const engine = this.#number();
    const number = vault === undefined ? 0 : vaultNumber(vault);
    const redacted = inside((core) => core.engineRedact(engine, number, text));
    if (redacted !== undefined) return redacted;
    if (number === 0) throw new EngineError("The scanning engine could not redact the text.");
    throw new VaultFullError("The vault is full; the text was not redacted.");
  }

  /**
   * Decides a request, locally and at once. Bad content is a DENY, never an error; so is a URL that is not in the form
   * that `new URL(url).href` gives it.
   */
  scan(request: WireRequest, context: ScanContext = {}): LocalVerdict {
    const { agentId: agent, grant, claimed, floor, timeMs: time_ms = Date.now() } = context;
    const scan = this.begin(request, { agent, grant, claimed, floor, time_ms }, 0);
    try {
      return localVerdict(finish(scan, request));
    } finally {
      scan.free();
    }
  }
}

function localVerdict(outcome: Outcome): LocalVerdict {
  const { report, reportText, request, forward } = outcome;
  const verdict: LocalVerdict = { decision: report.decision, report, reportText };
  if (forward && request) verdict.forward = request;
  if (request && (report.decision === "SANITIZE" || report.decision === "REQUIRE_APPROVAL")) verdict.preview = request;
  return verdict;
}

/** WHATWG form, so that what is scanned is what would be connected to. What does not parse is left for the core to deny. */
export function normaliseUrl(url: string): string {
  try {
    return new URL(url).href;
  } catch {
    return url;
  }
}

function create(options: string): number {
  try {
    return inside((core) => core.engineNew(options));
  } catch (error) {
    if (typeof error !== "string") throw error;
    const problem = JSON.parse(error) as PolicyProblem & { message: string };
    if (problem.source === "options") throw new ConfigurationError(problem.message);
    throw new PolicyError(problem.message, problem);
  }
}

function wireOptions(options: EngineOptions): string {
  const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
  const sources = list(options.policySource);
  const text = (policy: PolicySource) => (typeof policy === "string" ? policy : JSON.stringify(policy));
  return JSON.stringify({
    policies: list(options.policy).map((policy, index) => ({ source: sources[index] ?? "policy", text: text(policy) })),
    unknown_host_credentials: options.unknownHostCredentials,
    credential_hosts: options.credentialHosts,
    max_body_bytes: options.maxBodyBytes,
    detection: detectionDocument(options),
  });
}
