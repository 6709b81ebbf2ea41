/** Approvals that are decided at another gateway, as the agents that wait for them see them here. */
import type { Context, Hono, Next } from "hono";
import { agentStopped, digestMismatch, notFound } from "../approval-refusals.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { HeldCall } from "../remote/held-calls.js";
import type { RemoteGateway } from "../remote/remote-gateway.js";
import { json } from "../reply.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AgentGuard } from "./agent-guard.js";
import { readObject } from "./read-object.js";

/** Adds the routes, before those of approvals here. */
export function remoteApprovalRoutes(
  app: Hono<GatewayEnv>,
  { remote, gatekeeper, store, agent }: { remote: RemoteGateway; gatekeeper: Gatekeeper; store: Store; agent: AgentGuard },
): void {
  /** Answers for a call that waits there and is this caller's; every other goes on. */
  const own = (answer: (id: string, held: HeldCall, context: Context<GatewayEnv>) => Promise<Response>) => {
    return async (context: Context<GatewayEnv>, next: Next) => {
      const id = context.req.param("id") ?? "";
      const held = remote.held.find(id);
      if (!held) return next();
      const key = context.get("caller")?.key;
      if (key && key.agentId !== held.agentLabel) throw notFound();
      if (await store.agents.isStopped(held.agentLabel)) throw agentStopped();
      return answer(id, held, context);
    };
  };

  app.get(
    "/v1/approvals/:id/status",
    agent,
    own(async (id) => json(200, await remote.held.status(id))),
  );
  app.post(
    "/v1/approvals/:id/consume",
    agent,
    requireJson,
    own(async (id, held, context) => {
      const { request_digest: stated } = await readObject(context.req.raw);
      if (held.clientDigest === undefined || stated !== held.clientDigest) throw digestMismatch();
      await remote.held.consume(id, held);
      await gatekeeper.usedElsewhere(id, held);
      return json(200, { approval_id: id, status: "executed" });
    }),
  );
}
