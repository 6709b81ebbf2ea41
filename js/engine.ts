// The local engine: one synchronous call decides one request.

import { knownOptions } from "./checks.js";
import { DetectorHandle } from "./core/detector-handle.js";
import { currentGeneration, inside } from "./core/instance.js";
import { finish, type Outcome, ScanHandle } from "./core/scan-handle.js";
import { wireOptions } from "./engine-options.js";
import { ConfigurationError, EngineError, PolicyError, type PolicyProblem, VaultFullError } from "./errors.js";
import { invalidRequest } from "./refusal.js";
import type { EngineOptions, LocalVerdict, ScanContext, WireRequest } from "./types.js";
import { type Vault, vaultNumber } from "./vault.js";
import { requireContext, requireRequest } from "./wire-check.js";

/** The kind of network behind an IP address. Text that is no address is `reserved`. */
export type AddressClass = "public" | "private" | "loopback" | "link_local" | "metadata" | "reserved";

/** Classifies an IPv4 or IPv6 address, whatever it is wrapped in (mapped, NAT64, 6to4 …). */
export function classifyAddress(address: string): AddressClass {
  const text = requireText("classifyAddress", address);
  return inside((core) => core.classifyAddress(text)) as AddressClass;
}

/** Redacts every secret and all personal data in a text, low risk included. Other text comes back as it was. */
export function redactText(text: string): string {
  const given = requireText("redact", text);
  return inside((core) => core.redactText(given));
}

/** Anything else would trap the instance, and with it end every scan that waits in it. */
function requireText(what: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw invalidRequest(`${what} takes a string, not ${value === null ? "null" : `a value of type ${typeof value}`}.`);
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
   * @throws {InvalidRequestError} for anything that is not a string.
   * @throws {ConfigurationError} for a vault that is none.
   * @throws {VaultFullError} when the vault has no room; it is then as it was.
   */
  redact(text: string, options: RedactOptions = {}): string {
    const given = requireText("redact", text);
    knownOptions(options, ["vault"]);
    const engine = this.#number();
    const number = options.vault === undefined ? 0 : vaultNumber(options.vault);
    const redacted = inside((core) => core.engineRedact(engine, number, given));
    if (redacted !== undefined) return redacted;
    if (number === 0) throw new EngineError("The scanning engine could not redact the text.");
    throw new VaultFullError("The vault is full; the text was not redacted.");
  }

  /** Begins a detector. Internal to the package. */
  beginDetector(): DetectorHandle {
    return DetectorHandle.begin(this.#number());
  }

  /**
   * Decides a request, locally and at once. Bad content is a DENY, never an error; so is a URL that is not in the form
   * that `new URL(url).href` gives it.
   *
   * @throws {InvalidRequestError} for something that is not a `WireRequest` or not a `ScanContext` at all.
   */
  scan(request: WireRequest, context: ScanContext = {}): LocalVerdict {
    requireRequest(request);
    requireContext(context);
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
