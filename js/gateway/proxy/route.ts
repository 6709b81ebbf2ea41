/** `/proxy/<upstream-url>`: for agents that name where they want to go in the path. */
import type { Context } from "hono";
import { claimedName } from "../agents/claimed-name.js";
import type { GatewayEnv } from "../surface.js";
import { type ExchangeParts, exchange } from "./exchange.js";
import { requestHeaders } from "./headers.js";
import { parseTarget, rawTarget } from "./target.js";
import { proxyWays } from "./ways.js";

/** Makes the route. */
export function proxyRoute(parts: ExchangeParts) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const raw = context.req.raw;
    const caller = context.get("caller");
    const agentId = caller?.key.agentId ?? claimedName(raw.headers);
    const find = () => {
      const { url, crossOriginRedirect } = parseTarget(rawTarget(context));
      // The gateway's own key is nothing to an upstream.
      const headers = requestHeaders(raw.headers, crossOriginRedirect).filter(([name]) => name !== caller?.header);
      return { url, headers, ways: (upstream: URL) => proxyWays(upstream, crossOriginRedirect) };
    };
    return exchange(context, { agentId, key: caller?.key, source: "proxy" }, find, parts);
  };
}
