/** `GET /v1/audit`, `GET /v1/audit/head` and `POST /v1/backup`: the record, what proves it, and a copy of everything. */
import type { Hono } from "hono";
import { ConfigurationError } from "../../errors.js";
import { entryView } from "../audit/views.js";
import { json, Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { jsonList } from "./json-list.js";
import { Query } from "./query.js";

/** Adds the routes. */
export function auditRoutes(app: Hono<GatewayEnv>, store: Store, admin: AdminGuard, now: () => number): void {
  app.get("/v1/audit", admin, async (context) => {
    const query = new Query(context.req.url, ["kind", "since", "until", "after", "limit"]);
    const limit = query.whole("limit", 1, 1000) ?? 100;
    const entries = await store.listEntries({
      kind: query.text("kind"),
      since: query.time("since"),
      until: query.time("until"),
      after: query.whole("after", 1, Number.MAX_SAFE_INTEGER),
      limit,
    });
    return jsonList("entries", entries, limit, entryView);
  });

  app.get("/v1/audit/head", admin, async () => json(200, await store.auditHead(now())));

  app.post("/v1/backup", admin, requireJson, async () => {
    try {
      const { file, bytes } = await store.backup(now());
      return json(201, { file, bytes });
    } catch (error) {
      if (error instanceof ConfigurationError) throw new Refusal(409, "BACKUP_UNAVAILABLE", error.message);
      throw error;
    }
  });
}
