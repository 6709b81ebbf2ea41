// The local engine over any build of the core: one synchronous call decides one request.

import { knownOptions } from "./checks.js";
import { DetectorHandle } from "./core/detector-handle.js";
import type { Core } from "./core/instance.js";
import { type Context, finish, type Outcome, ScanHandle } from "./core/scan-handle.js";
import { requireText } from "./core/text-functions.js";
import { wireOptions } from "./engine-options.js";
import { ConfigurationError, EngineError, PolicyError, type PolicyProblem, VaultFullError } from "./errors.js";
import type { EngineOptions, LocalVerdict, ScanContext, WireRequest } from "./types.js";
import { type Vault, vaultNumber } from "./vault.js";
import { requireContext, requireRequest } from "./wire-check.js";

/** Options of `redact`. */
export interface RedactOptions {
  /** Remembers what was replaced by placeholders. */
  vault?: Vault;
}

/** Frees the WebAssembly side of engines that nobody holds any more. */
const collected = new FinalizationRegistry<{ core: Core; generation: number; engine: number }>(({ core, generation, engine }) => {
  if (generation === core.generation()) core.run((glue) => glue.engineFree(engine));
});

/** What the engines of all entries have in common. */
export class LocalEngine {
  readonly #core: Core;
  readonly #options: string;
  readonly #expires: boolean;
  #generation = 0;
  #engine = 0;
  /** Identifies engine, options and policies together; part of what an approval is bound to. */
  readonly policyVersion: string;

  /**
   * @throws {ConfigurationError} for an option that cannot be used.
   * @throws {PolicyError} with file, line, column, key and suggestion, for anything that is not exactly understood.
   */
  constructor(core: Core, options: EngineOptions) {
    this.#core = core;
    this.#options = wireOptions(options);
    this.#expires = options.allowlist !== undefined;
    const engine = this.#number();
    this.policyVersion = core.run((glue) => glue.enginePolicyVersion(engine)) ?? "";
  }

  /** The engine's number in the current instance; made anew when the instance was replaced. */
  #number(): number {
    const generation = this.#core.generation();
    if (this.#generation !== generation) {
      this.#engine = create(this.#core, this.#options);
      this.#generation = generation;
      collected.register(this, { core: this.#core, generation, engine: this.#engine });
    }
    return this.#engine;
  }

  /** Begins a scan that a driver carries on. Internal to the package. */
  begin(request: WireRequest, context: Context, now: number): ScanHandle {
    // The time is for entries of the allowlist that expire.
    const time_ms = this.#expires ? Math.floor(context.time_ms ?? Date.now()) : undefined;
    return ScanHandle.begin(this.#core, this.#number(), request, { ...context, time_ms }, now);
  }

  /**
   * Redacts every secret, all personal data, and orders to an agent in a text, low risk included, by the operators of the
   * options. With a vault, what placeholders replaced can be restored.
   *
   * @throws {InvalidRequestError} for anything that is not a string.
   * @throws {ConfigurationError} for a vault that is none.
   * @throws {VaultFullError} when the vault has no room; it is then as it was.
   */
  redact(text: string, options: RedactOptions = {}): string {
    const given = requireText("redact", text);
    knownOptions(options, ["vault"]);
    const engine = this.#number();
    const number = options.vault === undefined ? 0 : vaultNumber(options.vault, this.#core);
    const redacted = this.#core.run((glue) => glue.engineRedact(engine, number, given));
    if (redacted !== undefined) return redacted;
    if (number === 0) throw new EngineError("The scanning engine could not redact the text.");
    throw new VaultFullError("The vault is full; the text was not redacted.");
  }

  /** Begins a detector. Internal to the package. */
  beginDetector(): DetectorHandle {
    return DetectorHandle.begin(this.#core, this.#number());
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
    const { agentId: agent, grant, claimed, floor, timeMs } = context;
    const scan = this.begin(request, { agent, grant, claimed, floor, time_ms: timeMs }, 0);
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

function create(core: Core, options: string): number {
  try {
    return core.run((glue) => glue.engineNew(options));
  } catch (error) {
    if (typeof error !== "string") throw error;
    const problem = JSON.parse(error) as PolicyProblem & { message: string };
    if (problem.source === "options") throw new ConfigurationError(problem.message);
    throw new PolicyError(problem.message, problem);
  }
}
