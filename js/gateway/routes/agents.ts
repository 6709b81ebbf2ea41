/** Routes by which the administrator looks at agents, stops them, and lets them go on. */
import type { Hono } from "hono";
import { redactText } from "../../engine.js";
import type { Agents } from "../agents/agents.js";
import { recordedLabel } from "../recorded.js";
import { invalid, json } from "../reply.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { readObject } from "./read-object.js";

const MAX_NOTE_LENGTH = 1000;

/** Adds the routes. */
export function agentRoutes(app: Hono<GatewayEnv>, agents: Agents, admin: AdminGuard): void {
  app.get("/v1/agents", admin, async () => json(200, { agents: await agents.list() }));

  app.post("/v1/agents/:id/stop", admin, requireJson, async (context) => {
    const { note = null } = await readObject(context.req.raw);
    if (note !== null && (typeof note !== "string" || note.length > MAX_NOTE_LENGTH))
      throw invalid("note", `must be a text of at most ${MAX_NOTE_LENGTH} characters`);
    return json(200, await agents.stop(recordedLabel(context.req.param("id")), note === null ? null : redactText(note)));
  });

  app.post("/v1/agents/:id/start", admin, requireJson, async (context) =>
    json(200, await agents.start(recordedLabel(context.req.param("id")))),
  );
}
