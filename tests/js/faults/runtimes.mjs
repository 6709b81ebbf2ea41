// Gives a job to each of the runtimes that a client must behave the same on.

import { consumer } from "../replay/consumer.mjs";
import { runners } from "../replay/runners.mjs";

export const RUNTIMES = ["node", "deno", "bun", "workerd"];

/** Resolves with what `run` of the module gave; skips the test where there is no such runtime here. */
export async function onRuntime(t, runtime, job) {
  const result = await runners[runtime]({ folder: consumer(), job, files: {} });
  if (result.skippedBecause) t.skip(result.skippedBecause);
  return result.skippedBecause ? undefined : result;
}

/** A row of a table that `npm test` shows when all suites are done. */
export const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
