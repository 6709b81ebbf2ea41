// The client that an agent's author makes once.

import { core } from "../core/slim.js";
import { ConfigurationError } from "../errors.js";
import { GuardingClient } from "../guarding-client.js";
import type { ClientOptions } from "../options.js";

/**
 * Scans the calls of one agent before they are made.
 *
 * Everything happens in this process.
 *
 * @example
 * const client = new IntervenClient();
 * const response = await client.fetch("https://api.example.com/notes", { method: "POST", body: "hello" });
 */
export class IntervenClient extends GuardingClient {
  /**
   * @throws {ConfigurationError} for an unknown option, a value that cannot be used, or a gateway.
   * @throws {PolicyError} for a policy that is not exactly understood.
   */
  constructor(options: ClientOptions = {}) {
    super(core, options);
    if (this.asksGateway) throw new ConfigurationError("interven/slim asks no gateway: use the default entry for that.");
  }
}
