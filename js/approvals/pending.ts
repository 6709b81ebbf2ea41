// A call that waits for a person, as its host sees it.

import { ConfigurationError } from "../errors.js";
import type { WireRequest } from "../types.js";
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
  /** What is approved: SHA-256 of the call, hexadecimal. */
  readonly digest: string;
  readonly #request: WireRequest;
  readonly #claims: TokenClaims;
  readonly #key: TokenKey | undefined;

  /** Internal to the package. */
  constructor(request: WireRequest, claims: TokenClaims, key: TokenKey | undefined) {
    this.approvalId = claims.approvalId;
    this.method = request.method;
    this.url = request.url;
    this.digest = claims.digest;
    this.#request = request;
    this.#claims = claims;
    this.#key = key;
  }

  /**
   * The waiting call as text, for `client.resume` in this process or another one. It is signed, and holds no payload unless
   * that is asked for.
   *
   * @throws {ConfigurationError} when there is no key to sign with: set `tokenKey` (or `apiKey`).
   */
  async toToken({ payload = false }: TokenOptions = {}): Promise<string> {
    if (this.#key === undefined)
      throw new ConfigurationError("A token is signed: set tokenKey, at least 32 random bytes that every process has.");
    return await this.#key.sign(this.#claims, payload ? this.#request : undefined);
  }
}
