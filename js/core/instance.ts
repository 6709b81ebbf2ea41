// The one WebAssembly instance: made on first use, synchronously, and replaced after a trap.

import source from "#wasm";
import { EngineError } from "../errors.js";
import * as glue from "./core_bg.js";

let memory: WebAssembly.Memory | undefined;
let module: WebAssembly.Module | undefined;
/** Counts instances: numbers of engines and scans are only good in the one that gave them. */
let generation = 0;

// `instanceof` fails across realms, as in Next.js edge routes.
const isModule = (value: unknown): value is WebAssembly.Module =>
  Object.prototype.toString.call(value) === "[object WebAssembly.Module]";

function instantiate(): void {
  module ??= isModule(source) ? source : new WebAssembly.Module((source as () => BufferSource)());
  const instance = new WebAssembly.Instance(module, { "./core_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  memory = instance.exports.memory as WebAssembly.Memory;
  generation += 1;
}

/** The number of the current instance. */
export function currentGeneration(): number {
  if (memory === undefined) instantiate();
  return generation;
}

/** Bytes of the current instance; valid until the next call into it. */
export function memoryBytes(at: number, length: number): Uint8Array {
  return new Uint8Array((memory as WebAssembly.Memory).buffer, at, length);
}

/**
 * Runs something inside the instance. A trap leaves an instance that must not be used again: it is replaced, and the
 * caller gets an `EngineError`, which every wrapper treats as a refusal.
 */
export function inside<T>(action: (core: typeof glue) => T): T {
  if (memory === undefined) instantiate();
  try {
    return action(glue);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    // Growing detaches the views that the glue has cached over the old memory.
    try {
      memory?.grow(1);
    } catch {
      // Out of memory is one of the ways to get here.
    }
    memory = undefined;
    throw new EngineError("The scanning engine stopped; the call was refused and the engine was replaced.", { cause: error });
  }
}
