/** The older protocol as a whole: what its routes work with, and the routes. */
import type { Hono } from "hono";
import { ConfigurationError } from "../../errors.js";
import type { Approvals } from "../approvals.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { GatewayOptions, Mode } from "../options.js";
import type { Forwarding } from "../proxy/forwarding.js";
import type { Responses } from "../responses.js";
import type { AdminGuard } from "../routes/admin-guard.js";
import { hmacSecretRoutes } from "../routes/hmac-secrets.js";
import { legacyRoutes } from "../routes/legacy.js";
import { legacyMcpRoutes } from "../routes/legacy-mcp.js";
import { serviceOf } from "../services.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import type { Catalogue } from "../tools/catalogue.js";
import type { Credentials } from "../tools/credentials.js";
import { LegacyCalls } from "./calls.js";
import { Destinations } from "./destination.js";
import { HeldCalls } from "./held-calls.js";
import { McpTools } from "./mcp-tools.js";
import { HmacSecrets } from "./secrets.js";
import { SignedRequests } from "./signed-requests.js";

/** What the gateway has already. */
export interface LegacyProtocolParts {
  options: Pick<GatewayOptions, "vault" | "toolUrls" | "legacyHmac">;
  store: Store;
  forwarding: Forwarding;
  gatekeeper: Gatekeeper;
  approvals: Approvals;
  catalogue: Catalogue;
  credentials: Credentials;
  responses: Responses;
  admin: AdminGuard;
  mode: Mode;
  now: () => number;
}

/**
 * Adds it, where it is asked for; else only what tells an administrator that it is off.
 *
 * @throws {ConfigurationError} without a vault: secrets and held calls are kept in nothing else.
 */
export function addLegacyProtocol(app: Hono<GatewayEnv>, parts: LegacyProtocolParts): void {
  const { options, store, forwarding, gatekeeper, approvals, credentials, responses, now } = parts;
  const { vault } = options;
  if (!options.legacyHmac) {
    hmacSecretRoutes(app, undefined, store, parts.admin);
    return;
  }
  if (!vault) throw new ConfigurationError("legacyHmac needs a vault, in which the secrets of agents are sealed.");
  const secrets = new HmacSecrets(store, vault, now);
  hmacSecretRoutes(app, secrets, store, parts.admin);
  const held = new HeldCalls(store, vault, now);
  const routes = {
    signed: new SignedRequests(secrets, store.legacy.nonces, now),
    destinations: new Destinations(options.toolUrls),
    calls: new LegacyCalls({
      ...{ forwarding, gatekeeper, approvals, credentials, responses, store, held },
      baseOf: (tool) => serviceOf(tool, options.toolUrls).base,
    }),
    ...{ approvals, store, mode: parts.mode, now },
  };
  legacyRoutes(app, routes);
  legacyMcpRoutes(app, new McpTools(parts.catalogue), routes);
}
