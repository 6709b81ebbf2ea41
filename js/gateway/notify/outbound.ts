/** Requests of the gateway itself, to where its administrator says: addresses checked, no redirects, small answers. */
import { ConfigurationError } from "../../errors.js";
import { readBody } from "../body.js";
import { type AddressRules, checkedAddresses } from "../proxy/addresses.js";
import type { Upstreams } from "../proxy/upstream.js";
import { Refusal } from "../reply.js";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** An answer. */
export interface OutboundAnswer {
  status: number;
  /** Whole seconds of `Retry-After`, in milliseconds. */
  retryAfterMs?: number;
  text: string;
}

/** Sends requests. */
export class Outbound {
  readonly #closing = new AbortController();

  constructor(
    private readonly upstreams: Upstreams,
    private readonly addressRules: () => AddressRules,
  ) {}

  /** The answer, or a code that says why there is none. */
  async post(url: URL, headers: [string, string][], body: Uint8Array): Promise<OutboundAnswer | { failure: string }> {
    const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#closing.signal]);
    // A name that takes long to look up can be left alone, but not broken off.
    const over = new Promise<{ failure: string }>((resolve) => {
      signal.addEventListener("abort", () => resolve({ failure: "TIMEOUT" }), { once: true });
    });
    const failed = (error: unknown) => ({ failure: error instanceof Refusal ? error.code : "ANSWER_BROKEN" });
    return Promise.race([over, this.#send(url, headers, body, signal).catch(failed)]);
  }

  async #send(url: URL, headers: [string, string][], body: Uint8Array, signal: AbortSignal): Promise<OutboundAnswer> {
    const addresses = await checkedAddresses(url, this.addressRules());
    const request = { method: "POST", url: url.href, headers, body };
    const answer = await this.upstreams.send(request, url, addresses, signal);
    const text = new TextDecoder().decode(await readBody(answer.body, null, MAX_ANSWER_BYTES));
    const at = answer.headers.findIndex((name, index) => index % 2 === 0 && name.toString().toLowerCase() === "retry-after");
    const seconds = at < 0 ? "" : String(answer.headers[at + 1]);
    return { status: answer.status, text, ...(/^\d{1,9}$/.test(seconds) ? { retryAfterMs: Number(seconds) * 1000 } : {}) };
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#closing.abort();
  }
}

/**
 * A URL that messages may be sent to. Secrets and what people decide on cross no network in the clear.
 *
 * @throws {ConfigurationError}
 */
export function outboundUrl(what: string, text: string, allowPrivate: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.protocol === "http:" && allowPrivate.includes(`${url.hostname}:${url.port || 80}`);
  if (url && (plain || url.protocol === "https:") && `${url.username}${url.password}${url.hash}` === "") return url;
  throw new ConfigurationError(
    `${what} must be an https: URL without user name and fragment, or http: to a HOST:PORT that is allowed as private.`,
  );
}
