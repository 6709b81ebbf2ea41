// What stood where the placeholders stand, for this process alone.

import { isBytes } from "./bytes.js";
import { knownOptions, whole } from "./checks.js";
import { currentGeneration, inside } from "./core/instance.js";
import { ConfigurationError, EngineError } from "./errors.js";
import { invalidRequest } from "./refusal.js";

/** Frees the WebAssembly side of vaults that nobody holds any more. */
const collected = new FinalizationRegistry<{ generation: number; vault: number }>(({ generation, vault }) => {
  if (generation === currentGeneration()) inside((core) => core.vaultFree(vault));
});

/** What a vault shows of itself, whoever asks. */
const SHOWN = "[Vault]";

/** Options of a `Vault`. */
export interface VaultOptions {
  /** Most values that it holds; beyond it, redaction throws a `VaultFullError`. Default 10,000. */
  maxEntries?: number;
}

let numberOf: (vault: Vault) => number;

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
  #generation = 0;
  #vault = 0;
  readonly #maxEntries: number;

  static {
    numberOf = (vault) => {
      if (typeof vault !== "object" || vault === null || !(#vault in vault))
        throw new ConfigurationError("vault must be a Vault.");
      return vault.#number();
    };
  }

  /** @throws {ConfigurationError} when `maxEntries` is not a whole number from 1 to 1,000,000. */
  constructor(options: VaultOptions = {}) {
    knownOptions(options, ["maxEntries"]);
    this.#maxEntries = whole("maxEntries", options.maxEntries, 10_000, 1, 1_000_000);
  }

  /** The vault's number in the current instance; made when it is first needed. */
  #number(): number {
    const generation = currentGeneration();
    if (this.#vault !== 0 && this.#generation !== generation) {
      throw new EngineError("The scanning engine was replaced, and what the vault held is gone.");
    }
    if (this.#vault === 0) {
      this.#vault = inside((core) => core.vaultNew(this.#maxEntries));
      this.#generation = generation;
      collected.register(this, { generation, vault: this.#vault }, this);
    }
    return this.#vault;
  }

  /** How many values it holds. */
  get size(): number {
    const vault = this.#number();
    return inside((core) => core.vaultSize(vault));
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
    const vault = this.#number();
    const bytes = typeof given === "string" ? new TextEncoder().encode(given) : given;
    const restored = inside((core) => core.vaultRestore(vault, bytes));
    if (restored === undefined) throw new EngineError("The vault is not in the engine.");
    return typeof given === "string" ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(restored) : restored;
  }

  /** Forgets everything, and overwrites it. The vault can be used again. */
  clear(): void {
    if (this.#vault !== 0 && this.#generation === currentGeneration()) inside((core) => core.vaultFree(this.#vault));
    collected.unregister(this);
    this.#vault = 0;
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
export const vaultNumber = (vault: Vault): number => numberOf(vault);
