/** A webhook as a destination. */
import { createHash } from "node:crypto";
import type { AuditEntry } from "../../audit/chain.js";
import type { Message, WaitingMessage } from "../../store/outbox.js";
import type { Approval } from "../../store/store.js";
import type { Delivery, Destination } from "../courier.js";
import type { Outbound } from "../outbound.js";
import { type EventParts, webhookEvent } from "./event.js";
import type { WebhookSigner } from "./signature.js";

const SECOND = 1000;
/** The receiver does not want it, and will not. */
const GONE = 410;

/** Sends events to one URL. */
export class WebhookDestination implements Destination {
  readonly channel = "webhook";
  /** Nine tries in about eleven hours. */
  readonly delaysMs = [5, 30, 120, 600, 1800, 3600, 10_800, 21_600].map((seconds) => seconds * SECOND);

  readonly name: string;

  constructor(
    private readonly url: URL,
    private readonly parts: EventParts & { outbound: Outbound; signer: WebhookSigner; now: () => number },
  ) {
    // A URL may hold a secret: it is neither stored nor told.
    this.name = `webhook:${createHash("sha256").update(url.href).digest("hex").slice(0, 16)}`;
  }

  readonly write = (entry: AuditEntry, approval: Approval | undefined): Message | undefined => {
    const event = webhookEvent(entry, approval, this.parts);
    if (!event) return undefined;
    return { id: `msg_${crypto.randomUUID()}`, subject: approval?.id ?? "", ...event, expendable: approval === undefined };
  };

  async deliver({ id, body }: WaitingMessage): Promise<Delivery> {
    const bytes = new TextEncoder().encode(body);
    const headers: [string, string][] = [
      ["content-type", "application/json"],
      ["user-agent", "interven-webhooks"],
      ...(await this.parts.signer.headers(id, this.parts.now(), bytes)),
    ];
    const answer = await this.parts.outbound.post(this.url, headers, bytes);
    if ("failure" in answer) return { delivered: false, failure: answer.failure };
    if (answer.status >= 200 && answer.status < 300) return { delivered: true };
    const { status, retryAfterMs } = answer;
    return { delivered: false, failure: `STATUS_${status}`, retryAfterMs, final: status === GONE };
  }
}
