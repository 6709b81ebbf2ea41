/** Signatures of webhooks by Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks), scheme `v1`. */
import { ConfigurationError } from "../../../errors.js";
import { Hmac } from "../hmac.js";

const PREFIX = "whsec_";
/** Bytes of a secret, by that specification. */
const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/** Signs with one secret. */
export class WebhookSigner {
  readonly #hmac: Hmac;

  /** @throws {ConfigurationError} unless the secret is `whsec_` and the base64 of 24 to 64 bytes. */
  constructor(secret: string) {
    this.#hmac = new Hmac(webhookSecret(secret));
  }

  /** The three headers. `id` stays the same however often the message is sent, `at` is the time of this try. */
  async headers(id: string, at: number, body: Uint8Array): Promise<[string, string][]> {
    const timestamp = String(Math.floor(at / 1000));
    const signature = await this.#hmac.sign(`${id}.${timestamp}.`, body);
    return [
      ["webhook-id", id],
      ["webhook-timestamp", timestamp],
      ["webhook-signature", `v1,${btoa(String.fromCharCode(...signature))}`],
    ];
  }
}

function webhookSecret(text: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = text.startsWith(PREFIX) ? Uint8Array.from(atob(text.slice(PREFIX.length)), (c) => c.charCodeAt(0)) : undefined;
    if (bytes && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) return bytes;
  } catch {
    // Told below, without the text.
  }
  throw new ConfigurationError(
    `the secret of the webhooks must be ${PREFIX} and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes, such as: echo ${PREFIX}$(openssl rand -base64 32)`,
  );
}
