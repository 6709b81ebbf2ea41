/** `GET /v1/statistics`: decisions by time, their reasons, and how long people took. */

import type { Context } from "hono";
import { LATENCY_SECONDS, type RecordStatistics, type StatisticsRange } from "../audit/statistics.js";
import { iso } from "../iso-time.js";
import { json, Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { DECISIONS, Query } from "./query.js";

const DAY_MS = 86_400_000;
const MOST_BUCKETS = 500;

/** Makes the route. */
export function statisticsRoute(store: Store, now: () => number) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const query = new Query(context.req.url, ["since", "until", "bucket"]);
    // What is decided in this very millisecond belongs to it.
    const until = query.time("until") ?? now() + 1;
    const since = query.time("since") ?? until - DAY_MS;
    if (since >= until) throw new Refusal(400, "INVALID_REQUEST", "'since' must be before 'until'.");
    const seconds = query.whole("bucket", 1, 366 * 86_400) ?? Math.max(1, Math.ceil((until - since) / 48_000));
    const range = { since, until, bucketMs: seconds * 1000 };
    if ((until - since) / range.bucketMs > MOST_BUCKETS)
      throw new Refusal(
        400,
        "INVALID_REQUEST",
        `'bucket' is in seconds, and must make at most ${MOST_BUCKETS} steps of the time.`,
      );
    return json(200, statisticsView(await store.readStatistics(range), range));
  };
}

function statisticsView(found: RecordStatistics, { since, until, bucketMs }: StatisticsRange) {
  const none = () => Object.fromEntries(DECISIONS.map((decision) => [decision, 0])) as Record<string, number>;
  const total = none();
  const buckets = Array.from({ length: Math.ceil((until - since) / bucketMs) }, (_, step) => ({
    at: iso(since + step * bucketMs),
    ...none(),
  })) as ({ at: string } & Record<string, number | string>)[];
  for (const { at, decision, count } of found.decisions) {
    const bucket = buckets[Math.floor((at - since) / bucketMs)];
    if (!bucket || !(decision in total)) continue;
    bucket[decision] = count;
    total[decision] = (total[decision] ?? 0) + count;
  }
  return {
    since: iso(since),
    until: iso(until),
    bucket_seconds: bucketMs / 1000,
    counted_since: iso(found.countedSince),
    truncated: found.countedSince > since,
    decisions: total,
    buckets,
    reasons: found.reasons,
    approvals: latencyView(found.latencies),
  };
}

/** Seconds; null where nobody has decided anything. */
function latencyView(latencies: readonly number[]) {
  const quantile = (share: number) => {
    const value = latencies[Math.ceil(share * latencies.length) - 1];
    return value === undefined ? null : value / 1000;
  };
  const bounds = [...LATENCY_SECONDS, Number.POSITIVE_INFINITY];
  return {
    decided: latencies.length,
    median_seconds: quantile(0.5),
    p95_seconds: quantile(0.95),
    // Each counts what the one before does not; the last has no bound.
    waited: bounds.map((bound, index) => ({
      up_to_seconds: Number.isFinite(bound) ? bound : null,
      count: latencies.filter((ms) => ms / 1000 <= bound && ms / 1000 > (bounds[index - 1] ?? -1)).length,
    })),
  };
}
