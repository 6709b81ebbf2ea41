/** `GET /v1/decisions`: the record, newest first. */
import type { Context } from "hono";
import { jsonText, Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { decisionView } from "../views.js";

/** Characters of one answer: agents decide how much there is to say about their calls. */
const MAX_LIST_LENGTH = 4 * 1024 * 1024;

/** Makes the route. The oldest are left out when there is too much to say; `truncated` tells. */
export function decisionsRoute(store: Store) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const limit = Number(context.req.query("limit") ?? 100);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
      throw new Refusal(400, "INVALID_REQUEST", "'limit' must be a whole number from 1 to 1000.");
    }
    const decisions = await store.listDecisions(limit);
    const shown: string[] = [];
    let length = 0;
    for (const decision of decisions) {
      const text = JSON.stringify(decisionView(decision));
      length += text.length;
      if (length > MAX_LIST_LENGTH) break;
      shown.push(text);
    }
    return jsonText(200, `{"decisions":[${shown.join(",")}],"truncated":${shown.length < decisions.length}}`);
  };
}
