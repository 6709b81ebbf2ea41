/** Who has signed a request, and that it comes for the first time. */
import { verifySignature } from "../../aif.js";
import { AuthenticationError, ReplayRejectedError } from "../../errors.js";
import { Refusal } from "../reply.js";
import type { NonceClaims } from "../store/nonces.js";
import type { HmacSecrets } from "./secrets.js";

const DAY_MS = 86_400_000;

/** A request as it arrived. */
export interface SignedRequest {
  agentId: string;
  body: Uint8Array;
  headers: Headers;
  /**
   * Where the time stands: `body`, signed with everything else; or `header`, as with clients that sign none, whose requests
   * are then remembered for a day instead of a minute.
   */
  time: "body" | "header";
  /** Whether a second request of the same bytes is refused. */
  once: boolean;
}

/** Checks signatures. */
export class SignedRequests {
  /** Compared with where there is no such agent, so that the answer takes as long. */
  readonly #nobody = crypto.randomUUID();

  constructor(
    private readonly secrets: HmacSecrets,
    private readonly nonces: NonceClaims,
    private readonly now: () => number,
  ) {}

  /**
   * Accepts a request. What comes back lets the same bytes come again; it is for requests that have done nothing.
   *
   * @throws {Refusal} 401 for another signature, 400 for a replay, 503 where no more can be remembered.
   */
  async accept({ agentId, body, headers, time, once }: SignedRequest): Promise<() => Promise<void>> {
    const known = await this.secrets.textOf(agentId);
    const signature = headers.get("x-aif-signature");
    const claim = async (nonce: string, untilMs: number, nowMs: number): Promise<boolean> => {
      const until = time === "body" ? untilMs : Math.max(untilMs, nowMs + DAY_MS);
      const claimed = await this.nonces.claim(agentId, nonce, until, nowMs);
      if (claimed === "full") throw new Refusal(503, "TOO_MANY_REQUESTS_REMEMBERED", FULL, { "retry-after": "60" });
      return claimed === "taken";
    };
    try {
      await verifySignature({
        ...{ body, signature, secret: known ?? this.#nobody, nowMs: this.now() },
        timestamp: headers.get("x-aif-timestamp"),
        dangerouslyBelieveTimestamp: time === "header",
        nonces: once && known !== undefined ? { claim } : false,
      });
    } catch (error) {
      if (error instanceof AuthenticationError) throw unauthorised();
      if (error instanceof ReplayRejectedError) throw new Refusal(400, "REPLAY_REJECTED", REPLAY);
      throw error;
    }
    if (known === undefined) throw unauthorised();
    return () => this.nonces.release(agentId, signature ?? "");
  }
}

const FULL = "This agent has sent more requests than are remembered, and none is accepted unremembered. Try again later.";
const REPLAY =
  "Replay rejected: the time of the request is more than 60 seconds from now, or not in the form 2026-01-31T12:00:00.000Z, or the request was accepted before. Date and sign it anew.";

function unauthorised(): Refusal {
  return new Refusal(
    401,
    "SIGNATURE_INVALID",
    "X-AIF-Signature must be the base64 of HMAC-SHA-256 over the bytes of the body, with the secret of the agent that the request names. An administrator makes the secret: interven gateway key create --hmac --agent ID.",
  );
}
