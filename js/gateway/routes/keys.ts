/** Routes by which the administrator makes, lists and revokes the keys of agents. */

import type { Hono } from "hono";
import { type AgentKeys, keyStatus } from "../agents/agent-keys.js";
import { iso } from "../iso-time.js";
import { json } from "../reply.js";
import type { AgentKey } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { ephemeralKey, liveKey } from "./new-key.js";
import { readObject } from "./read-object.js";

const MOST_LISTED = 1000;

/** Adds the routes. */
export function keyRoutes(app: Hono<GatewayEnv>, keys: AgentKeys, store: Store, admin: AdminGuard, now: () => number): void {
  const register = ({ agentId: id }: AgentKey) => store.agents.addActivity([{ id, at: now(), calls: 0, denied: 0 }]);

  app.post("/v1/keys", admin, requireJson, async (context) => {
    const { key, text } = await keys.create(liveKey(await readObject(context.req.raw)));
    await register(key);
    return json(201, { key: text, ...keyView(key, now()) });
  });

  app.post("/v1/keys/ephemeral", admin, requireJson, async (context) => {
    const { key, text } = await keys.create(ephemeralKey(await readObject(context.req.raw)));
    await register(key);
    return json(201, { key: text, ...keyView(key, now()) });
  });

  app.get("/v1/keys", admin, async () => {
    const list = await store.keys.list(MOST_LISTED);
    return json(200, { keys: list.map((key) => keyView(key, now())) });
  });

  const revoke = async (id: string) => json(200, keyView(await keys.revoke(id), now()));
  app.delete("/v1/keys/:id", admin, (context) => revoke(context.req.param("id")));
  app.post("/v1/keys/:id/revoke", admin, requireJson, (context) => revoke(context.req.param("id")));
}

/** A key as the administrator sees it: never its text, and never its hash. */
function keyView(key: AgentKey, now: number) {
  return {
    key_id: key.id,
    ...(key.kind === "ephemeral" ? { ephemeral_id: key.id } : {}),
    kind: key.kind,
    prefix: key.prefix,
    status: keyStatus(key, now),
    agent_id: key.agentId,
    agent_name: key.agentName,
    description: key.description,
    env_name: key.envName,
    ip_allowlist: key.ipAllowlist,
    scope: key.scope,
    created_at: iso(key.createdAt),
    expires_at: iso(key.expiresAt),
    revoked_at: iso(key.revokedAt),
    max_uses: key.maxUses,
    uses: key.maxUses === null ? null : key.uses,
  };
}
