// What the machine is told of the gateway, for one scan.

import type { Settings } from "./options.js";

export async function gatewayHead(
  settings: Settings,
  wait: boolean,
  resume: { approvalId: string; digest: string } | undefined,
): Promise<Record<string, unknown>> {
  return {
    fail_mode: settings.failMode,
    disclose: settings.disclose,
    fingerprint_key: settings.fingerprints.key(),
    digest_key: await settings.digestKey.key(),
    timeout_ms: settings.timeoutMs,
    max_retries: settings.maxRetries,
    jitter: 1 + Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
    approval_timeout_ms: settings.approvalTimeoutMs,
    poll_interval_ms: settings.pollIntervalMs,
    wait,
    resume: resume && { approval_id: resume.approvalId, digest: resume.digest },
  };
}
