// The client that an agent's author makes once.

import { AgentClient } from "./agent-client.js";
import { core } from "./core/full.js";
import { Memory } from "./memory.js";
import type { ClientOptions } from "./options.js";

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
export class IntervenClient extends AgentClient {
  /**
   * @throws {ConfigurationError} for an unknown option or a value that cannot be used.
   * @throws {PolicyError} for a policy that is not exactly understood.
   */
  constructor(options: ClientOptions = {}) {
    super(core, options, new Memory());
  }
}
