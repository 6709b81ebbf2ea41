/** The three methods of Slack's Web API that are used. */
import { isRecord } from "../../../record.js";
import type { SlackCard } from "../../store/slack-cards.js";
import type { Delivery } from "../courier.js";
import type { Outbound } from "../outbound.js";
import type { Card } from "./card.js";

/** Errors that no further try can mend. */
const FINAL = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "msg_blocks_too_long",
  "invalid_blocks",
]);
/** How Slack names channels, and messages in them. */
const CHANNEL = /^[A-Z][A-Z0-9]{1,63}$/;
const TS = /^\d{1,12}\.\d{1,9}$/;

/** Whether this can be the id of a channel. */
export function isChannel(channel: unknown): boolean {
  return typeof channel === "string" && CHANNEL.test(channel);
}

/** Whether this can be a message of Slack's. */
export function isCard({ channel, ts }: { channel: unknown; ts: unknown }): boolean {
  return isChannel(channel) && typeof ts === "string" && TS.test(ts);
}

/** Calls Slack with a bot's token. */
export class SlackApi {
  constructor(
    private readonly outbound: Outbound,
    private readonly base: URL,
    private readonly token: string,
  ) {}

  /** Shows a card; with its place where Slack took it. */
  async post(channel: string, card: Card): Promise<Delivery & { card?: SlackCard }> {
    const { delivery, answer } = await this.#call("chat.postMessage", {
      channel,
      ...card,
      ...{ mrkdwn: false, parse: "none", link_names: false, unfurl_links: false, unfurl_media: false },
    });
    const place = { channel: answer.channel, ts: answer.ts };
    if (!delivery.delivered) return delivery;
    return isCard(place) ? { delivered: true, card: place as SlackCard } : { delivered: false, failure: "UNKNOWN_ANSWER" };
  }

  /** Shows another card in the same place. */
  async update(place: SlackCard, card: Card): Promise<Delivery> {
    return (await this.#call("chat.update", { ...place, ...card, parse: "none", link_names: false })).delivery;
  }

  /** Tells one person, if Slack is there: nothing depends on it. `text` is in our words and the approvers'. */
  async whisper(channel: string, user: string, text: string): Promise<void> {
    await this.#call("chat.postEphemeral", { channel, user, text: escaped(text), parse: "none", link_names: false });
  }

  async #call(method: string, value: object): Promise<{ delivery: Delivery; answer: Record<string, unknown> }> {
    const headers: [string, string][] = [
      ["authorization", `Bearer ${this.token}`],
      ["content-type", "application/json; charset=utf-8"],
    ];
    const body = new TextEncoder().encode(JSON.stringify(value));
    const response = await this.outbound.post(new URL(`${this.base.href.replace(/\/$/, "")}/${method}`), headers, body);
    if ("failure" in response) return failed(response.failure);
    const { status, retryAfterMs } = response;
    if (status === 429) return failed("RATE_LIMITED", { retryAfterMs });
    const answer = status === 200 ? parsed(response.text) : {};
    if (answer.ok === true) return { delivery: { delivered: true }, answer };
    const code = typeof answer.error === "string" && /^[a-z_]{1,64}$/.test(answer.error) ? answer.error : undefined;
    return failed(code ?? `STATUS_${status}`, { retryAfterMs, final: code !== undefined && FINAL.has(code) });
  }
}

function failed(failure: string, more: { retryAfterMs?: number | undefined; final?: boolean } = {}) {
  return { delivery: { delivered: false as const, failure, ...more }, answer: {} };
}

/** What Slack reads as markup everywhere: mentions and links. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
