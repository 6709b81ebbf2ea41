/** `POST /v1/a2a/scan`: decides a message that one agent wants to send to another. */
import type { Context } from "hono";
import { requestBody } from "../body.js";
import { newCall } from "../call.js";
import { recordedLabel } from "../recorded.js";
import type { AgentKey } from "../store/keys.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { parseA2aRequest } from "./a2a-request.js";
import { answer, decided, MAX_SCAN_BYTES, type ScanParts } from "./scan.js";

/** What the route works with. */
export interface A2aParts extends Omit<ScanParts, "remote"> {
  store: Store;
  now: () => number;
}

/** Makes the route. */
export function a2aScanRoute({ gatekeeper, admission, mode, store, now }: A2aParts) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const message = parseA2aRequest(await requestBody(context, MAX_SCAN_BYTES));
    const key = context.get("caller")?.key;
    const agentId = key?.agentId ?? message.agentId;
    const call = newCall(message.request, agentId, "a2a", mode);
    context.set("agentId", call.agentLabel);
    const reason = message.agentId === agentId ? await whyNotTo(message.to, key, store, now()) : "SENDER_MISMATCH";
    const refused = (await admission.refusal(call, key)) ?? (reason && (await gatekeeper.refuse(call, reason)));
    const outcome = refused || (await decided(gatekeeper, message, call));
    context.set("host", outcome.report.host);
    return answer(message, call, outcome);
  };
}

/**
 * Why nothing may be sent to an agent. The gateway is one tenant: whoever has a key here belongs to it, and no one else.
 * Two agents are in one environment where the sender's key and a key of the receiver name the same. While there are no
 * keys, agents are who they say they are, and all in one.
 */
async function whyNotTo(to: string, from: AgentKey | undefined, store: Store, now: number): Promise<string | undefined> {
  if (await store.agents.isStopped(recordedLabel(to))) return "RECEIVER_STOPPED";
  if (!from) return undefined;
  const keys = await store.keys.usableBy(to, now);
  if (keys.length === 0) return "CROSS_TENANT_MESSAGE";
  return keys.some((key) => key.envName === from.envName) ? undefined : "CROSS_ENVIRONMENT_MESSAGE";
}
