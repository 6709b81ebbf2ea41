// A request, and what is known beside it, into the memory of an instance.

import type { WireRequest } from "../types.js";
import type { Core, CoreGlue } from "./instance.js";
import type { Context } from "./scan-handle.js";
import { placeTexts } from "./texts.js";

/** When a scan takes place. */
export type Moment = Pick<Context, "time_ms" | "zone_offsets">;

/** Writes context and request into the reserved room; how many texts there are, and where the body is. */
export function placeRequest(
  core: Core,
  glue: CoreGlue,
  request: WireRequest,
  context: Context,
  moment: Moment,
): { texts: number; at: number } {
  const texts = [contextText(context, moment), context.agent ?? "", request.method, request.url];
  for (const [name, value] of request.headers) texts.push(name, value);
  const { start, end } = placeTexts(core, glue, texts, request.body.length);
  core.memory().set(request.body, start + end);
  return { texts: texts.length, at: end };
}

/** As JSON, but for the agent; empty when there is nothing to say, and a number when there is nothing but the time. */
function contextText(context: Context, { time_ms, zone_offsets }: Moment): string {
  let more = zone_offsets !== undefined;
  for (const name in context) {
    if (name !== "agent" && name !== "time_ms" && context[name as keyof Context] !== undefined) more = true;
  }
  if (!more) return time_ms === undefined ? "" : String(time_ms);
  const { agent: _, ...rest } = context;
  return JSON.stringify({ ...rest, time_ms, zone_offsets });
}
