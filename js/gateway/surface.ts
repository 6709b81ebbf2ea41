/**
 * What holds for every route: who may reach the gateway at all, and the headers of every answer.
 * A page in the user's browser must never be able to act through a gateway on the same machine.
 */
import type { MiddlewareHandler } from "hono";
import { classifyAddress } from "../engine.js";
import type { Connection, GatewayOptions } from "./options.js";
import { Refusal } from "./reply.js";
import type { AgentKey } from "./store/keys.js";

/** Hono environment of all routes. */
export type GatewayEnv = { Bindings: Connection; Variables: { host: string; agentId: string; caller: Caller | undefined } };

/** An agent with a key, and the header that it stands in. Agents on this machine are none while there are no keys. */
export interface Caller {
  key: AgentKey;
  header: string;
}

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Refuses foreign hosts, foreign origins and other sites (CSRF, DNS rebinding). */
export function surfaceGuard(options: Pick<GatewayOptions, "self" | "publicHosts">): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const allowed = allowedHosts(options);
    const { headers } = context.req.raw;
    const host = headers.get("host")?.toLowerCase() ?? "";
    refuseProxyForm(context.env.target, host, allowed);
    if (!allowed.has(host)) {
      throw new Refusal(
        403,
        "HOST_NOT_ALLOWED",
        "This Host is not a name of the gateway. Use localhost, or start it with --public-host NAME.",
      );
    }
    const origin = headers.get("origin");
    if (origin !== null && !isOwnOrigin(origin, allowed)) {
      throw new Refusal(403, "ORIGIN_NOT_ALLOWED", "Requests from other web origins are refused.");
    }
    const site = headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin" && site !== "none") {
      throw new Refusal(403, "ORIGIN_NOT_ALLOWED", "Requests from other web sites are refused.");
    }
    await next();
  };
}

/** A client that takes the gateway for an HTTP proxy writes the whole URL into the request line. */
function refuseProxyForm(target: string | undefined, host: string, allowed: ReadonlySet<string>): void {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target ?? "")?.[1]?.toLowerCase();
  if (authority === undefined || (authority === host && allowed.has(host))) return;
  throw new Refusal(
    400,
    "PROXY_FORM_UNSUPPORTED",
    "The gateway is no HTTP proxy for http: URLs. Call /proxy/http://HOST/ instead; https: URLs go through it with --connect HOST.",
  );
}

/** Adds the security headers; answers of upstreams bring their own type and are marked in the proxy. */
export const securityHeaders: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", CONTENT_SECURITY_POLICY);
  headers.set("x-frame-options", "DENY");
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
};

/** Whether the peer is on this machine. */
export function isLocalPeer({ peerAddress }: Pick<Connection, "peerAddress">): boolean {
  return peerAddress !== undefined && classifyAddress(peerAddress) === "loopback";
}

/** A form post cannot carry this type, so a page cannot make one without being asked first. */
export const requireJson: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, "JSON_REQUIRED", "Send 'Content-Type: application/json' and a JSON body.");
  }
  await next();
};

/** Host header values under which the gateway is known. */
function allowedHosts(options: Pick<GatewayOptions, "self" | "publicHosts">): Set<string> {
  const { port, host } = options.self();
  const names = ["localhost", "127.0.0.1", "[::1]"];
  if (host !== "" && host !== "0.0.0.0" && host !== "::") names.push(host.includes(":") ? `[${host}]` : host.toLowerCase());
  const allowed = new Set(names.map((name) => (port === 80 ? name : `${name}:${port}`)));
  for (const name of options.publicHosts ?? []) {
    allowed.add(name.toLowerCase());
    if (!/:\d+$/.test(name)) allowed.add(`${name.toLowerCase()}:${port}`);
  }
  return allowed;
}

function isOwnOrigin(origin: string, allowed: ReadonlySet<string>): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match?.[1] !== undefined && allowed.has(match[1]);
}
