// What stood where the placeholders stand, for this process alone.

import { isBytes } from "./bytes.js";
import { knownOptions, whole } from "./checks.js";
import type { Core } from "./core/instance.js";
import { ConfigurationError, EngineError } from "./errors.js";
import { invalidRequest } from "./refusal.js";

/** A vault inside an instance. */
interface Held {
  core: Core;
  generation: number;
  vault: number;
}

/** Frees the WebAssembly side of vaults that nobody holds any more. */
const collected = new FinalizationRegistry<Held>(({ core, generation, vault }) => {
  if (generation === core.generation()) core.run((glue) => glue.vaultFree(vault));
});

/** What a vault shows of itself, whoever asks. */
const SHOWN = "[Vault]";

/** Options of a `Vault`. */
export interface VaultOptions {
  /** Most values that it holds; beyond it, redaction throws a `VaultFullError`. Default 10,000. */
  maxEntries?: number;
}

let numberOf: (vault: Vault, core: Core) => number;

/**
 * Remembers what `redact` replaced. Numbers go on from text to text, and the same value keeps its placeholder.
 *
 * What it holds is in the memory of the WebAssembly instance and is never written out: not by `JSON.stringify`, not by
 * `structuredClone`, not by a logger. It is overwritten by `clear()`, and when the vault is collected.
 *
 * @example
 * const vault = new Vault();
 * const answer = await model(client.redact(text, { vault }));
 * console.log(vault.restore(answer));
 */
export class Vault {
  /** Made when it is first needed. */
  #held: Held | undefined;
  readonly #maxEntries: number;

  static {
    numberOf = (vault, core) => {
      if (typeof vault !== "object" || vault === null || !(#maxEntries in vault))
        throw new ConfigurationError("vault must be a Vault.");
      return vault.#number(core);
    };
  }

  /** @throws {ConfigurationError} when `maxEntries` is not a whole number from 1 to 1,000,000. */
  constructor(options: VaultOptions = {}) {
    knownOptions(options, ["maxEntries"]);
    this.#maxEntries = whole("maxEntries", options.maxEntries, 10_000, 1, 1_000_000);
  }

  #number(core: Core): number {
    const held = this.#alive();
    if (held !== undefined) {
      if (held.core !== core) throw new ConfigurationError("The vault is in use by another entry of the package.");
      return held.vault;
    }
    const generation = core.generation();
    const vault = core.run((glue) => glue.vaultNew(this.#maxEntries));
    this.#held = { core, generation, vault };
    collected.register(this, this.#held, this);
    return vault;
  }

  /** What there is inside the instance. */
  #alive(): Held | undefined {
    const held = this.#held;
    if (held !== undefined && held.generation !== held.core.generation())
      throw new EngineError("The scanning engine was replaced, and what the vault held is gone.");
    return held;
  }

  /** How many values it holds. */
  get size(): number {
    const held = this.#alive();
    return held === undefined ? 0 : held.core.run((glue) => glue.vaultSize(held.vault));
  }

  /**
   * The text, or the bytes, with the originals in place of the placeholders that this vault gave out. Whoever wrote them
   * chose where the originals go: restore only what goes no further than the values may.
   *
   * @throws {InvalidRequestError} for what is neither a string nor a `Uint8Array`.
   * @throws {EngineError} when the engine had to be replaced since: the originals are gone.
   */
  restore(text: string): string;
  restore(bytes: Uint8Array): Uint8Array;
  restore(given: string | Uint8Array): string | Uint8Array {
    if (typeof given !== "string" && !isBytes(given)) throw invalidRequest("restore takes a string or a Uint8Array.");
    const held = this.#alive();
    if (held === undefined) return typeof given === "string" ? given : given.slice();
    const bytes = typeof given === "string" ? new TextEncoder().encode(given) : given;
    const restored = held.core.run((glue) => glue.vaultRestore(held.vault, bytes));
    if (restored === undefined) throw new EngineError("The vault is not in the engine.");
    return typeof given === "string" ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(restored) : restored;
  }

  /** Forgets everything, and overwrites it. The vault can be used again. */
  clear(): void {
    const held = this.#held;
    if (held !== undefined && held.generation === held.core.generation()) held.core.run((glue) => glue.vaultFree(held.vault));
    collected.unregister(this);
    this.#held = undefined;
  }

  toJSON(): string {
    return SHOWN;
  }

  toString(): string {
    return SHOWN;
  }

  /** What `console.log` and `util.inspect` show in Node, Deno and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return SHOWN;
  }
}

// For `using`, where the runtime has it; not declared, since older compilers do not know the symbol.
if (typeof Symbol.dispose === "symbol") {
  Object.defineProperty(Vault.prototype, Symbol.dispose, { value: Vault.prototype.clear, configurable: true });
}

/** Internal to the package: the number by which the instance knows a vault. */
export const vaultNumber = (vault: Vault, core: Core): number => numberOf(vault, core);
