/**
 * Cards in Slack as a destination. A message of the outbox says only which approval's cards are to be brought up to date:
 * however much happens to one, it has one card, which shows how it stands.
 */
import type { AuditEntry } from "../../audit/chain.js";
import type { Message, WaitingMessage } from "../../store/outbox.js";
import type { Approval, Store } from "../../store/store.js";
import type { Delivery, Destination } from "../courier.js";
import type { SlackApi } from "./api.js";
import { card } from "./card.js";

const SECOND = 1000;
const SHOWN = new Set(["requested", "edited", "extended", "approved", "denied", "revoked", "executed", "expired"]);

/** What the cards are made with. */
export interface SlackDestinationParts {
  api: SlackApi;
  store: Pick<Store, "findApproval" | "slackCards">;
  channel: string;
  approvalUrl: (id: string) => string;
}

/** Brings cards up to date. */
export class SlackDestination implements Destination {
  readonly name = "slack";
  readonly channel = "slack";
  /** Until about an hour has gone by, which is how long an approval waits. */
  readonly delaysMs = [1, 2, 5, 10, 30, 60, 120, 300, 600, 600, 600, 600, 600].map((seconds) => seconds * SECOND);

  constructor(private readonly parts: SlackDestinationParts) {}

  /** The message that has an approval's cards brought up to date. */
  refresh(approvalId: string): Message {
    return { id: `slack:${approvalId}`, type: "card", subject: approvalId, body: "" };
  }

  readonly write = ({ kind }: AuditEntry, approval: Approval | undefined): Message | undefined =>
    approval && SHOWN.has(kind.slice("approval.".length)) ? this.refresh(approval.id) : undefined;

  async deliver({ subject }: WaitingMessage): Promise<Delivery> {
    const { api, store, channel, approvalUrl } = this.parts;
    const approval = await store.findApproval(subject);
    if (!approval) return { delivered: true };
    const shown = card(approval, approvalUrl(subject));
    const places = await store.slackCards.of(subject);
    if (places.length === 0) {
      // What has ended before anybody was asked is no news.
      if (approval.status !== "pending") return { delivered: true };
      const posted = await api.post(channel, shown);
      if (posted.card) await store.slackCards.add(subject, posted.card);
      return posted;
    }
    let result: Delivery = { delivered: true };
    for (const place of places) {
      const updated = await api.update(place, shown);
      if (!updated.delivered) result = updated;
    }
    return result;
  }
}
