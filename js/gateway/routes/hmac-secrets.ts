/** Routes by which the administrator makes, lists and revokes the secrets that agents sign with. */

import type { Hono } from "hono";
import { iso } from "../iso-time.js";
import type { HmacSecrets } from "../legacy/secrets.js";
import { invalid, json, Refusal } from "../reply.js";
import type { HmacSecret } from "../store/hmac-secrets.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { readObject } from "./read-object.js";

const MOST_LISTED = 1000;

/** Adds the routes. Without `secrets` the older protocol is off. */
export function hmacSecretRoutes(app: Hono<GatewayEnv>, secrets: HmacSecrets | undefined, store: Store, admin: AdminGuard): void {
  const settled = () => {
    if (secrets) return secrets;
    throw new Refusal(
      409,
      "LEGACY_HMAC_OFF",
      "No request is signed with such a secret here: start the gateway with --legacy-hmac.",
    );
  };

  app.post("/v1/agents/:id/hmac-secret", admin, requireJson, async (context) => {
    const [unknown] = Object.keys(await readObject(context.req.raw));
    if (unknown !== undefined) throw invalid(unknown, "is not known here; the secret is made by the gateway");
    const { secret, text } = await settled().create(context.req.param("id"));
    return json(201, { secret: text, ...secretView(secret) });
  });

  app.get("/v1/hmac-secrets", admin, async () =>
    json(200, { hmac_secrets: (await store.legacy.secrets.list(MOST_LISTED)).map(secretView) }),
  );

  const revoke = async (agentId: string) => json(200, secretView(await settled().revoke(agentId)));
  app.delete("/v1/agents/:id/hmac-secret", admin, (context) => revoke(context.req.param("id")));
  app.post("/v1/agents/:id/hmac-secret/revoke", admin, requireJson, (context) => revoke(context.req.param("id")));
}

function secretView({ id, agentId, createdAt, revokedAt }: HmacSecret) {
  return {
    secret_id: id,
    agent_id: agentId,
    status: revokedAt === null ? "active" : "revoked",
    created_at: iso(createdAt),
    revoked_at: iso(revokedAt),
  };
}
