// What an engine remembers between calls: destinations, rates, trust, decisions of people, and fingerprints of responses.

import { isBytes } from "./bytes.js";
import { knownOptions, optional } from "./checks.js";
import type { Core } from "./core/instance.js";
import { ConfigurationError } from "./errors.js";

/** Options of a `Memory`. */
export interface MemoryOptions {
  /**
   * 16 secret bytes under which values are fingerprinted; the same wherever memories are merged. Default: random, so that the
   * state is good in this process alone.
   */
  key?: Uint8Array;
  /** What `state()` of a memory with the same key gave. */
  state?: string;
}

/** A memory inside an instance. */
interface Held {
  core: Core;
  generation: number;
  memory: number;
}

const collected = new FinalizationRegistry<Held>(({ core, generation, memory }) => {
  if (generation === core.generation()) core.run((glue) => glue.memoryFree(memory));
});

let numberOf: (memory: Memory, core: Core) => number;

/**
 * What engines remember between calls. It holds counts, times and keyed fingerprints, and never payload. Give one memory to
 * an engine or a client, or to several.
 *
 * When the scanning engine had to be replaced after a trap, it begins again with the state that was last asked for, or else the
 * one that it was made with: every destination since is new again.
 *
 * @example
 * const memory = new Memory({ key, state: await store.get("memory") });
 * const client = new IntervenClient({ memory });
 * await store.set("memory", memory.state());
 */
export class Memory {
  #key: Uint8Array | undefined;
  #state: string;
  #held: Held | undefined;

  static {
    numberOf = (memory, core) => memory.#number(core);
  }

  /** @throws {ConfigurationError} for a key that does not have 16 bytes. */
  constructor(options: MemoryOptions = {}) {
    knownOptions(options, ["key", "state"]);
    const { key } = options;
    if (key !== undefined && !(isBytes(key) && key.length === 16))
      throw new ConfigurationError("key must be a Uint8Array of 16 bytes.");
    this.#key = key?.slice();
    this.#state = optional("state", options.state, "string") ?? "";
  }

  #number(core: Core): number {
    const held = this.#held;
    if (held !== undefined && held.core !== core)
      throw new ConfigurationError("The memory is in use by another entry of the package.");
    const generation = core.generation();
    if (held?.generation === generation) return held.memory;
    // Not before it is needed: Workers give no random numbers while a module is loaded.
    this.#key ??= crypto.getRandomValues(new Uint8Array(16));
    const [key, replica] = [this.#key, crypto.getRandomValues(new Uint8Array(8))];
    const memory = remembered(() => core.run((glue) => glue.memoryNew(key, replica, this.#state)));
    this.#held = { core, generation, memory };
    collected.register(this, this.#held);
    return memory;
  }

  #in<T>(action: (core: Core, memory: number) => T, otherwise: T): T {
    const held = this.#held;
    return held === undefined ? otherwise : action(held.core, this.#number(held.core));
  }

  /** All that is remembered, as text, without the key. */
  state(): string {
    this.#state = this.#in((core, memory) => core.run((glue) => glue.memoryState(memory)), this.#state);
    return this.#state;
  }

  /**
   * Takes over what another memory of the same key knows. The order of merges does not matter.
   *
   * @throws {ConfigurationError} for a text that is no such state, or before anything was scanned with this memory.
   */
  merge(state: string): void {
    const { core, memory } = this.#used();
    const key = this.#key as Uint8Array;
    remembered(() => core.run((glue) => glue.memoryMerge(memory, key, state)));
  }

  /** Drops what no rule can ask about any more. */
  forget(timeMs: number = Date.now()): void {
    this.#in((core, memory) => core.run((glue) => glue.memoryForget(memory, timeMs)), undefined);
  }

  /** Says that a person `approved` or `denied` a call of an agent, or that one went to a `threat`: it moves the trust. */
  judge(agentId: string, judgement: "approved" | "denied" | "threat"): void {
    const { core, memory } = this.#used();
    core.run((glue) => glue.memoryJudge(memory, agentId, judgement));
  }

  /** The trust in an agent, from 0 to 1; 0.5 at first. */
  trust(agentId: string): number {
    return this.#in((core, memory) => core.run((glue) => glue.memoryTrust(memory, agentId)) / 100, 0.5);
  }

  /** Remembers that a person approved exactly the call of this digest: it passes once, until the time. */
  grant(digest: string, agentId: string, untilMs: number): void {
    const { core, memory } = this.#used();
    core.run((glue) => glue.memoryDecide(memory, digest, agentId, true, untilMs));
  }

  /** Remembers that a person denied exactly the call of this digest: it is denied again, until the time. */
  refuse(digest: string, agentId: string, untilMs: number): void {
    const { core, memory } = this.#used();
    core.run((glue) => glue.memoryDecide(memory, digest, agentId, false, untilMs));
  }

  /** The instance that it is used in. */
  #used(): { core: Core; memory: number } {
    const held = this.#held;
    if (held === undefined) throw new ConfigurationError("The memory is not in use yet: scan something with it first.");
    return { core: held.core, memory: this.#number(held.core) };
  }
}

/** Internal to the package. @throws {ConfigurationError} for what is no memory, and for a build that remembers nothing. */
export function requireMemory(memory: unknown, core: Core): void {
  if (memory === undefined) return;
  if (!(memory instanceof Memory)) throw new ConfigurationError("memory must be a Memory.");
  if (core.run((glue) => typeof glue.memoryNew) !== "function")
    throw new ConfigurationError("interven/slim remembers nothing: use the default entry for that.");
}

/** Internal to the package: the number by which the instance knows a memory. */
export const memoryNumber = (memory: Memory, core: Core): number => numberOf(memory, core);

function remembered<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (typeof error !== "string") throw error;
    throw new ConfigurationError(`The state of the memory cannot be read: ${(JSON.parse(error) as { message: string }).message}`);
  }
}
