// The client over any build of the core.

import type { Core } from "./core/instance.js";
import type { Outcome } from "./core/outcome.js";
import { type Deciding, decide } from "./decide.js";
import { guardedFetch } from "./fetch.js";
import { LocalEngine, normaliseUrl, type RedactOptions } from "./local-engine.js";
import type { Memory } from "./memory.js";
import { type ClientOptions, type Settings, settle } from "./options.js";
import { type Receive, receiver } from "./receive.js";
import { readInput, type ScanInput } from "./scan-input.js";
import { type ScanResult, scanResult } from "./scan-result.js";
import type { WireRequest } from "./types.js";

/** What the parts of a client work with. Internal to the package. */
export interface Inside {
  readonly core: Core;
  readonly settings: Settings;
  readonly engine: LocalEngine;
  /** Decides a call, with the gateway where there is one. `wait: false`: `REQUIRE_APPROVAL` comes back as it is. */
  decide(request: WireRequest, own: Deciding, signal: AbortSignal | undefined): Promise<Outcome>;
  /** What an answer becomes before anybody reads it. */
  receive: Receive;
  /** The client's `fetch`, sending through another one. */
  fetchThrough(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
}

let inside: (client: GuardingClient) => Inside;

/** Internal to the package. @throws {TypeError} for what is no client. */
export const insideOf = (client: GuardingClient): Inside => inside(client);

/** What the clients of all entries have in common. */
export class GuardingClient {
  readonly #settings: Settings;
  readonly #engine: LocalEngine;
  readonly #inside: Inside;

  static {
    inside = (client) => client.#inside;
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
    this.#settings = settle(options);
    const { engine } = this.#settings;
    this.#engine = new LocalEngine(core, { ...engine, memory: engine.memory ?? memory });
    this.redact = (text, options) => this.#engine.redact(text, options);
    const settings = this.#settings;
    const { telemetry } = settings;
    const decide: Inside["decide"] = (request, own, signal) => this.#decide(request, own, signal);
    const receive = receiver(this.#engine, settings.responses);
    const telling = (fetch: typeof globalThis.fetch) => telemetry?.tellingOf(fetch) ?? fetch;
    this.fetch = telling(guardedFetch({ settings, decide, receive }));
    this.#inside = {
      ...{ core, settings, engine: this.#engine, decide, receive },
      fetchThrough: (fetch) => telling(guardedFetch({ settings: { ...settings, fetch }, decide, receive })),
    };
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
    const context = {
      agent: agentId ?? this.#settings.agentId,
      floor: complete ? undefined : "DENY",
      wait: false,
      announce: false,
    };
    return scanResult(read, await this.#decide({ ...request, url: normaliseUrl(request.url) }, context, signal));
  }

  #decide(request: WireRequest, own: Deciding, signal: AbortSignal | undefined): Promise<Outcome> {
    const settings = this.#settings;
    const { telemetry } = settings;
    if (telemetry === undefined) return decide(settings, this.#engine, request, own, signal);
    const { agent = settings.agentId, announce = true, onPending = settings.onPending } = own;
    return telemetry.scan(agent, this.redact, announce, (told) => {
      const pending: Deciding["onPending"] = async (pending) => {
        told.approval(pending.approvalId);
        await onPending?.(pending);
      };
      return decide(
        { ...settings, telemetry: told },
        this.#engine,
        request,
        { ...own, onPending: pending, reports: true },
        signal,
      );
    });
  }
}
