/** Middleware of the administrator's routes. */
import type { MiddlewareHandler } from "hono";
import { requireAdmin } from "../admin.js";
import type { GatewayEnv } from "../surface.js";

/** Lets only the administrator pass. */
export type AdminGuard = MiddlewareHandler<GatewayEnv>;

/** Makes the guard for a credential's hash. */
export function adminGuard(adminHash: string): AdminGuard {
  return async (context, next) => {
    await requireAdmin(context.req.raw, adminHash);
    await next();
  };
}
