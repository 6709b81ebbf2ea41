/** Whether Slack has signed a request: its scheme `v0`, over the bytes as they arrived, before anything reads them. */
import { hexadecimal } from "../../../encoding.js";
import { sameHash } from "../../admin.js";
import { Hmac } from "../hmac.js";

/** How far Slack's clock and ours may be apart, in both directions; Slack's documentation names five minutes. */
const TOLERANCE_SECONDS = 300;
/** Signatures that are remembered: each is one click of a person within ten minutes. */
const MOST_REMEMBERED = 10_000;

/** Checks signatures, each of which is good once. */
export class SlackSignatures {
  readonly #hmac: Hmac;
  /** When those that were used stop being good. */
  readonly #used = new Map<string, number>();

  constructor(
    signingSecret: string,
    private readonly now: () => number,
  ) {
    this.#hmac = new Hmac(new TextEncoder().encode(signingSecret));
  }

  /** Whether these bytes were signed, a short time ago and not seen before. */
  async accepts(headers: Headers, body: Uint8Array): Promise<boolean> {
    const [stamp, signature] = [headers.get("x-slack-request-timestamp") ?? "", headers.get("x-slack-signature") ?? ""];
    const presented = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1];
    const seconds = /^[1-9]\d{0,11}$/.test(stamp) ? Number(stamp) : Number.NaN;
    const now = this.now() / 1000;
    if (presented === undefined || !(Math.abs(now - seconds) <= TOLERANCE_SECONDS)) return false;
    const expected = hexadecimal(await this.#hmac.sign(`v0:${stamp}:`, body));
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
