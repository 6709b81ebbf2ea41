// One WebAssembly instance of one build: made on first use, synchronously, and replaced after a trap.

import { EngineError } from "../errors.js";
import type * as Glue from "./core_bg.js";

/** What a build's glue offers. */
export type CoreGlue = typeof Glue;

/** A compiled module, or a function that returns the bytes of one. */
export type WasmSource = WebAssembly.Module | (() => BufferSource);

// `instanceof` fails across realms, as in Next.js edge routes.
const isModule = (value: unknown): value is WebAssembly.Module =>
  Object.prototype.toString.call(value) === "[object WebAssembly.Module]";

function compiled(source: WasmSource): WebAssembly.Module {
  if (isModule(source)) return source;
  try {
    return new WebAssembly.Module((source as () => BufferSource)());
  } catch (cause) {
    if (!(cause instanceof WebAssembly.CompileError)) throw cause;
    const message =
      "This runtime cannot compile the scanning engine: it may lack WebAssembly's vector instructions. " +
      'With `import "interven/scalar"` before it, the entry "interven" does without them.';
    throw new EngineError(message, { cause });
  }
}

/** A build of the core. Every entry of the package has its own. */
export class Core {
  readonly #source: WasmSource;
  readonly #glue: CoreGlue;
  readonly #glueName: string;
  #module: WebAssembly.Module | undefined;
  #memory: WebAssembly.Memory | undefined;
  #bytes = new Uint8Array();
  /** Counts instances: numbers of engines and scans are only good in the one that gave them. */
  #generation = 0;

  /** `glueName` is what the build's imports call the glue. */
  constructor(source: WasmSource, glue: CoreGlue, glueName: string) {
    this.#source = source;
    this.#glue = glue;
    this.#glueName = glueName;
  }

  #instantiate(): void {
    this.#module ??= compiled(this.#source);
    const glue = this.#glue as unknown as WebAssembly.ModuleImports;
    const instance = new WebAssembly.Instance(this.#module, { [this.#glueName]: glue });
    this.#glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    this.#memory = instance.exports.memory as WebAssembly.Memory;
    this.#bytes = new Uint8Array();
    this.#generation += 1;
  }

  /** The number of the current instance. */
  generation(): number {
    if (this.#memory === undefined) this.#instantiate();
    return this.#generation;
  }

  /** All bytes of the current instance; valid until the next call into it. */
  memory(): Uint8Array {
    // A memory that grows detaches its buffer. Asking the memory for its buffer takes longer than asking the bytes.
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array((this.#memory as WebAssembly.Memory).buffer);
    return this.#bytes;
  }

  /**
   * Runs something inside the instance. A trap leaves an instance that must not be used again: it is replaced, and the
   * caller gets an `EngineError`, which every wrapper treats as a refusal.
   */
  run<T>(action: (glue: CoreGlue) => T): T {
    if (this.#memory === undefined) this.#instantiate();
    try {
      return action(this.#glue);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
      // Growing detaches the views that the glue has cached over the old memory.
      try {
        this.#memory?.grow(1);
      } catch {
        // Out of memory is one of the ways to get here.
      }
      this.#memory = undefined;
      throw new EngineError("The scanning engine stopped; the call was refused and the engine was replaced.", { cause: error });
    }
  }
}
