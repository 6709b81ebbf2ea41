/** `GET /v1/settings`: how this gateway was started. No secret, and nothing that unlocks one. */
import type { Lifetimes, Mode } from "../options.js";
import { json } from "../reply.js";
import type { Store } from "../store/store.js";

/** What the route tells of. */
export interface Settings {
  version: string | null;
  mode: Mode;
  policyVersion: () => string;
  startedAt: number;
  limits: { max_body_bytes: number; scans_per_minute: number; prompts_per_minute: number; upstream_timeout_ms: number };
  lifetimes: Lifetimes;
  retainMs: number | null;
  storeBodies: "none" | "redacted";
  /** Whether the engine remembers destinations, rates and trust. */
  memory: boolean;
  vault: boolean;
  allowPrivate: readonly string[];
  publicHosts: readonly string[];
  toolUrls: Readonly<Record<string, string>>;
}

/** Makes the route. */
export function settingsRoute(store: Store, settings: Settings) {
  return async (): Promise<Response> =>
    json(200, {
      version: settings.version,
      mode: settings.mode,
      policy_version: settings.policyVersion(),
      started_at: new Date(settings.startedAt).toISOString(),
      limits: settings.limits,
      lifetimes: {
        pending_seconds: settings.lifetimes.pendingMs / 1000,
        grant_seconds: settings.lifetimes.grantMs / 1000,
        denial_seconds: settings.lifetimes.denialMs / 1000,
      },
      retain_days: settings.retainMs === null ? null : settings.retainMs / 86_400_000,
      store_bodies: settings.storeBodies,
      keys_required: await store.keys.anyExists(),
      memory: settings.memory,
      vault: settings.vault,
      allow_private: settings.allowPrivate,
      public_hosts: settings.publicHosts,
      // A path or a user name in an address may be the key to it.
      tool_origins: Object.fromEntries(Object.entries(settings.toolUrls).map(([tool, url]) => [tool, new URL(url).origin])),
    });
}
