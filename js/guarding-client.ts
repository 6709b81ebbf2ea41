// The client over any build of the core.

import type { Core } from "./core/instance.js";
import type { Context, Outcome } from "./core/scan-handle.js";
import { drive, monotonicNow } from "./drive.js";
import { guardedFetch } from "./fetch.js";
import { LocalEngine, normaliseUrl, type RedactOptions } from "./local-engine.js";
import type { Memory } from "./memory.js";
import { type ClientOptions, type PendingApproval, type Settings, settle } from "./options.js";
import { readInput, type ScanInput } from "./scan-input.js";
import { type ScanResult, scanResult } from "./scan-result.js";
import type { WireRequest } from "./types.js";

/** How one call is decided, beside what the settings say. */
export interface Deciding extends Context {
  /** `false`: `REQUIRE_APPROVAL` comes back as it is. Default `true`. */
  wait?: boolean | undefined;
  /** Instead of the client's. */
  onPending?: ((pending: PendingApproval) => void) | undefined;
}

/** What the parts of a client work with. Internal to the package. */
export interface Inside {
  readonly core: Core;
  readonly settings: Settings;
  readonly engine: LocalEngine;
  /** Decides a call, with the gateway where there is one. */
  decide(request: WireRequest, own: Deciding, signal: AbortSignal | undefined): Promise<Outcome>;
}

let inside: (client: GuardingClient) => Inside;

/** Internal to the package. @throws {TypeError} for what is no client. */
export const insideOf = (client: GuardingClient): Inside => inside(client);

/** What the clients of all entries have in common. */
export class GuardingClient {
  readonly #core: Core;
  readonly #settings: Settings;
  readonly #engine: LocalEngine;

  static {
    inside = (client) => ({
      core: client.#core,
      settings: client.#settings,
      engine: client.#engine,
      decide: (request, own, signal) => client.#decide(request, own, signal),
    });
  }

  /**
   * A drop-in `fetch`. It sends exactly what was scanned, or its redaction; waits for a person where one is needed; and
   * otherwise throws, before anything has left the process. Safe to pass around without the client.
   *
   * @throws {IntervenBlockedError} or one of its subclasses when the call is refused.
   * @throws {RedirectError} when a redirect cannot be followed safely.
   */
  readonly fetch: typeof globalThis.fetch;

  /**
   * Replaces every secret, all personal data, and orders to an agent in a text, by typed placeholders such as `[EMAIL:1]`
   * unless the option `redaction` says otherwise. Safe to pass around without the client. With a `vault`, `vault.restore` puts the originals back.
   *
   * @throws {InvalidRequestError} for anything that is not a string.
   * @throws {VaultFullError} when the vault has no room for more.
   */
  readonly redact: (text: string, options?: RedactOptions) => string;

  /** `memory` is what the client remembers by, unless the options have another. */
  constructor(core: Core, options: ClientOptions, memory?: Memory) {
    this.#core = core;
    this.#settings = settle(options);
    const { engine } = this.#settings;
    this.#engine = new LocalEngine(core, { ...engine, memory: engine.memory ?? memory });
    this.redact = (text, options) => this.#engine.redact(text, options);
    this.fetch = guardedFetch(this.#settings, (request, signal) => this.#decide(request, {}, signal));
  }

  /** Whether a gateway is configured, by option or environment. */
  protected get asksGateway(): boolean {
    return this.#settings.gatewayUrl !== undefined;
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
    const context = { agent: agentId ?? this.#settings.agentId, floor: complete ? undefined : "DENY", wait: false };
    return scanResult(read, await this.#decide({ ...request, url: normaliseUrl(request.url) }, context, signal));
  }

  async #decide(request: WireRequest, own: Deciding, signal: AbortSignal | undefined): Promise<Outcome> {
    const { wait = true, onPending = this.#settings.onPending, ...context } = own;
    const settings = { ...this.#settings, onPending };
    const gateway = settings.gatewayUrl === undefined ? undefined : gatewayHead(settings, wait);
    const scan = this.#engine.begin(
      request,
      { agent: settings.agentId, agent_name: settings.agentName, gateway, ...context },
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
