/** Clicks on cards: who clicked, on what, and what comes of it. The request is Slack's own by then. */
import { isRecord } from "../../../record.js";
import type { Approvals } from "../../approvals.js";
import { Refusal } from "../../reply.js";
import { approvalId } from "../../routes/approval-id.js";
import type { SlackCard } from "../../store/slack-cards.js";
import type { Approval, Judgement, Store } from "../../store/store.js";
import { summarize } from "../summary.js";
import { isCard, isChannel } from "./api.js";
import { ACTIONS, DENIAL_REASONS, showsAll } from "./card.js";

/** What clicks are handled with. */
export interface ClickParts {
  approvals: Approvals;
  store: Store;
  /** Where the cards are. */
  channel: string;
  /** Names of those who may decide, by their ids in Slack. */
  approvers: ReadonlyMap<string, string>;
  /** Tells the person who clicked. */
  whisper: (channel: string, user: string, text: string) => void;
  /** Has the cards of an approval brought up to date. */
  refresh: (approvalId: string) => Promise<void>;
  now: () => number;
}

interface Click {
  user: string;
  place: SlackCard;
  actionId: string;
  /** Of the button, or of what was chosen. */
  value: string;
}

/** Handles clicks. */
export class Clicks {
  constructor(private readonly parts: ClickParts) {}

  /** Throws a 400 for what is no click on a card of this gateway. */
  async handle(payload: unknown): Promise<void> {
    const click = clickFrom(payload);
    if (click.actionId === ACTIONS.open) return;
    const [id, detail] = subjectOf(click);
    const name = this.parts.approvers.get(click.user);
    if (name === undefined) return this.#refuse(click, id);
    const tell = (text: string) => this.parts.whisper(click.place.channel, click.user, text);
    try {
      const approval = await this.parts.approvals.find(id);
      await this.#refuseElsewhere(id, click.place);
      await this.parts.store.slackCards.add(id, click.place);
      const judgement = judge(click.actionId, detail, approval);
      if (typeof judgement === "string") tell(judgement);
      else await this.parts.approvals.decide(id, { ...judgement, note: null, by: `slack:${click.user} (${name})` });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 400) throw error;
      tell(await this.#whyNot(error, id));
      if (error.code !== "APPROVAL_NOT_FOUND") await this.parts.refresh(id);
    }
  }

  /** Somebody who may not decide. The attempt is recorded. */
  async #refuse({ user, place }: Click, id: string): Promise<void> {
    const body = { actor: "gateway" as const, approval_id: id, slack_user: user };
    await this.parts.store.recordEvent({ kind: "slack.refused", body }, this.parts.now());
    this.parts.whisper(place.channel, user, "You are not named as an approver at this gateway, so nothing was changed.");
  }

  /** An app may be at home in several workspaces; the ids of approvers belong to the one where the cards are. */
  async #refuseElsewhere(id: string, { channel }: SlackCard): Promise<void> {
    const known = (await this.parts.store.slackCards.of(id)).map((place) => place.channel);
    if (isChannel(this.parts.channel)) known.push(this.parts.channel);
    if (known.length > 0 && !known.includes(channel)) throw notOurs();
  }

  async #whyNot({ code, message }: Refusal, id: string): Promise<string> {
    if (code !== "APPROVAL_NOT_PENDING") return message;
    return `This was decided before; the first decision stands. ${summarize(await this.parts.approvals.find(id), 0).outcome}`;
  }
}

/** What the click means for the approval; or why it means nothing. */
function judge(
  actionId: string,
  detail: string,
  approval: Approval,
): Pick<Judgement, "status" | "reason" | "seenVersion"> | string {
  if (actionId === ACTIONS.deny) return { status: "denied" };
  if (actionId === ACTIONS.why) return { status: "denied", reason: detail };
  if (approval.status === "pending" && !showsAll(approval))
    return "Not all of this call can be shown here: approve it in the console.";
  return { status: "approved", seenVersion: detail === "" ? null : detail };
}

/** The id of the approval, and what stands behind it: the body that was looked at, or the reason of a denial. */
function subjectOf({ actionId, value }: Click): [id: string, detail: string] {
  const [id, detail = "", ...rest] = value.split(":");
  const known =
    actionId === ACTIONS.why ? Object.hasOwn(DENIAL_REASONS, detail) : actionId === ACTIONS.approve || actionId === ACTIONS.deny;
  if (!known || rest.length > 0) throw notOurs();
  return [approvalId(id), detail];
}

function clickFrom(payload: unknown): Click {
  const { type, user, container, actions } = record(payload);
  const [action, ...rest] = Array.isArray(actions) ? actions.map(record) : [];
  const { channel_id: channel, message_ts: ts } = record(container);
  const { id } = record(user);
  if (type !== "block_actions" || !action || rest.length > 0 || !isCard({ channel, ts })) throw notOurs();
  const value = action.type === "static_select" ? record(action.selected_option).value : (action.value ?? "");
  const { action_id: actionId } = action;
  if (typeof id !== "string" || !/^[A-Z0-9]{1,64}$/.test(id) || typeof actionId !== "string" || typeof value !== "string")
    throw notOurs();
  return { user: id, place: { channel, ts } as SlackCard, actionId, value };
}

const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

function notOurs(): Refusal {
  return new Refusal(400, "INVALID_REQUEST", "This is no click on a card of this gateway.");
}
