/** `GET /v1/settings`: how this gateway was started. No secret, and nothing that unlocks one. */
import { iso } from "../iso-time.js";
import { json } from "../reply.js";
import type { SettledOptions } from "../settled.js";

const DAY_MS = 86_400_000;

/** Makes the route. */
export function settingsRoute(options: SettledOptions, policyVersion: () => string) {
  const startedAt = iso(options.now());
  const { lifetimes, retainMs, toolUrls } = options;
  const settings = {
    version: options.version ?? null,
    mode: options.mode,
    started_at: startedAt,
    limits: {
      max_body_bytes: options.maxBodyBytes,
      scans_per_minute: options.rateLimit,
      prompts_per_minute: options.promptLimit,
      upstream_timeout_ms: options.upstreamTimeoutMs,
    },
    lifetimes: {
      pending_seconds: lifetimes.pendingMs / 1000,
      grant_seconds: lifetimes.grantMs / 1000,
      denial_seconds: lifetimes.denialMs / 1000,
    },
    retain_days: retainMs === undefined ? null : retainMs / DAY_MS,
    store_bodies: options.storeBodies,
    memory: options.memory !== undefined,
    vault: options.vault !== undefined,
    legacy_hmac: options.legacyHmac === true,
    allow_private: options.allowPrivate,
    public_hosts: options.publicHosts,
    public_url: options.publicUrl ?? null,
    // A path or a user name in an address may be the key to it.
    tool_origins: Object.fromEntries(Object.entries(toolUrls).map(([tool, url]) => [tool, new URL(url).origin])),
  };
  return async (): Promise<Response> =>
    json(200, { ...settings, policy_version: policyVersion(), keys_required: await options.store.keys.anyExists() });
}
