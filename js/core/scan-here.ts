// A scan that asks nobody: where the call may go as it is, one call into the instance decides it.

import { EngineError } from "../errors.js";
import type { WireRequest } from "../types.js";
import { Copy } from "./copies.js";
import type { Core } from "./instance.js";
import { type Outcome, Reported, Unreported } from "./outcome.js";
import { type Moment, placeRequest } from "./place-request.js";
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
  const ended = core.run((glue): Outcome | number => {
    const { texts, at } = placeRequest(core, glue, request, context, moment);
    const said = glue.scanHere(engine, texts, at, request.body.length, memory, reports);
    if (said >= 0) return said;
    if (!reports) return new Unreported(request);
    const report = glue.scanReportAt();
    return new Reported(true, request, new Copy(core.memory(), report, report - said - 1));
  });
  if (typeof ended !== "number") return ended;
  if (ended === 0) throw new EngineError("The scanning engine could not read the request.");
  const scan = new ScanHandle(core, engine, ended);
  try {
    const output = scan.told();
    if ("forward" in output || "block" in output) return scan.outcome(output, request);
    throw new EngineError("A local scan did not end at once.");
  } finally {
    scan.free();
  }
}
