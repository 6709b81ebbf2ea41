// What the machine is told of the gateway, for one scan.

import type { Settings } from "./options.js";

/** A random key for each client: its fingerprints tell equal values from others, and nobody else can try values out. */
const keys = new WeakMap<Settings, string>();

function fingerprintKey(settings: Settings): string {
  // Not before it is needed: Workers give no random numbers while a module is loaded.
  const key = keys.get(settings) ?? hexadecimal(crypto.getRandomValues(new Uint8Array(16)));
  keys.set(settings, key);
  return key;
}

const hexadecimal = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function gatewayHead(
  settings: Settings,
  wait: boolean,
  resume: { approvalId: string; digest: string } | undefined,
): Record<string, unknown> {
  return {
    fail_mode: settings.failMode,
    disclose: settings.disclose,
    fingerprint_key: fingerprintKey(settings),
    timeout_ms: settings.timeoutMs,
    max_retries: settings.maxRetries,
    jitter: 1 + Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
    approval_timeout_ms: settings.approvalTimeoutMs,
    poll_interval_ms: settings.pollIntervalMs,
    wait,
    resume: resume && { approval_id: resume.approvalId, digest: resume.digest },
  };
}
