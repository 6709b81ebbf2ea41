/** The parts of a gateway, put together. */
import { Activity } from "./agents/activity.js";
import { Admission } from "./agents/admission.js";
import { AgentKeys } from "./agents/agent-keys.js";
import { Agents } from "./agents/agents.js";
import { Recollection } from "./agents/recollection.js";
import { SlidingWindow } from "./agents/sliding-window.js";
import { Approvals } from "./approvals.js";
import { EventHub } from "./events.js";
import { Gatekeeper } from "./gatekeeper.js";
import { Metrics } from "./metrics.js";
import { Notifications } from "./notify/notifications.js";
import { Outbound } from "./notify/outbound.js";
import type { GatewayOptions } from "./options.js";
import { LiveEngine } from "./policies/live-engine.js";
import { Policies } from "./policies/policies.js";
import type { AddressRules } from "./proxy/addresses.js";
import { Forwarding } from "./proxy/forwarding.js";
import { Upstreams } from "./proxy/upstream.js";
import { publicOrigin } from "./public-url.js";
import { Responses } from "./responses.js";
import { Retention } from "./retention.js";
import { adminGuard } from "./routes/admin-guard.js";
import { agentGuard } from "./routes/agent-guard.js";
import type { SettledOptions } from "./settled.js";
import { Catalogue } from "./tools/catalogue.js";
import { Credentials } from "./tools/credentials.js";
import { tunnelHosts } from "./tunnel/hosts.js";
import { DEFAULT_TUNNEL_LIMITS, Tunnels } from "./tunnel/tunnels.js";

/** What the routes work with. */
export type GatewayParts = ReturnType<typeof assemble>;

/** Puts the parts together. Throws a `ConfigurationError` for options that cannot be used. */
export function assemble(options: SettledOptions) {
  const { store, mode, now, lifetimes, promptLimit, storeBodies, remote } = options;
  const engine = new LiveEngine(options.engine);
  const metrics = new Metrics();
  const hub = new EventHub((event) => {
    metrics.event(event);
    // Nobody is told of calls that go.
    if (event.type === "approval" || (event.data as { decision?: string }).decision === "DENY") notifications.wake();
  });
  const recollection = new Recollection({ ...options, engine }, now);
  const activity = new Activity(store, now);
  const approvals = new Approvals({ store, hub, lifetimes, promptLimit, recollection, engine, now });
  const approvalUrl = (id: string) => `${consoleUrl(options)}#approval=${id}`;
  const gatekeeper = new Gatekeeper({
    ...{ engine, store, approvals, activity, recollection, hub, remote, approvalUrl, storeBodies, now },
  });
  const keys = new AgentKeys(store, now);
  const admission = new Admission(gatekeeper, keys, store);
  const upstreams = new Upstreams(options.upstreamTimeoutMs, options.connect);
  const addressRules = (): AddressRules => ({
    self: options.self(),
    allowPrivate: options.allowPrivate,
    publicHosts: options.publicHosts,
    resolve: options.resolve,
  });
  const notifications = new Notifications({
    ...{ options, approvals, approvalUrl, now, outbound: new Outbound(upstreams, addressRules) },
    count: (channel, outcome) => metrics.notified(channel, outcome),
  });
  const tunnels = new Tunnels({
    ...{ gatekeeper, admission, keys, store, addressRules, mode, now },
    hosts: tunnelHosts(options.tunnelHosts ?? []),
    limits: { ...DEFAULT_TUNNEL_LIMITS, ...options.tunnelLimits },
  });
  return {
    ...{ options, engine, metrics, hub, recollection, activity, approvals, gatekeeper, keys, admission, upstreams },
    ...{ addressRules, notifications, tunnels },
    admin: adminGuard(options.adminHash),
    agent: agentGuard(keys),
    policies: new Policies({
      ...{ store, approvals, now, live: engine, engineWith: options.engineWith },
      ...{ environment: options.environment, files: options.policyFiles },
    }),
    agents: new Agents(store, approvals, activity, recollection, now, (label) => tunnels.cut(label)),
    retention: new Retention(store, options.retainMs, now),
    forwarding: new Forwarding({ gatekeeper, admission, upstreams, addressRules }),
    looked: new Responses(engine, store, now),
    catalogue: new Catalogue(options.toolUrls),
    credentials: new Credentials(store.credentials, options.vault, now),
    scans: new SlidingWindow(options.rateLimit, now),
    responses: new SlidingWindow(options.rateLimit, now),
  };
}

/** Address of the console, as a person opens it. */
export function consoleUrl(options: Pick<GatewayOptions, "self" | "publicHosts" | "publicUrl">): string {
  const origin = options.publicUrl === undefined ? undefined : publicOrigin(options.publicUrl);
  if (origin !== undefined) return `${origin}/`;
  const { port } = options.self();
  const [name = "localhost"] = options.publicHosts ?? [];
  return `http://${/:\d+$/.test(name) ? name : `${name}:${port}`}/`;
}
