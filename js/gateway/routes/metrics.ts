/** `GET /metrics`: for Prometheus. */
import type { MiddlewareHandler } from "hono";
import { METRICS_TYPE, type Metrics } from "../metrics.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, isLocalPeer } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";

/**
 * Makes the route. Peers on this machine need no credential: the numbers hold no content, and a monitor must not hold
 * the credential that approves. Everybody else needs the administrator's.
 */
export function metricsRoute(metrics: Metrics, store: Store, admin: AdminGuard): MiddlewareHandler<GatewayEnv> {
  return async (context) => {
    if (!isLocalPeer(context.env)) await admin(context, async () => {});
    return new Response(metrics.text(await store.statistics(), await store.outbox.counts()), {
      headers: { "content-type": METRICS_TYPE },
    });
  };
}
