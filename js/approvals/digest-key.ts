// The key of the digests by which a gateway knows calls that it does not see in full.

import { fromHexadecimal, hexadecimal } from "../encoding.js";
import { ApprovalTokenError } from "./errors.js";
import type { TokenKey } from "./token.js";

/** One for the process: calls that are the same have the same digest, whichever client makes them. */
let ofProcess: Uint8Array<ArrayBuffer> | undefined;

/**
 * Under this key nobody can try out what a digest is of. It is made of the `tokenKey`, and so is the same in every process that
 * has that. Without one it is random, and travels in tokens, sealed. Never is it made of the `apiKey`: the gateway knows that.
 */
export class DigestKey {
  readonly #token: TokenKey | undefined;
  #made: string | undefined;

  constructor(token: TokenKey | undefined) {
    this.#token = token;
  }

  /** Thirty-two bytes in hexadecimal. */
  async key(): Promise<string> {
    // No promise is kept: on Workers one request cannot wait for what another has begun.
    this.#made ??= await this.#make();
    return this.#made;
  }

  /** What a token has to hold, so that another process comes to the same digest. */
  async sealed(): Promise<string | undefined> {
    if (this.#token?.isShared !== true) return undefined;
    return await this.#token.seal(fromHexadecimal(await this.key()));
  }

  /** The key that a token holds. @throws {ApprovalTokenError} for what is none. */
  static async opened(token: TokenKey, sealed: string): Promise<DigestKey> {
    const key = await token.open(sealed);
    if (key.length !== 32) throw new ApprovalTokenError("What the token holds cannot be opened.");
    const opened = new DigestKey(token);
    opened.#made = hexadecimal(key);
    return opened;
  }

  async #make(): Promise<string> {
    if (this.#token?.isShared === false) return hexadecimal(await this.#token.derive("interven request digest"));
    // Not before it is needed: Workers give no random numbers while a module is loaded.
    ofProcess ??= crypto.getRandomValues(new Uint8Array(32));
    return hexadecimal(ofProcess);
  }
}
