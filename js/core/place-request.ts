// A request, and what is known beside it, into the memory of an instance.

import { EngineError } from "../errors.js";
import type { WireRequest } from "../types.js";
import type { Core, CoreGlue } from "./instance.js";
import type { Context } from "./scan-handle.js";
import { placeTexts } from "./texts.js";

/** When a scan takes place. */
export type Moment = Pick<Context, "time_ms" | "zone_offsets">;

/**
 * Writes context and request into the reserved room, and asks the core about them: `ask` is given how many texts there are,
 * where the body is and how long, and what it gives is undefined where the core could not read them.
 *
 * @throws {EngineError} when it could not.
 */
export function placed<Answer>(
  core: Core,
  { method, url, headers, body }: WireRequest,
  context: Context,
  moment: Moment,
  ask: (glue: CoreGlue, texts: number, at: number, length: number) => Answer | undefined,
): Answer {
  const { length } = body;
  const texts = [contextText(context, moment), context.agent ?? "", method, url];
  for (const [name, value] of headers) texts.push(name, value);
  const answer = core.run((glue) => {
    const { start, end } = placeTexts(core, glue, texts, length);
    core.memory().set(body, start + end);
    return ask(glue, texts.length, end, length);
  });
  if (answer === undefined) throw new EngineError("The scanning engine could not read the request.");
  return answer;
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
