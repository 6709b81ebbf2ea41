/** Every route, and who may use it. */
import type { Hono } from "hono";
import { inboundRoute } from "../inbound/entrance.js";
import { InboundRoutes } from "../inbound/inbound-routes.js";
import { addLegacyProtocol } from "../legacy/protocol.js";
import type { GatewayParts } from "../parts.js";
import { proxyRoute } from "../proxy/route.js";
import { json } from "../reply.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { a2aScanRoute } from "./a2a-scan.js";
import { agentRoutes } from "./agents.js";
import { approvalRoutes } from "./approvals.js";
import { auditRoutes } from "./audit.js";
import { consoleRoutes } from "./console.js";
import { credentialRoutes } from "./credentials.js";
import { decisionsRoute } from "./decisions.js";
import { exportRoute } from "./export.js";
import { grantRoutes } from "./grants.js";
import { inboundRouteRoutes } from "./inbound-routes.js";
import { inboxRoutes } from "./inbox.js";
import { keyRoutes } from "./keys.js";
import { metricsRoute } from "./metrics.js";
import { openApiRoute } from "./openapi.js";
import { policyRoutes } from "./policies.js";
import { rateLimit, usageRoute } from "./rate-limit.js";
import { remoteApprovalRoutes } from "./remote-approvals.js";
import { scanRoute } from "./scan.js";
import { scanResponseRoute } from "./scan-response.js";
import { settingsRoute } from "./settings.js";
import { slackRoutes } from "./slack.js";
import { statisticsRoute } from "./statistics.js";
import { toolRoute } from "./tools.js";
import { traceRoutes } from "./traces.js";

/** Adds them. */
export function addRoutes(app: Hono<GatewayEnv>, parts: GatewayParts): void {
  const { options, agent, activity, scans, notifications } = parts;
  const counted = rateLimit(scans, (served) => activity.scan(served));

  app.get("/health", () => json(200, { status: "ok", mode: options.mode, policy_version: parts.engine.policyVersion }));
  app.get("/openapi.json", openApiRoute());
  addScans(app, parts, counted);
  addCalls(app, parts, counted);
  // The first of two routes answers.
  if (options.remote) remoteApprovalRoutes(app, { ...parts, remote: options.remote, store: options.store, agent });
  addPeople(app, parts);
  addRecord(app, parts);
  slackRoutes(app, notifications.slack);
  app.get("/metrics", metricsRoute(parts.metrics, options.store, parts.admin));
  consoleRoutes(app, options.consoleFile);
}

type Counted = ReturnType<typeof rateLimit>;

/** Calls that their clients make. */
function addScans(app: Hono<GatewayEnv>, parts: GatewayParts, counted: Counted): void {
  const { agent, options, looked, responses } = parts;
  const { mode, remote, store, now } = options;
  app.post("/v1/scan", agent, requireJson, counted, scanRoute({ ...parts, mode, remote }));
  app.post("/v1/a2a/scan", agent, requireJson, counted, a2aScanRoute({ ...parts, mode, store, now }));
  app.post("/v1/scan/response", agent, requireJson, rateLimit(responses), scanResponseRoute(looked, store));
}

/** Calls that the gateway makes. */
function addCalls(app: Hono<GatewayEnv>, parts: GatewayParts, counted: Counted): void {
  const { agent, admin, options, catalogue, credentials, keys, addressRules } = parts;
  const { mode, maxBodyBytes, store, now, vault } = options;
  const exchange = { ...parts, mode, maxBodyBytes };
  const proxy = proxyRoute(exchange);
  for (const path of ["/proxy", "/proxy/*", "/proxy-redirect", "/proxy-redirect/*"]) app.all(path, agent, proxy);

  const routes = new InboundRoutes({ store: store.inboundRoutes, vault, addressRules, now });
  inboundRouteRoutes(app, routes, store.inboundRoutes, admin);
  const inbound = inboundRoute({ ...exchange, routes, keys, store });
  for (const path of ["/inbound", "/inbound/*"]) app.all(path, inbound);

  const tool = toolRoute({ ...exchange, responses: parts.looked });
  app.post("/v1/tools/:tool/:operation", agent, requireJson, counted, tool);
  credentialRoutes(app, catalogue, credentials, admin);
  addLegacyProtocol(app, { ...parts, responses: parts.looked, store, mode, now });
}

/** Who decides, and about whom. */
function addPeople(app: Hono<GatewayEnv>, parts: GatewayParts): void {
  const { admin, approvals, agents, keys, policies, engine, options } = parts;
  const { store, mode, now } = options;
  approvalRoutes(app, { ...parts, store, mode, now });
  inboxRoutes(app, approvals, admin, now);
  grantRoutes(app, approvals, admin, now);
  keyRoutes(app, keys, store, admin, now);
  agentRoutes(app, agents, admin);
  policyRoutes(app, { policies, live: engine, store, admin, now });
}

/** What there is to look at. */
function addRecord(app: Hono<GatewayEnv>, parts: GatewayParts): void {
  const { admin, scans, activity, hub, engine, options } = parts;
  const { store, now } = options;
  app.get("/v1/usage", admin, usageRoute(scans, activity));
  app.get("/v1/decisions", admin, decisionsRoute(store));
  app.get("/v1/decisions/export", admin, exportRoute(store));
  app.get("/v1/statistics", admin, statisticsRoute(store, now));
  app.get(
    "/v1/settings",
    admin,
    settingsRoute(options, () => engine.policyVersion),
  );
  traceRoutes(app, store, admin);
  auditRoutes(app, store, admin, now);
  app.get("/v1/events", admin, () => hub.stream());
}
