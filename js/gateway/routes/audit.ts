/** `GET /v1/audit/head` and `POST /v1/backup`: what proves the record, and a copy of everything. */
import type { Hono } from "hono";
import { json } from "../reply.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";

/** Adds the routes. */
export function auditRoutes(app: Hono<GatewayEnv>, store: Store, admin: AdminGuard, now: () => number): void {
  app.get("/v1/audit/head", admin, async () => json(200, await store.auditHead(now())));

  app.post("/v1/backup", admin, requireJson, async () => {
    const copy = await store.backup(now());
    return json(201, { file: copy.file, bytes: copy.bytes });
  });
}
