/** Middleware of the routes for agents. */
import type { MiddlewareHandler } from "hono";
import type { AgentKeys } from "../agents/agent-keys.js";
import { presentedKey } from "../agents/presented-key.js";
import type { GatewayEnv } from "../surface.js";

/** Lets only agents pass, and says which key they have. */
export type AgentGuard = MiddlewareHandler<GatewayEnv>;

/** Makes the guard. */
export function agentGuard(keys: AgentKeys): AgentGuard {
  return async (context, next) => {
    const presented = presentedKey(context.req.raw.headers);
    const key = await keys.identify(presented?.text, context.env.peerAddress);
    if (key && presented) {
      context.set("caller", { key, header: presented.header });
      context.set("agentId", key.agentId);
    }
    await next();
  };
}
