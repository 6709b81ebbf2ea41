/** Whether Slack has signed a request: its scheme `v0`, over the bytes as they arrived, before anything reads them. */
import { hexadecimal } from "../../../encoding.js";
import { sameHash } from "../../admin.js";

/** How far Slack's clock and ours may be apart, in both directions; Slack's documentation names five minutes. */
const TOLERANCE_SECONDS = 300;
/** Signatures that are remembered: each is one click of a person within ten minutes. */
const MOST_REMEMBERED = 10_000;

/** Checks signatures, each of which is good once. */
export class SlackSignatures {
  readonly #key: Promise<CryptoKey>;
  /** When those that were used stop being good. */
  readonly #used = new Map<string, number>();

  constructor(
    signingSecret: string,
    private readonly now: () => number,
  ) {
    const bytes = new TextEncoder().encode(signingSecret);
    this.#key = crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  }

  /** Whether these bytes were signed, a short time ago and not seen before. */
  async accepts(headers: Headers, body: Uint8Array): Promise<boolean> {
    const [stamp, signature] = [headers.get("x-slack-request-timestamp") ?? "", headers.get("x-slack-signature") ?? ""];
    const presented = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1];
    const seconds = /^[1-9]\d{0,11}$/.test(stamp) ? Number(stamp) : Number.NaN;
    const now = this.now() / 1000;
    if (presented === undefined || !(Math.abs(now - seconds) <= TOLERANCE_SECONDS)) return false;
    const prefix = new TextEncoder().encode(`v0:${stamp}:`);
    const signed = new Uint8Array(prefix.length + body.length);
    signed.set(prefix);
    signed.set(body, prefix.length);
    const expected = hexadecimal(new Uint8Array(await crypto.subtle.sign("HMAC", await this.#key, signed)));
    return sameHash(presented, expected) && this.#firstUse(presented, seconds + TOLERANCE_SECONDS, now);
  }

  #firstUse(signature: string, goodUntil: number, now: number): boolean {
    if (this.#used.has(signature)) return false;
    for (const [old, until] of this.#used) {
      if (until >= now && this.#used.size < MOST_REMEMBERED) break;
      this.#used.delete(old);
    }
    this.#used.set(signature, goodUntil);
    return true;
  }
}
