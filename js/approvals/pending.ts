// A call that waits for a person, as its host sees it.

import { ConfigurationError } from "../errors.js";
import type { WireRequest } from "../types.js";
import type { DigestKey } from "./digest-key.js";
import type { TokenClaims, TokenKey } from "./token.js";

/** How a token is made. */
export interface TokenOptions {
  /**
   * Whether the call itself goes into the token, sealed with the key. Without it, `resume` must be given the call again, and
   * takes none but exactly that one. Default false.
   */
  payload?: boolean;
}

/** A call that waits for a person. */
export class PendingApproval {
  readonly approvalId: string;
  readonly method: string;
  readonly url: string;
  /** What is approved: the digest of the call, 64 hexadecimal digits; empty for a call that the gateway makes. */
  readonly digest: string;
  readonly #request: WireRequest;
  readonly #claims: TokenClaims;
  readonly #key: TokenKey | undefined;
  readonly #digestKey: DigestKey | undefined;

  /** Internal to the package. `digestKey`: what the digest may be keyed with. */
  constructor(request: WireRequest, claims: TokenClaims, key: TokenKey | undefined, digestKey?: DigestKey) {
    this.approvalId = claims.approvalId;
    this.method = request.method;
    this.url = request.url;
    this.digest = claims.digest;
    this.#request = request;
    this.#claims = claims;
    this.#key = key;
    this.#digestKey = digestKey;
  }

  /** Internal to the package: a call that the gateway makes, so that nobody can take it up here. */
  static elsewhere(approvalId: string, method: string, url: string): PendingApproval {
    const request = { method, url, headers: [], body: new Uint8Array() };
    return new PendingApproval(request, { approvalId, digest: "", agentId: "", gateway: null, expiresAtMs: 0 }, undefined);
  }

  /**
   * The waiting call as text, for `client.resume` in this process or another one. It is signed, and holds no payload unless
   * that is asked for.
   *
   * @throws {ConfigurationError} when there is no key to sign with: set `tokenKey` (or `apiKey`). So for a call that the gateway
   * makes, which cannot be taken up.
   */
  async toToken({ payload = false }: TokenOptions = {}): Promise<string> {
    if (this.digest === "") throw new ConfigurationError("A call that the gateway makes cannot be taken up: make it again.");
    if (this.#key === undefined)
      throw new ConfigurationError("A token is signed: set tokenKey, at least 32 random bytes that every process has.");
    const digestKey = await this.#digestKey?.sealed();
    const claims = digestKey === undefined ? this.#claims : { ...this.#claims, digestKey };
    return await this.#key.sign(claims, payload ? this.#request : undefined);
  }
}
