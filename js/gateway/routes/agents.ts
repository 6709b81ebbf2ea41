/** Routes by which the administrator looks at agents, stops them, and lets them go on. */
import type { Hono } from "hono";
import type { Agents } from "../agents/agents.js";
import { recordedLabel } from "../recorded.js";
import { json } from "../reply.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { note } from "./fields.js";
import { readObject } from "./read-object.js";

/** Adds the routes. */
export function agentRoutes(app: Hono<GatewayEnv>, agents: Agents, admin: AdminGuard): void {
  app.get("/v1/agents", admin, async () => json(200, { agents: await agents.list() }));

  app.post("/v1/agents/:id/stop", admin, requireJson, async (context) => {
    const told = note(await readObject(context.req.raw));
    return json(200, await agents.stop(recordedLabel(context.req.param("id")), told));
  });

  app.post("/v1/agents/:id/start", admin, requireJson, async (context) =>
    json(200, await agents.start(recordedLabel(context.req.param("id")))),
  );
}
