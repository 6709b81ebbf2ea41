/** Grants: what was approved and is not used yet. The administrator lists them and takes them back. */
import type { Context, Hono } from "hono";
import type { Approvals } from "../approvals.js";
import { onlyKnown } from "../json-object.js";
import { json } from "../reply.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { approvalView } from "../views.js";
import type { AdminGuard } from "./admin-guard.js";
import { approvalId } from "./approval-id.js";
import { words } from "./fields.js";
import { Query } from "./query.js";
import { readObject } from "./read-object.js";

/** Adds the routes. A grant goes by the id of its approval. */
export function grantRoutes(app: Hono<GatewayEnv>, approvals: Approvals, admin: AdminGuard, now: () => number): void {
  app.get("/v1/grants", admin, async (context) => {
    const query = new Query(context.req.url, ["agent", "limit"]);
    const filter = { agent: query.text("agent"), limit: query.whole("limit", 1, 1000) ?? 200 };
    const list = await approvals.list({ status: "approved", ...filter });
    return json(200, { grants: list.map((approval) => ({ grant_id: approval.id, ...approvalView(approval, now()) })) });
  });

  const revoke = async (context: Context<GatewayEnv>, id: string) => {
    const fields = await readObject(context.req.raw);
    onlyKnown(fields, ["note", "reason"]);
    return json(200, approvalView(await approvals.revoke(approvalId(id), words(fields)), now()));
  };
  app.post("/v1/grants/:id/revoke", admin, requireJson, (context) => revoke(context, context.req.param("id")));
  app.delete("/v1/grants/:id", admin, (context) => revoke(context, context.req.param("id")));
}
