/** Which agent a request of an inbound route comes from. */
import type { Context } from "hono";
import { isInRange } from "../agents/address-range.js";
import type { AgentKeys } from "../agents/agent-keys.js";
import { claimedName } from "../agents/claimed-name.js";
import { keyIn, presentedKey } from "../agents/presented-key.js";
import { Refusal } from "../reply.js";
import type { InboundRoute } from "../store/inbound-routes.js";
import type { AgentKey } from "../store/keys.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";

const MAX_NAME_LENGTH = 200;

/** An agent, and its key if it has one. `header` is where the key stands. */
export interface RouteCaller {
  agentId: string;
  key: AgentKey | undefined;
  header: string | undefined;
}

/**
 * The agent. A key that is presented counts whatever the route says; without one, peers from the route's addresses are who
 * the route says they are.
 *
 * @throws {Refusal} 401 or 403.
 */
export async function callerOf(
  context: Context<GatewayEnv>,
  route: InboundRoute,
  keys: AgentKeys,
  store: Pick<Store, "keys" | "legacy">,
): Promise<RouteCaller> {
  const { headers } = context.req.raw;
  const { agent } = route;
  // Software that cannot be changed puts its key where the service wants one.
  const presented = presentedKey(headers) ?? route.headerNames.map((name) => keyIn(headers, name)).find(Boolean);
  const peer = context.env.peerAddress;
  const trusted = agent.by !== "key" && agent.allowFrom.some((range) => isInRange(peer ?? "", range));
  const key = presented === undefined && trusted ? undefined : await keys.identify(presented?.text, peer);
  if (key) return { agentId: key.agentId, key, header: presented?.header };
  const named = { key: undefined, header: presented?.header };
  if (agent.by === "fixed") return { ...named, agentId: agent.agentId };
  if (agent.by === "key") return { ...named, agentId: claimedName(headers) };
  const name = headers.get(agent.header) ?? "";
  if (name === "" || name.length > MAX_NAME_LENGTH) {
    throw new Refusal(401, "AGENT_UNNAMED", `This route asks agents for their name in the header ${agent.header}.`);
  }
  if ((await store.keys.anyFor(name)) || (await store.legacy.secrets.find(name)) !== undefined) {
    throw new Refusal(401, "KEY_REQUIRED", "The agent of this name has a key or a secret, and is nobody without it.", {
      "www-authenticate": "Bearer",
    });
  }
  return { ...named, agentId: name };
}
