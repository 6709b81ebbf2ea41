/** Seals what the gateway must be able to read again, such as credentials: AES-256-GCM under a key that is not in the database. */
import { base64url, fromBase64url } from "../../encoding.js";

/** Begins every sealed text; another form gets another number. */
const FORM = "v1.";
/** Bytes of the random nonce. One key may seal 2^32 texts before a nonce is likely to repeat (NIST SP 800-38D §8.3). */
const NONCE_BYTES = 12;
/** Bytes of a vault's key. */
export const VAULT_KEY_BYTES = 32;

/** What was sealed cannot be read: another key, another place, or changed. */
export class SealBrokenError extends Error {
  constructor() {
    super("a sealed value cannot be opened");
    this.name = "SealBrokenError";
  }
}

/** Seals and opens texts. What is sealed for one place opens only there. */
export class Vault {
  private constructor(private readonly key: CryptoKey) {}

  /** @param key 32 random bytes */
  static async of(key: Uint8Array<ArrayBuffer>): Promise<Vault> {
    if (key.length !== VAULT_KEY_BYTES) throw new RangeError(`the key of a vault has ${VAULT_KEY_BYTES} bytes`);
    return new Vault(await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  /** `place` names table, row and column, such as `credentials/slack`: a text that is moved elsewhere does not open. */
  async seal(text: string, place: string): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt(parameters(iv, place), this.key, new TextEncoder().encode(text));
    return `${FORM}${base64url(iv)}.${base64url(new Uint8Array(sealed))}`;
  }

  /** @throws {SealBrokenError} */
  async open(sealed: string, place: string): Promise<string> {
    const [iv, bytes, ...rest] = sealed.startsWith(FORM) ? sealed.slice(FORM.length).split(".") : [];
    if (iv === undefined || bytes === undefined || rest.length > 0) throw new SealBrokenError();
    try {
      const opened = await crypto.subtle.decrypt(parameters(strictBytes(iv), place), this.key, strictBytes(bytes));
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(opened);
    } catch {
      throw new SealBrokenError();
    }
  }
}

/** Throws for any spelling but the one that `seal` writes: a seal that was touched is a broken one. */
function strictBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text);
  if (base64url(bytes) !== text) throw new SealBrokenError();
  return bytes;
}

const parameters = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(place),
});
