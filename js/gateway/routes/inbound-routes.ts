/** Routes by which the administrator makes, lists, changes and removes inbound routes. */

import type { Hono } from "hono";
import type { InboundRoutes } from "../inbound/inbound-routes.js";
import { changedRoute, newRoute } from "../inbound/route-fields.js";
import { INBOUND_PREFIX } from "../inbound/target.js";
import { iso } from "../iso-time.js";
import { json } from "../reply.js";
import type { InboundRoute, InboundRouteStore } from "../store/inbound-routes.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { readObject } from "./read-object.js";

const MOST_LISTED = 1000;
/** Twenty headers of the greatest length, written as JSON. */
const MAX_BODY_BYTES = 256 * 1024;

/** Adds the routes. */
export function inboundRouteRoutes(
  app: Hono<GatewayEnv>,
  routes: InboundRoutes,
  store: InboundRouteStore,
  admin: AdminGuard,
): void {
  app.post("/v1/inbound-routes", admin, requireJson, async (context) =>
    json(201, routeView(await routes.create(newRoute(await readObject(context.req.raw, MAX_BODY_BYTES))))),
  );
  app.get("/v1/inbound-routes", admin, async () => json(200, { inbound_routes: (await store.list(MOST_LISTED)).map(routeView) }));
  app.patch("/v1/inbound-routes/:prefix", admin, requireJson, async (context) => {
    const wishes = changedRoute(await readObject(context.req.raw, MAX_BODY_BYTES));
    return json(200, routeView(await routes.change(context.req.param("prefix"), wishes)));
  });
  app.delete("/v1/inbound-routes/:prefix", admin, async (context) =>
    json(200, routeView(await routes.remove(context.req.param("prefix")))),
  );
}

/** A route as the administrator sees it: never what its headers hold. */
function routeView({ prefix, upstreamUrl, headerNames, tool, agent, createdAt, updatedAt }: InboundRoute) {
  const identified =
    agent.by === "key"
      ? { by: agent.by }
      : {
          by: agent.by,
          ...(agent.by === "fixed" ? { agent_id: agent.agentId } : { header: agent.header }),
          allow_from: agent.allowFrom,
        };
  return {
    prefix,
    path: `${INBOUND_PREFIX}${prefix}/`,
    upstream_url: upstreamUrl,
    header_names: headerNames,
    tool,
    agent: identified,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  };
}
