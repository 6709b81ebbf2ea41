// The clients of the older protocol, and the check of its signatures.

import { type AifClientOptions, LocalAifClient } from "./aif/aif-client.js";
import { type AifMcpOptions, LocalAifMcp } from "./aif/mcp-middleware.js";
import { type SignedRequest, verify } from "./aif/verify.js";
import { core } from "./core/full.js";

/**
 * The client of a gateway that makes the calls itself and is asked with signed requests.
 *
 * @example
 * const client = new AifClient({ gatewayUrl: "http://localhost:4000", agentId, agentSecret });
 * const answer = await client.invoke({ toolName: "github", method: "POST", urlPath: "/repos/o/r/issues", body: { title } });
 */
export class AifClient extends LocalAifClient {
  /** @throws {ConfigurationError} for an option that is unknown, missing, or cannot be used. */
  constructor(options: AifClientOptions) {
    super(core, options);
  }
}

/**
 * Sends the calls of an MCP client to such a gateway.
 *
 * @example
 * const middleware = new AifMcpMiddleware({ gatewayUrl: "http://localhost:4000", agentId, agentSecret });
 * const answer = await middleware.intercept({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: {} } });
 */
export class AifMcpMiddleware extends LocalAifMcp {
  /** @throws {ConfigurationError} for an option that is unknown, missing, or cannot be used. */
  constructor(options: AifMcpOptions) {
    super(core, options);
  }
}

/**
 * Accepts a signed request once, or throws. For hosts that such requests are sent to.
 *
 * @throws {AuthenticationError} for a signature that is not the one of this body under this secret.
 * @throws {ReplayRejectedError} for a request that is too old, from the future, says no time, or was accepted before.
 * @throws {ConfigurationError} for an argument that cannot be used.
 */
export async function verifySignature(request: SignedRequest): Promise<void> {
  await verify(core, request);
}
