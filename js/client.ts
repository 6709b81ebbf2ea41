// The client that an agent's author makes once.

import type { Outcome } from "./core/scan-handle.js";
import { drive, monotonicNow } from "./drive.js";
import { Engine, normaliseUrl, type RedactOptions } from "./engine.js";
import { guardedFetch } from "./fetch.js";
import { type ClientOptions, type Settings, settle } from "./options.js";
import { readInput, type ScanInput } from "./scan-input.js";
import { type ScanResult, scanResult } from "./scan-result.js";
import type { WireRequest } from "./types.js";

/**
 * Scans the calls of one agent before they are made.
 *
 * Without a gateway everything happens in this process. With one, the gateway is asked as well and the stricter decision
 * holds; no secret and no personal data is sent to it.
 *
 * @example
 * const client = new IntervenClient();
 * const response = await client.fetch("https://api.example.com/notes", { method: "POST", body: "hello" });
 */
export class IntervenClient {
  readonly #settings: Settings;
  readonly #engine: Engine;

  /**
   * A drop-in `fetch`. It sends exactly what was scanned, or its redaction; waits for a person where one is needed; and
   * otherwise throws, before anything has left the process. Safe to pass around without the client.
   *
   * @throws {IntervenBlockedError} or one of its subclasses when the call is refused.
   * @throws {RedirectError} when a redirect cannot be followed safely.
   */
  readonly fetch: typeof globalThis.fetch;

  /**
   * @throws {ConfigurationError} for an unknown option or a value that cannot be used.
   * @throws {PolicyError} for a policy that is not exactly understood.
   */
  constructor(options: ClientOptions = {}) {
    this.#settings = settle(options);
    this.#engine = new Engine(this.#settings.engine);
    this.fetch = guardedFetch(this.#settings, (request, signal) => this.#decide(request, {}, signal));
  }

  /**
   * Decides a call without making it. It does not wait for a person: `REQUIRE_APPROVAL` comes back as it is. What cannot be
   * read in full, such as a body that cannot be written as JSON, is a DENY, not an error.
   *
   * @throws the signal's reason when it aborts.
   */
  async scan(input: ScanInput): Promise<ScanResult> {
    const read = readInput(input);
    const { request, agentId, signal, complete } = read;
    const head = { agent: agentId ?? this.#settings.agentId, floor: complete ? undefined : "DENY", wait: false };
    return scanResult(read, await this.#decide({ ...request, url: normaliseUrl(request.url) }, head, signal));
  }

  /**
   * Replaces every secret and all personal data in a text, by typed placeholders such as `[EMAIL:1]` unless the option
   * `redaction` says otherwise. With a `vault`, `vault.restore` puts the originals back.
   *
   * @throws {InvalidRequestError} for anything that is not a string.
   * @throws {VaultFullError} when the vault has no room for more.
   */
  redact(text: string, options?: RedactOptions): string {
    return this.#engine.redact(text, options);
  }

  async #decide(
    request: WireRequest,
    own: Record<string, unknown> & { wait?: boolean },
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const { wait = true, ...head } = own;
    const settings = this.#settings;
    const gateway = settings.gatewayUrl === undefined ? undefined : gatewayHead(settings, wait);
    const scan = this.#engine.begin(
      request,
      { agent: settings.agentId, agent_name: settings.agentName, gateway, ...head },
      monotonicNow(),
    );
    try {
      return await drive(scan, request, settings, signal);
    } finally {
      scan.free();
    }
  }
}

function gatewayHead(settings: Settings, wait: boolean): Record<string, unknown> {
  return {
    fail_mode: settings.failMode,
    timeout_ms: settings.timeoutMs,
    max_retries: settings.maxRetries,
    approval_timeout_ms: settings.approvalTimeoutMs,
    poll_interval_ms: settings.pollIntervalMs,
    wait,
  };
}
