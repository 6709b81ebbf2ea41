// The local engine over any build of the core: one synchronous call decides one request.

import { knownOptions } from "./checks.js";
import { DetectorHandle } from "./core/detector-handle.js";
import type { Core } from "./core/instance.js";
import type { Outcome } from "./core/outcome.js";
import { type Moment, placed } from "./core/place-request.js";
import { RedactorHandle, type RedactorSetup } from "./core/redactor-handle.js";
import { type Context, ScanHandle } from "./core/scan-handle.js";
import { scanHere } from "./core/scan-here.js";
import { requireText } from "./core/text-functions.js";
import { wireOptions } from "./engine-options.js";
import { EngineError, type PolicyProblem, VaultFullError } from "./errors.js";
import { localVerdict } from "./local-verdict.js";
import { type Memory, memoryNumber, requireMemory } from "./memory.js";
import { noticesOf, policyError } from "./policy-problems.js";
import { invalidRequest } from "./refusal.js";
import { type ResponseInput, type ResponseReport, scanResponse } from "./scan-response.js";
import type { CallFacts, EngineOptions, Explanation, LocalVerdict, Replay, ScanContext, WireRequest } from "./types.js";
import { type Vault, vaultNumber } from "./vault.js";
import { requireContext, takenRequest } from "./wire-check.js";
import { zoneOffsets } from "./zones.js";

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
  readonly #memory: Memory | undefined;
  readonly #zones: readonly string[];
  /** Whether anything depends on the time. */
  readonly #timed: boolean;
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
    requireMemory(options.memory, core);
    this.#memory = options.memory;
    const engine = this.#number();
    this.policyVersion = core.run((glue) => glue.enginePolicyVersion(engine)) ?? "";
    this.#zones = (JSON.parse(core.run((glue) => glue.engineTimeZones(engine))) as { zones: string[] }).zones;
    zoneOffsets(this.#zones, 0);
    this.#timed = options.allowlist !== undefined || options.policy !== undefined || options.memory !== undefined;
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

  /** The number of the memory in the current instance; 0 for none. */
  #remembered(): number {
    return this.#memory === undefined ? 0 : memoryNumber(this.#memory, this.#core);
  }

  /** The time, where anything depends on it, and the offsets of the zones that policies name. */
  #moment(context: Context): Moment {
    if (!this.#timed) return context;
    const time_ms = Math.floor(context.time_ms ?? Date.now());
    return { time_ms, zone_offsets: zoneOffsets(this.#zones, time_ms) };
  }

  /** Begins a scan that a driver carries on. Internal to the package. */
  begin(request: WireRequest, context: Context, now: number): ScanHandle {
    const [engine, memory] = [this.#number(), this.#remembered()];
    return ScanHandle.begin(this.#core, engine, request, context, this.#moment(context), memory, now);
  }

  /** Decides a request and asks nobody. `reports: false`: see `scanHere`. Internal to the package. */
  decideHere(request: WireRequest, context: Context, reports = true): Outcome {
    const [engine, memory] = [this.#number(), this.#remembered()];
    return scanHere(this.#core, engine, request, context, this.#moment(context), memory, reports);
  }

  /**
   * Why a request is decided as it is: the report, and for every rule of every policy whether it matches and which of its
   * keys do not hold. Nothing is remembered of it.
   *
   * @throws {InvalidRequestError} for something that is not a `WireRequest` or not a `ScanContext` at all.
   */
  explain(request: WireRequest, context: ScanContext = {}): Explanation {
    const taken = takenRequest(request);
    requireContext(context);
    const [engine, memory, given] = [this.#number(), this.#remembered(), coreContext(context)];
    const text = placed(this.#core, taken, given, this.#moment(given), (glue, texts, at, length) =>
      glue.engineExplain(engine, texts, at, length, memory),
    );
    return JSON.parse(text) as Explanation;
  }

  /**
   * What the policies of this engine make of a call that was recorded. `record` has the members of the report and of the
   * facts, and where they are known `agent`, `time_ms`, `url` without its query, `body` and `content_type`, and `known`, a list
   * of `[policy, rule_id, matched]`. What is missing is tried both ways, never guessed. Not in `interven/slim`.
   *
   * @throws {InvalidRequestError} for something that is no record.
   */
  replay(record: CallFacts): Replay {
    const time = typeof record?.time_ms === "number" ? { zone_offsets: zoneOffsets(this.#zones, record.time_ms) } : {};
    const written = JSON.stringify({ ...record, ...time });
    const engine = this.#number();
    const answer = this.#core.run((glue) => glue.engineReplay(engine, written));
    if (answer === undefined) throw invalidRequest("The record must be an object.");
    return JSON.parse(answer) as Replay;
  }

  /** What is odd about a policy that can be used. Internal to the package. */
  policyNotices(text: string, source: string, timeMs: number): PolicyProblem[] {
    return noticesOf(this.#core, text, source, timeMs);
  }

  /**
   * Inspects a response. Where it is sensitive, a later call that carries a piece of it raises `read_then_write`, if the
   * engine has a memory. Text that gives orders to the agent is a signal, and never a refusal by itself.
   *
   * @throws {InvalidRequestError} for something that is not a response.
   */
  scanResponse(response: ResponseInput): ResponseReport {
    return scanResponse(this.#core, this.#number(), this.#remembered(), response);
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

  /** Begins to redact a response. Internal to the package. */
  beginRedactor(setup: RedactorSetup): RedactorHandle {
    return RedactorHandle.begin(this.#core, this.#number(), this.#remembered(), setup);
  }

  /** Whether this build reads responses. Internal to the package. */
  get readsResponses(): boolean {
    return this.#core.run((glue) => typeof glue.redactorNew === "function");
  }

  /**
   * Decides a request, locally and at once. Bad content is a DENY, never an error; so is a URL that is not in the form
   * that `new URL(url).href` gives it.
   *
   * @throws {InvalidRequestError} for something that is not a `WireRequest` or not a `ScanContext` at all.
   */
  scan(request: WireRequest, context: ScanContext = {}): LocalVerdict {
    const taken = takenRequest(request);
    requireContext(context);
    return localVerdict(this.decideHere(taken, coreContext(context)), taken);
  }
}

function coreContext({ agentId, runtimeType, grant, claimed, floor, timeMs, mcp, facts }: ScanContext): Context {
  const context: Context = { agent: agentId, runtime: runtimeType, grant, claimed, floor, time_ms: timeMs };
  if (facts) context.facts = true;
  if (mcp !== undefined) {
    const { drift, originChanged, injection, riskyParamAdded } = mcp;
    context.mcp = { drift, origin_changed: originChanged, injection, risky_param_added: riskyParamAdded };
  }
  return context;
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
    throw policyError(error);
  }
}
