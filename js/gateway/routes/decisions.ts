/** `GET /v1/decisions`: the decisions, newest first. */
import type { Context } from "hono";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { decisionView } from "../views.js";
import { jsonList } from "./json-list.js";
import { DECISIONS, Query } from "./query.js";

const PARAMETERS = ["decision", "agent", "tool", "trace_id", "since", "until", "after", "limit"];

/** Makes the route. */
export function decisionsRoute(store: Store) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const query = new Query(context.req.url, PARAMETERS);
    const limit = query.whole("limit", 1, 1000) ?? 100;
    const decisions = await store.listDecisions({
      decision: query.optional("decision", DECISIONS),
      agent: query.text("agent"),
      tool: query.text("tool"),
      traceId: query.text("trace_id"),
      since: query.time("since"),
      until: query.time("until"),
      after: query.whole("after", 1, Number.MAX_SAFE_INTEGER),
      limit,
    });
    return jsonList("decisions", decisions, limit, decisionView);
  };
}
