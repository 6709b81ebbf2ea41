/** `GET /v1/traces` and `GET /v1/traces/{id}`: what hangs on one call, in order. */
import type { Hono } from "hono";
import { entryView, traceView } from "../audit/views.js";
import { json, Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { Query } from "./query.js";

/** Adds the routes. */
export function traceRoutes(app: Hono<GatewayEnv>, store: Store, admin: AdminGuard): void {
  app.get("/v1/traces", admin, async (context) => {
    const query = new Query(context.req.url, ["limit", "after"]);
    const limit = query.whole("limit", 1, 1000) ?? 100;
    const traces = await store.listTraces(limit, query.whole("after", 1, Number.MAX_SAFE_INTEGER));
    const last = traces.length === limit ? traces.at(-1) : undefined;
    return json(200, { traces: traces.map(traceView), next: last?.seq ?? null });
  });

  app.get("/v1/traces/:id", admin, async (context) => {
    const id = context.req.param("id");
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
      throw new Refusal(400, "INVALID_TRACE_ID", "The trace id must be the UUID that the scan answered with.");
    }
    const entries = await store.readTrace(id);
    if (entries.length === 0) throw new Refusal(404, "TRACE_NOT_FOUND", "There is no trace with this id in the record.");
    return json(200, { trace_id: id, records: entries.map(entryView) });
  });
}
