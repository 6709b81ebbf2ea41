// How each runtime is started. Every runner resolves with the counts of `replay`, or says why it is skipped.

import { onEsbuild, onWorkerd } from "./on-bundles.mjs";
import { onChromium, onVite } from "./on-chromium.mjs";
import { onJco, onWasmtime } from "./on-components.mjs";
import { onBun, onDeno, onNode, onNodeVersion, onPatterns, onScalar } from "./on-processes.mjs";

export const runners = {
  node: onNode,
  scalar: onScalar,
  patterns: onPatterns,
  node22: onNodeVersion(22),
  node24: onNodeVersion(24),
  deno: onDeno,
  bun: onBun,
  workerd: onWorkerd,
  chromium: onChromium,
  esbuild: onEsbuild,
  vite: onVite,
  jco: onJco,
  wasmtime: onWasmtime,
};
