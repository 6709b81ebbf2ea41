/** `GET /v1/decisions`: the decisions, newest first. */
import type { Context } from "hono";
import { jsonText } from "../reply.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { decisionView } from "../views.js";
import { Query } from "./query.js";

/** Characters of one answer: agents decide how much there is to say about their calls. */
const MAX_LIST_LENGTH = 4 * 1024 * 1024;
const PARAMETERS = ["decision", "agent", "tool", "trace_id", "since", "until", "after", "limit"];

/** Makes the route. The oldest are left out when there is too much to say; `truncated` tells, and `next` is the `after` that goes on. */
export function decisionsRoute(store: Store) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const query = new Query(context.req.url, PARAMETERS);
    const limit = query.whole("limit", 1, 1000) ?? 100;
    const decisions = await store.listDecisions({
      decision: query.decision("decision"),
      agent: query.text("agent"),
      tool: query.text("tool"),
      traceId: query.text("trace_id"),
      since: query.time("since"),
      until: query.time("until"),
      after: query.whole("after", 1, Number.MAX_SAFE_INTEGER),
      limit,
    });
    const shown: string[] = [];
    let length = 0;
    for (const decision of decisions) {
      const text = JSON.stringify(decisionView(decision));
      length += text.length;
      // One is always shown: it is what the next page goes on behind.
      if (length > MAX_LIST_LENGTH && shown.length > 0) break;
      shown.push(text);
    }
    const truncated = shown.length < decisions.length;
    const last = truncated || shown.length === limit ? decisions[shown.length - 1] : undefined;
    return jsonText(200, `{"decisions":[${shown.join(",")}],"truncated":${truncated},"next":${last?.seq ?? null}}`);
  };
}
