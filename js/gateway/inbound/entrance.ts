/**
 * `/inbound/<prefix>/<path>`: for agents that can only be told another base URL. The administrator has said where the
 * prefix leads; the gateway adds what it holds for there after the decision, so that the agent never has it.
 */
import type { Context } from "hono";
import type { AgentKeys } from "../agents/agent-keys.js";
import { presentedKey } from "../agents/presented-key.js";
import { type Destination, type ExchangeParts, exchange } from "../proxy/exchange.js";
import { requestHeaders } from "../proxy/headers.js";
import { rawTarget } from "../proxy/target.js";
import { destination, elsewhere, scopedCookie, type Ways } from "../proxy/ways.js";
import { serviceOf } from "../services.js";
import type { InboundRoute } from "../store/inbound-routes.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import type { InboundRoutes } from "./inbound-routes.js";
import { callerOf } from "./route-agent.js";
import { INBOUND_PREFIX, isBelow, prefixOf, urlBelow } from "./target.js";

/** What the route works with. */
export interface InboundParts extends ExchangeParts {
  routes: InboundRoutes;
  keys: AgentKeys;
  store: Store;
}

/** Makes the route. */
export function inboundRoute(parts: InboundParts) {
  const { routes, keys, store } = parts;
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const { headers } = context.req.raw;
    const target = rawTarget(context);
    const route = await routes.find(prefixOf(target)).catch(async (error: unknown) => {
      // Who may not ask at all is not told which routes there are.
      await keys.identify(presentedKey(headers)?.text, context.env.peerAddress);
      throw error;
    });
    const { agentId, key, header } = await callerOf(context, route, keys, store);
    const find = async (): Promise<Destination> => {
      const url = urlBelow(route.upstreamUrl, target);
      const added = await routes.addedHeaders(route);
      const replaced = new Set([header, ...route.headerNames, ...(route.agent.by === "header" ? [route.agent.header] : [])]);
      return {
        url,
        headers: requestHeaders(headers, false).filter(([name]) => !replaced.has(name)),
        added,
        allows: (changed) => isBelow(changed, route.upstreamUrl),
        ways: (upstream) => inboundWays(route, upstream),
        ...vendorReading(route, url),
      };
    };
    return exchange(context, { agentId, key, source: "inbound", approvedFor: `inbound:${route.prefix}` }, find, parts);
  };
}

/** The same call at the vendor of the route's tool, where the upstream is elsewhere: at the vendor's it is read as what it is. */
function vendorReading({ tool, upstreamUrl }: InboundRoute, url: URL): Pick<Destination, "vendorUrl"> {
  const vendor = tool === null ? undefined : serviceOf(tool).base;
  if (vendor === undefined || new URL(upstreamUrl).origin === new URL(vendor).origin) return {};
  return { vendorUrl: vendor + url.href.slice(upstreamUrl.length) };
}

/** Below the route's upstream by the route again; anywhere else by `/proxy/`, to which nothing is added. */
function inboundWays(route: InboundRoute, upstream: URL): Ways {
  const here = `${INBOUND_PREFIX}${route.prefix}`;
  const folder = new URL(route.upstreamUrl).pathname.replace(/\/$/, "");
  return {
    location: (value) => {
      const next = destination(value, upstream);
      if (!next) return value;
      if (!isBelow(next, route.upstreamUrl)) return elsewhere(next);
      return `${here}${next.pathname.slice(folder.length)}${next.search}${next.hash}`;
    },
    // A session that was opened with the gateway's credential is worth as much as that.
    cookie: (cookie) =>
      route.sealedHeaders === null
        ? scopedCookie(cookie, (path) => `${here}${path.startsWith(`${folder}/`) ? path.slice(folder.length) : "/"}`)
        : undefined,
  };
}
