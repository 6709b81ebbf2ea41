/** How many scans there may be in a minute, and how many there were. */

import type { MiddlewareHandler } from "hono";
import type { Activity } from "../agents/activity.js";
import type { SlidingWindow } from "../agents/sliding-window.js";
import { iso } from "../iso-time.js";
import { json, Refusal } from "../reply.js";
import type { GatewayEnv } from "../surface.js";

/** Refuses scans beyond the limit of the window with a 429; `count` is told of all of them. */
export function rateLimit(scans: SlidingWindow, count: (served: boolean) => void = () => {}): MiddlewareHandler<GatewayEnv> {
  return async (_context, next) => {
    const retryAfter = scans.admit();
    count(retryAfter === undefined);
    if (retryAfter !== undefined) {
      throw new Refusal(
        429,
        "RATE_LIMITED",
        `This gateway decides ${scans.most} scans a minute. Ask again after the time in Retry-After; nothing was decided.`,
        { "retry-after": String(retryAfter) },
      );
    }
    await next();
  };
}

/** Makes the route of `GET /v1/usage`. */
export function usageRoute(scans: SlidingWindow, activity: Activity) {
  return async (): Promise<Response> => {
    const { start, end, scans: used, limited } = await activity.usage();
    return json(200, {
      period_start: iso(start),
      period_end: iso(end),
      scans_used: used,
      // What one runs oneself has no quota; the rate is limited.
      scans_limit: null,
      rate_limit_hits_24h: limited,
      current_rate_per_min: scans.used(),
    });
  };
}
