/**
 * The message that shows an approval in Slack. What an agent has written stands in text elements of rich text and nowhere
 * else: Slack parses those for nothing, so no mention, link, emoji or formatting can be made with it.
 */
import type { Approval } from "../../store/store.js";
import { beginning } from "../readable.js";
import { type Summary, summarize } from "../summary.js";

/** Slack takes at most 3,000 characters in one text, and some 13,000 in one message. */
const LONGEST_TEXT = 3000;
const LONGEST_REQUEST = 6000;

/** Names of the buttons. */
export const ACTIONS = {
  approve: "interven_approve",
  deny: "interven_deny",
  why: "interven_deny_because",
  open: "interven_open",
};

/** Reasons that a denial can be given with one click. */
export const DENIAL_REASONS: Readonly<Record<string, string>> = {
  not_expected: "Not expected",
  wrong_recipient: "Wrong recipient or place",
  too_much_data: "Too much data",
  suspicious: "Suspicious",
};

type Block = Record<string, unknown>;

/** The text and the blocks of a message, as `chat.postMessage` and `chat.update` take them. */
export interface Card {
  text: string;
  blocks: Block[];
}

/** Whether a person who sees the card sees all of the request. Otherwise it is approved in the console. */
export function showsAll(approval: Approval): boolean {
  return summarize(approval, LONGEST_REQUEST).whole;
}

/** Makes the card; `link` is the approval in the console. */
export function card(approval: Approval, link: string): Card {
  const summary = summarize(approval, LONGEST_REQUEST);
  const pending = approval.status === "pending";
  return {
    // Shown in notifications, and read as markup there: only words of our own.
    text: `${summary.title}.`,
    blocks: [
      { type: "header", text: plain(summary.title) },
      { type: "rich_text", elements: [section(facts(summary)), ...request(summary), section(words(summary, pending))] },
      ...(pending ? [actions(approval, link, summary.whole)] : []),
    ],
  };
}

function facts({ facts: all }: Summary): Block[] {
  return all.flatMap(([name, value], index) => [
    text(`${index === 0 ? "" : "\n"}${name}: `, true),
    ...(value === "" ? [] : [text(value)]),
  ]);
}

function request({ request: full }: Summary): Block[] {
  const parts: Block[] = [];
  for (let rest = full; rest !== ""; ) {
    const part = beginning(rest, LONGEST_TEXT);
    parts.push({ type: "rich_text_preformatted", elements: [text(part)] });
    rest = rest.slice(part.length);
  }
  return parts;
}

function words({ outcome, warnings, whole }: Summary, pending: boolean): Block[] {
  const elsewhere = pending && !whole ? ["Not all of it can be shown here, so it is approved in the console."] : [];
  return [text(outcome, !pending), ...[...warnings, ...elsewhere].map((warning) => text(`\n${warning}`))];
}

function actions({ id, preview }: Approval, link: string, whole: boolean): Block {
  // The body that was looked at: a click on an old card approves no other.
  const value = `${id}:${preview.edited_version ?? ""}`;
  const reasons = Object.entries(DENIAL_REASONS).map(([code, label]) => ({ text: plain(label), value: `${id}:${code}` }));
  const button = (label: string, action_id: string, more: Block) => ({ type: "button", text: plain(label), action_id, ...more });
  return {
    type: "actions",
    elements: [
      ...(whole ? [button("Approve", ACTIONS.approve, { value, style: "primary" })] : []),
      button("Deny", ACTIONS.deny, { value, style: "danger" }),
      { type: "static_select", action_id: ACTIONS.why, placeholder: plain("Deny because …"), options: reasons },
      button("Open the console", ACTIONS.open, { url: link }),
    ],
  };
}

function section(elements: Block[]): Block {
  return { type: "rich_text_section", elements };
}

function text(content: string, bold = false): Block {
  return { type: "text", text: content, ...(bold ? { style: { bold } } : {}) };
}

function plain(content: string): Block {
  return { type: "plain_text", text: content, emoji: false };
}
