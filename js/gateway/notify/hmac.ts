/** HMAC-SHA-256 over bytes behind a few words that are signed with them. */
export class Hmac {
  readonly #key: Promise<CryptoKey>;

  constructor(key: Uint8Array<ArrayBuffer>) {
    this.#key = crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  }

  /** The 32 bytes of the code of `prefix`, as UTF-8, and the body. */
  async sign(prefix: string, body: Uint8Array): Promise<Uint8Array> {
    const before = new TextEncoder().encode(prefix);
    const signed = new Uint8Array(before.length + body.length);
    signed.set(before);
    signed.set(body, before.length);
    return new Uint8Array(await crypto.subtle.sign("HMAC", await this.#key, signed));
  }
}
