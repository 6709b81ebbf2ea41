// A scan that asks nobody: where the call may go as it is, one call into the instance decides it.

import { EngineError } from "../errors.js";
import type { WireRequest } from "../types.js";
import { Copy } from "./copies.js";
import type { Core } from "./instance.js";
import { type Outcome, Reported, Unreported } from "./outcome.js";
import { type Moment, placed } from "./place-request.js";
import { type Context, ScanHandle } from "./scan-handle.js";

/**
 * Decides a request. With `reports: false` nobody reads the report of a call that may go as it was scanned, so none is
 * written; that of any other is always there.
 */
export function scanHere(
  core: Core,
  engine: number,
  request: WireRequest,
  context: Context,
  moment: Moment,
  memory: number,
  reports: boolean,
): Outcome {
  const ended = placed(core, request, context, moment, (glue, texts, at, length): Outcome | number | undefined => {
    const said = glue.scanHere(engine, texts, at, length, memory, reports);
    if (said >= 0) return said || undefined;
    if (!reports) return new Unreported(request);
    const report = glue.scanReportAt();
    return new Reported(true, request, new Copy(core.memory(), report, report - said - 1));
  });
  if (typeof ended !== "number") return ended;
  const scan = new ScanHandle(core, engine, ended);
  try {
    const output = scan.told();
    if ("forward" in output || "block" in output) return scan.outcome(output, request);
    throw new EngineError("A local scan did not end at once.");
  } finally {
    scan.free();
  }
}
