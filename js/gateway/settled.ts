/** The options of a gateway with their defaults, checked. */

import { ConfigurationError } from "../errors.js";
import type { GatewayOptions, Lifetimes } from "./options.js";
import {
  DEFAULT_ENVIRONMENT,
  DEFAULT_LIFETIMES,
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_PROMPT_LIMIT,
  DEFAULT_RATE_LIMIT,
  DEFAULT_UPSTREAM_TIMEOUT_MS,
  LARGEST_MAX_BODY_BYTES,
  LEAST_RETAIN_MS,
} from "./options.js";
import { resolveWithSystem } from "./proxy/resolve.js";
import { publicOrigin } from "./public-url.js";

/** What every part can rely on. */
export type SettledOptions = GatewayOptions &
  Required<
    Pick<
      GatewayOptions,
      | "mode"
      | "now"
      | "maxBodyBytes"
      | "storeBodies"
      | "promptLimit"
      | "rateLimit"
      | "upstreamTimeoutMs"
      | "environment"
      | "policyFiles"
      | "allowPrivate"
      | "publicHosts"
      | "resolve"
      | "toolUrls"
    >
  > & { lifetimes: Lifetimes };

/** Throws a `RangeError` for a number out of range, a `ConfigurationError` for a `publicUrl` that is none. */
export function settledOptions(options: GatewayOptions): SettledOptions {
  const { retainMs, publicUrl } = options;
  if (!(retainMs === undefined || retainMs >= LEAST_RETAIN_MS))
    throw new RangeError(`retainMs must be at least ${LEAST_RETAIN_MS}`);
  const origin = publicUrl === undefined ? undefined : publicOrigin(publicUrl);
  if (publicUrl !== undefined && origin === undefined)
    throw new ConfigurationError("publicUrl must be an address such as https://gateway.example.com, without a path.");
  return {
    ...options,
    ...(origin === undefined ? {} : { publicUrl: origin }),
    mode: options.mode ?? "enforce",
    now: options.now ?? Date.now,
    maxBodyBytes: inRange("maxBodyBytes", options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES, LARGEST_MAX_BODY_BYTES),
    promptLimit: inRange("promptLimit", options.promptLimit ?? DEFAULT_PROMPT_LIMIT, 1000),
    rateLimit: inRange("rateLimit", options.rateLimit ?? DEFAULT_RATE_LIMIT, 1_000_000),
    upstreamTimeoutMs: options.upstreamTimeoutMs ?? DEFAULT_UPSTREAM_TIMEOUT_MS,
    lifetimes: { ...DEFAULT_LIFETIMES, ...options.lifetimes },
    storeBodies: options.storeBodies ?? "none",
    environment: options.environment ?? DEFAULT_ENVIRONMENT,
    policyFiles: options.policyFiles ?? [],
    allowPrivate: options.allowPrivate ?? [],
    publicHosts: [...(options.publicHosts ?? []), ...(origin === undefined ? [] : [new URL(origin).host])],
    resolve: options.resolve ?? resolveWithSystem,
    toolUrls: options.toolUrls ?? {},
  };
}

function inRange(name: string, value: number, most: number): number {
  if (value >= 1 && value <= most) return value;
  throw new RangeError(`${name} must be between 1 and ${most}`);
}
