// Time to first verdict in a fresh Node.js process.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { consumer } from "../tests/js/replay/consumer.mjs";
import { inTurns, summary } from "./measure/median.mjs";

export const about = "Cold start in Node.js: median ms in fresh processes; `first verdict` is compile + instantiate + first scan";

export async function measure({ runs }) {
  const entry = pathToFileURL(join(consumer(), "node_modules/interven/dist/index.js")).href;
  const sample = (subject) =>
    JSON.parse(execFileSync(process.execPath, ["benches/cold/process.mjs", subject, entry], { encoding: "utf8" }));
  const samples = await inTurns({ "empty module": () => sample("./empty.mjs"), interven: () => sample("./package.mjs") }, runs);
  return Object.entries(samples).map(([what, all]) => ({ what, ...summary(all, "first verdict") }));
}
