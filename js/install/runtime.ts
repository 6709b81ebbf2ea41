// Where this runs, and the modules of Node.js where there are any. Nothing here is imported: bundles for the web stay clean.

/** A runtime, as far as it matters for what can be guarded. */
export type RuntimeName = "node" | "deno" | "bun" | "workerd" | "browser" | "other";

interface Globals {
  navigator?: { userAgent?: string };
  process?: { versions?: Record<string, string | undefined>; getBuiltinModule?: (name: string) => unknown };
  document?: unknown;
  WorkerGlobalScope?: unknown;
}

const globals = globalThis as Globals;

/** The runtime that this code runs on. */
export function runtimeName(): RuntimeName {
  const agent = globals.navigator?.userAgent ?? "";
  if (agent === "Cloudflare-Workers") return "workerd";
  if ("Deno" in globals) return "deno";
  if ("Bun" in globals) return "bun";
  if (typeof globals.process?.versions?.node === "string") return "node";
  return globals.document !== undefined || globals.WorkerGlobalScope !== undefined ? "browser" : "other";
}

/** A module of Node.js, where the runtime gives it without an import. */
export function builtin<T>(name: string): T | undefined {
  try {
    return globals.process?.getBuiltinModule?.(name) as T | undefined;
  } catch {
    return undefined;
  }
}
