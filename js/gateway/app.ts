/** The gateway as one web-standard application: a request in, a response out. */
import { Hono } from "hono";
import { Activity } from "./agents/activity.js";
import { Admission } from "./agents/admission.js";
import { AgentKeys } from "./agents/agent-keys.js";
import { Agents } from "./agents/agents.js";
import { Recollection } from "./agents/recollection.js";
import { SlidingWindow } from "./agents/sliding-window.js";
import { Approvals } from "./approvals.js";
import { EventHub } from "./events.js";
import { Gatekeeper } from "./gatekeeper.js";
import { inboundRoute } from "./inbound/entrance.js";
import { InboundRoutes } from "./inbound/inbound-routes.js";
import { addLegacyProtocol } from "./legacy/protocol.js";
import { Metrics } from "./metrics.js";
import { Notifications } from "./notify/notifications.js";
import { Outbound } from "./notify/outbound.js";
import {
  type Connection,
  DEFAULT_ENVIRONMENT,
  DEFAULT_LIFETIMES,
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_PROMPT_LIMIT,
  DEFAULT_RATE_LIMIT,
  DEFAULT_UPSTREAM_TIMEOUT_MS,
  type GatewayOptions,
  LARGEST_MAX_BODY_BYTES,
  LEAST_RETAIN_MS,
  type RequestLogEntry,
} from "./options.js";
import { LiveEngine } from "./policies/live-engine.js";
import { Policies } from "./policies/policies.js";
import type { AddressRules } from "./proxy/addresses.js";
import { Forwarding } from "./proxy/forwarding.js";
import { resolveWithSystem } from "./proxy/resolve.js";
import { proxyRoute } from "./proxy/route.js";
import { Upstreams } from "./proxy/upstream.js";
import { decisionHeaders, json, Refusal } from "./reply.js";
import { requestLog } from "./request-log.js";
import { Responses } from "./responses.js";
import { Retention } from "./retention.js";
import { a2aScanRoute } from "./routes/a2a-scan.js";
import { adminGuard } from "./routes/admin-guard.js";
import { agentGuard } from "./routes/agent-guard.js";
import { agentRoutes } from "./routes/agents.js";
import { approvalRoutes } from "./routes/approvals.js";
import { auditRoutes } from "./routes/audit.js";
import { consoleRoutes } from "./routes/console.js";
import { credentialRoutes } from "./routes/credentials.js";
import { decisionsRoute } from "./routes/decisions.js";
import { exportRoute } from "./routes/export.js";
import { grantRoutes } from "./routes/grants.js";
import { inboundRouteRoutes } from "./routes/inbound-routes.js";
import { inboxRoutes } from "./routes/inbox.js";
import { keyRoutes } from "./routes/keys.js";
import { metricsRoute } from "./routes/metrics.js";
import { openApiRoute } from "./routes/openapi.js";
import { policyRoutes } from "./routes/policies.js";
import { rateLimit, usageRoute } from "./routes/rate-limit.js";
import { remoteApprovalRoutes } from "./routes/remote-approvals.js";
import { scanRoute } from "./routes/scan.js";
import { scanResponseRoute } from "./routes/scan-response.js";
import { settingsRoute } from "./routes/settings.js";
import { slackRoutes } from "./routes/slack.js";
import { statisticsRoute } from "./routes/statistics.js";
import { toolRoute } from "./routes/tools.js";
import { traceRoutes } from "./routes/traces.js";
import { StoreError } from "./store/store.js";
import { type GatewayEnv, requireJson, securityHeaders, surfaceGuard } from "./surface.js";
import { Catalogue } from "./tools/catalogue.js";
import { Credentials } from "./tools/credentials.js";
import { tunnelHosts } from "./tunnel/hosts.js";
import { DEFAULT_TUNNEL_LIMITS, type Tunnel, type TunnelRequest, Tunnels } from "./tunnel/tunnels.js";

/** A running gateway, without its listener. */
export interface Gateway {
  /** Answers one request. Never throws. Without a peer address in `connection` only the console and the administrator are served. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Decides a `CONNECT`; rejects with a `Refusal` that is its answer. */
  tunnel(request: TunnelRequest): Promise<Tunnel>;
  /** Puts the policies in force that were applied before; the first request does as well. Rejects where they cannot be used. */
  open(): Promise<void>;
  /** Expires overdue approvals, tells live listeners, drops what is too old to be kept; call it every few seconds. */
  sweep(): Promise<void>;
  /** Writes down counts and what the engine remembers; call it now and then, and once after the last request. */
  keep(): Promise<void>;
  /** Ends live streams and tunnels now, and upstream connections once their answers have ended. The store stays open. */
  close(): Promise<void>;
}

/**
 * Makes the application. Throws a `RangeError` for a number out of range, and a `ConfigurationError` for a memory that is not
 * the engine's, a tool's URL that is none, Slack or webhooks that cannot be used, and `legacyHmac` without a vault.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const engine = new LiveEngine(options.engine);
  const { store, mode = "enforce", now = Date.now, maxBodyBytes = DEFAULT_MAX_BODY_BYTES, storeBodies = "none" } = options;
  inRange("maxBodyBytes", maxBodyBytes, LARGEST_MAX_BODY_BYTES);
  const promptLimit = inRange("promptLimit", options.promptLimit ?? DEFAULT_PROMPT_LIMIT, 1000);
  const perMinute = inRange("rateLimit", options.rateLimit ?? DEFAULT_RATE_LIMIT, 1_000_000);
  if (!(options.retainMs === undefined || options.retainMs >= LEAST_RETAIN_MS)) {
    throw new RangeError(`retainMs must be at least ${LEAST_RETAIN_MS}`);
  }
  const upstreamTimeoutMs = options.upstreamTimeoutMs ?? DEFAULT_UPSTREAM_TIMEOUT_MS;
  const metrics = new Metrics();
  const hub = new EventHub((event) => {
    metrics.event(event);
    // Nobody is told of calls that go.
    if (event.type === "approval" || (event.data as { decision?: string }).decision === "DENY") notifications.wake();
  });
  const [scans, responses] = [new SlidingWindow(perMinute, now), new SlidingWindow(perMinute, now)];
  const recollection = new Recollection({ ...options, engine }, now);
  const activity = new Activity(store, now);
  const lifetimes = { ...DEFAULT_LIFETIMES, ...options.lifetimes };
  const approvals = new Approvals({ store, hub, lifetimes, promptLimit, recollection, engine, now });
  const gatekeeper = new Gatekeeper({
    ...{ engine, store, approvals, activity, recollection, hub, storeBodies, now },
    remote: options.remote,
  });
  const policies = new Policies({
    ...{ store, approvals, now, live: engine, engineWith: options.engineWith },
    environment: options.environment ?? DEFAULT_ENVIRONMENT,
    files: options.policyFiles ?? [],
  });
  const keys = new AgentKeys(store, now);
  const admission = new Admission(gatekeeper, keys, store);
  const retention = new Retention(store, options.retainMs, now);
  const upstreams = new Upstreams(upstreamTimeoutMs, options.connect);
  const addressRules = (): AddressRules => ({
    self: options.self(),
    allowPrivate: options.allowPrivate ?? [],
    publicHosts: options.publicHosts ?? [],
    resolve: options.resolve ?? resolveWithSystem,
  });
  const looked = new Responses(engine, store, now);
  const catalogue = new Catalogue(options.toolUrls);
  const credentials = new Credentials(store.credentials, options.vault, now);
  const approvalUrl = (id: string) => `${consoleUrl(options)}#approval=${id}`;
  const notifications = new Notifications({
    ...{ options, approvals, approvalUrl, now, outbound: new Outbound(upstreams, addressRules) },
    count: (channel, outcome) => metrics.notified(channel, outcome),
  });
  const admin = adminGuard(options.adminHash);
  const agent = agentGuard(keys);

  const onRequest = (entry: RequestLogEntry) => {
    metrics.request(entry);
    options.onRequest?.(entry);
  };

  const app = new Hono<GatewayEnv>();
  app.use("*", securityHeaders, requestLog(onRequest, now), surfaceGuard(options));
  app.get("/health", () => json(200, { status: "ok", mode, policy_version: engine.policyVersion }));
  app.get("/openapi.json", openApiRoute());
  app.post(
    "/v1/scan",
    agent,
    requireJson,
    rateLimit(scans, (served) => activity.scan(served)),
    scanRoute({ gatekeeper, admission, mode, approvalUrl, remote: options.remote }),
  );
  app.post(
    "/v1/a2a/scan",
    agent,
    requireJson,
    rateLimit(scans, (served) => activity.scan(served)),
    a2aScanRoute({ gatekeeper, admission, mode, approvalUrl, remote: options.remote, store, now }),
  );
  app.post("/v1/scan/response", agent, requireJson, rateLimit(responses), scanResponseRoute(looked, store));
  if (options.remote) remoteApprovalRoutes(app, { remote: options.remote, gatekeeper, store, agent });
  approvalRoutes(app, { approvals, store, recollection, admin, agent, engine, mode, now });
  inboxRoutes(app, approvals, admin, now);
  grantRoutes(app, approvals, admin, now);
  keyRoutes(app, keys, store, admin, now);
  const tunnels = new Tunnels({
    ...{ gatekeeper, admission, keys, store, addressRules, mode, approvalUrl, now },
    hosts: tunnelHosts(options.tunnelHosts ?? []),
    limits: { ...DEFAULT_TUNNEL_LIMITS, ...options.tunnelLimits },
  });
  agentRoutes(app, new Agents(store, approvals, activity, recollection, now, (label) => tunnels.cut(label)), admin);
  policyRoutes(app, { policies, live: engine, store, admin, now });
  app.get("/v1/usage", admin, usageRoute(scans, activity));
  app.get("/v1/decisions", admin, decisionsRoute(store));
  app.get("/v1/decisions/export", admin, exportRoute(store));
  app.get("/v1/statistics", admin, statisticsRoute(store, now));
  app.get(
    "/v1/settings",
    admin,
    settingsRoute(store, {
      ...{ version: options.version ?? null, mode, policyVersion: () => engine.policyVersion, startedAt: now(), lifetimes },
      limits: {
        max_body_bytes: maxBodyBytes,
        scans_per_minute: perMinute,
        prompts_per_minute: promptLimit,
        upstream_timeout_ms: upstreamTimeoutMs,
      },
      ...{ retainMs: options.retainMs ?? null, storeBodies },
      ...{ memory: options.memory !== undefined, vault: options.vault !== undefined },
      ...{ allowPrivate: options.allowPrivate ?? [], publicHosts: options.publicHosts ?? [], toolUrls: options.toolUrls ?? {} },
    }),
  );
  traceRoutes(app, store, admin);
  auditRoutes(app, store, admin, now);
  app.get("/metrics", metricsRoute(metrics, store, admin));
  app.get("/v1/events", admin, () => hub.stream());
  const forwarding = new Forwarding({ gatekeeper, admission, upstreams, addressRules });
  const exchange = { gatekeeper, forwarding, addressRules, mode, maxBodyBytes, approvalUrl };
  const proxy = proxyRoute(exchange);
  for (const path of ["/proxy", "/proxy/*", "/proxy-redirect", "/proxy-redirect/*"]) app.all(path, agent, proxy);
  app.post(
    "/v1/tools/:tool/:operation",
    agent,
    requireJson,
    rateLimit(scans, (served) => activity.scan(served)),
    toolRoute({
      ...{ gatekeeper, forwarding, catalogue, credentials, responses: looked, addressRules },
      ...{ mode, maxBodyBytes, approvalUrl },
    }),
  );
  credentialRoutes(app, catalogue, credentials, admin);
  slackRoutes(app, notifications.slack);
  const routes = new InboundRoutes({ store: store.inboundRoutes, vault: options.vault, addressRules, now });
  inboundRouteRoutes(app, routes, store.inboundRoutes, admin);
  const inbound = inboundRoute({ ...exchange, routes, keys, keyStore: store.keys });
  for (const path of ["/inbound", "/inbound/*"]) app.all(path, inbound);
  addLegacyProtocol(app, {
    ...{ options, store, forwarding, gatekeeper, approvals, catalogue, credentials, responses: looked },
    ...{ admin, mode, approvalUrl, now },
  });
  consoleRoutes(app, options.consoleFile);

  app.notFound(() =>
    new Refusal(
      404,
      "NOT_FOUND",
      "There is no such route. The console is at /, the API below /v1/, the proxy below /proxy/.",
    ).toResponse(),
  );
  app.onError((error) => toResponse(error));

  return {
    tunnel: async (request) => {
      await policies.open();
      return tunnels.request(request);
    },
    fetch: async (request, connection = {}) => {
      try {
        await policies.open();
      } catch (error) {
        return toResponse(error);
      }
      return app.fetch(request, connection);
    },
    open: () => policies.open(),
    sweep: async () => {
      await approvals.expireOverdue();
      notifications.wake();
      await retention.sweep();
      await tunnels.sweep();
    },
    keep: async () => {
      await activity.keep();
      await recollection.keep();
    },
    close: async () => {
      hub.close();
      await notifications.close();
      tunnels.close();
      await upstreams.close();
    },
  };
}

function inRange(name: string, value: number, most: number): number {
  if (value >= 1 && value <= most) return value;
  throw new RangeError(`${name} must be between 1 and ${most}`);
}

/** Address of the console, as a person opens it. */
export function consoleUrl(options: Pick<GatewayOptions, "self" | "publicHosts">): string {
  const { port } = options.self();
  const [name = "localhost"] = options.publicHosts ?? [];
  return `http://${/:\d+$/.test(name) ? name : `${name}:${port}`}/`;
}

function toResponse(error: unknown): Response {
  if (error instanceof Refusal) return error.toResponse();
  const refusal =
    error instanceof StoreError
      ? new Refusal(
          503,
          "AUDIT_UNAVAILABLE",
          "The decision could not be recorded, so the call was refused. Check the disk of the data directory.",
        )
      : new Refusal(500, "GATEWAY_INTERNAL_ERROR", "The gateway failed on this request and refused it.");
  const response = refusal.toResponse();
  for (const [name, value] of Object.entries(decisionHeaders("DENY", crypto.randomUUID(), [refusal.code])))
    response.headers.set(name, value);
  return response;
}
