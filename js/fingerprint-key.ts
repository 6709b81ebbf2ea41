// The key of the fingerprints that stand for values a gateway does not see.

import { hexadecimal } from "./encoding.js";

/** A random key for each client: its fingerprints tell equal values from others, and nobody else can try values out. */
export class FingerprintKey {
  #key: string | undefined;

  /** Sixteen bytes in hexadecimal. */
  key(): string {
    // Not before it is needed: Workers give no random numbers while a module is loaded.
    this.#key ??= hexadecimal(crypto.getRandomValues(new Uint8Array(16)));
    return this.#key;
  }
}
