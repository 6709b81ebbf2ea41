/** Who is told outside of the console, from the options of the gateway. */
import { ConfigurationError } from "../../errors.js";
import type { Approvals } from "../approvals.js";
import type { GatewayOptions } from "../options.js";
import type { SlackRouteParts } from "../routes/slack.js";
import { serviceOf } from "../services.js";
import { Courier, type Destination, type Outcome } from "./courier.js";
import { type Outbound, outboundUrl } from "./outbound.js";
import { SlackApi } from "./slack/api.js";
import { Clicks } from "./slack/clicks.js";
import { SlackDestination } from "./slack/destination.js";
import { SlackSignatures } from "./slack/signature.js";
import { WebhookDestination } from "./webhook/destination.js";
import { WebhookSigner } from "./webhook/signature.js";

/** A channel of Slack in which people are asked. */
export interface SlackOptions {
  /** Id of the channel, such as `C0123ABCD`, or `#name`. */
  channel: string;
  /** Token of a bot that may write there (`chat:write`). */
  botToken: string;
  /** Signing secret of the Slack app. */
  signingSecret: string;
  /** Names of those who may approve and deny, by their ids in Slack (`U0123ABCD`). Nobody else may. */
  approvers: Readonly<Record<string, string>>;
}

/** Servers that are told what happens. */
export interface WebhookOptions {
  urls: readonly string[];
  /** `whsec_` and the base64 of 24 to 64 bytes, by which messages are signed. */
  secret: string;
  /** Whether messages hold the redacted preview of the request. Default false. */
  preview?: boolean;
}

/** What notifications are made with. */
export interface NotificationParts {
  options: Pick<GatewayOptions, "store" | "slack" | "webhooks" | "toolUrls" | "allowPrivate">;
  approvals: Approvals;
  outbound: Outbound;
  approvalUrl: (id: string) => string;
  /** Told of each try. */
  count: (channel: Destination["channel"], outcome: Outcome) => void;
  now: () => number;
}

/** Tells others. Nothing that is decided waits for it, or fails with it. */
export class Notifications {
  /** What the route for clicks works with, where Slack is set up. */
  readonly slack: SlackRouteParts | undefined;
  readonly #couriers: Courier[] = [];
  readonly #names: string[] = [];
  #opened: Promise<void> | undefined;

  /** @throws {ConfigurationError} for a URL, a secret, a token or an approver that cannot be used. */
  constructor(private readonly parts: NotificationParts) {
    const { slack, webhooks } = parts.options;
    this.slack = slack && this.#addSlack(slack);
    if (webhooks) this.#addWebhooks(webhooks);
    this.wake();
  }

  /** Something was recorded, or time has gone by. */
  wake(): void {
    this.#opened ??= this.#open();
    void this.#opened.then(
      () => {
        for (const courier of this.#couriers) courier.wake();
      },
      // The store fails, which is told of by whatever is asked of it. The next time may be better.
      () => {
        this.#opened = undefined;
      },
    );
  }

  /** Breaks off what is being sent; the next gateway sends it again. */
  async close(): Promise<void> {
    this.parts.outbound.close();
    await Promise.all(this.#couriers.map((courier) => courier.close()));
  }

  #open(): Promise<void> {
    return this.parts.options.store.outbox.open(this.#names, this.parts.now());
  }

  #addSlack({ channel, botToken, signingSecret, approvers }: SlackOptions): SlackRouteParts {
    const { options, approvals, outbound, approvalUrl, now } = this.parts;
    const { store, toolUrls, allowPrivate = [] } = options;
    printable("the channel", channel, 80);
    printable("the bot token", botToken, 512);
    printable("the signing secret", signingSecret, 512);
    const base = outboundUrl("the API of Slack", serviceOf("slack", toolUrls).base ?? "", allowPrivate);
    const api = new SlackApi(outbound, base, botToken);
    const destination = new SlackDestination({ api, store, channel, approvalUrl });
    const courier = this.#add(destination);
    const clicks = new Clicks({
      ...{ approvals, store, channel, approvers: checkedApprovers(approvers), now },
      whisper: (where, user, text) => void api.whisper(where, user, text),
      refresh: (id) => courier.send(destination.refresh(id)),
    });
    return { signatures: new SlackSignatures(signingSecret, now), clicks };
  }

  #addWebhooks({ urls, secret, preview = false }: WebhookOptions): void {
    const { options, outbound, approvalUrl, now } = this.parts;
    const signer = new WebhookSigner(secret);
    const checked = urls.map((url) => outboundUrl("a webhook", url, options.allowPrivate ?? []));
    for (const url of new Map(checked.map((one) => [one.href, one])).values())
      this.#add(new WebhookDestination(url, { preview, approvalUrl, outbound, signer, now }));
  }

  #add(destination: Destination): Courier {
    const { options, count, now } = this.parts;
    const courier = new Courier(destination, options.store.outbox, count, now);
    this.#couriers.push(courier);
    this.#names.push(destination.name);
    return courier;
  }
}

function printable(what: string, text: string, most: number): void {
  if (new RegExp(`^[\\x21-\\x7e]{1,${most}}$`).test(text)) return;
  throw new ConfigurationError(`${what} of Slack must be 1 to ${most} printable characters without spaces.`);
}

function checkedApprovers(approvers: SlackOptions["approvers"]): ReadonlyMap<string, string> {
  const entries = Object.entries(approvers);
  for (const [id, name] of entries) {
    if (!/^[UW][A-Z0-9]{2,63}$/.test(id) || !/^[\p{L}\p{N}][\p{L}\p{N} ._'-]{0,63}$/u.test(name))
      throw new ConfigurationError(
        `an approver of Slack is the id of a member and a name, such as U0123ABCD=alice, not '${id}=${name}'.`,
      );
  }
  return new Map(entries);
}
