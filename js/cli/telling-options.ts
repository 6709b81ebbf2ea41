/** Options of `interven gateway` about whom it tells: Slack and webhooks. Their secrets come from the environment alone. */
import type { SlackOptions, WebhookOptions } from "../gateway/notify/notifications.js";
import { wrongUsage } from "./arguments.js";
import type { Env } from "./secret-input.js";

interface Values {
  "slack-channel"?: string | undefined;
  "slack-approver"?: string[] | undefined;
  webhook?: string[] | undefined;
  "webhook-preview"?: boolean | undefined;
}

/** The options as the gateway takes them; throws a `CommandError` (exit code 2) that names what is missing. */
export function tellingOptions(
  values: Values,
  env: Env,
): { slack: SlackOptions | undefined; webhooks: WebhookOptions | undefined } {
  return { slack: slackOptions(values, env), webhooks: webhookOptions(values, env) };
}

function slackOptions(values: Values, env: Env): SlackOptions | undefined {
  const { "slack-channel": channel, "slack-approver": approvers = [] } = values;
  if (channel === undefined) {
    if (approvers.length > 0) throw usage("--slack-approver needs --slack-channel as well");
    return undefined;
  }
  if (!/^([A-Z][A-Z0-9]{2,63}|#\S{1,79})$/.test(channel))
    throw usage(`--slack-channel needs the id of a channel such as C0123ABCD, or #name, not '${channel}'`);
  return {
    channel,
    botToken: needed("INTERVEN_SLACK_BOT_TOKEN", "--slack-channel", env),
    signingSecret: needed("INTERVEN_SLACK_SIGNING_SECRET", "--slack-channel", env),
    approvers: Object.fromEntries(approvers.map(approver)),
  };
}

function webhookOptions(values: Values, env: Env): WebhookOptions | undefined {
  const { webhook: urls = [], "webhook-preview": preview = false } = values;
  if (urls.length === 0) {
    if (preview) throw usage("--webhook-preview needs --webhook as well");
    return undefined;
  }
  return { urls, secret: needed("INTERVEN_WEBHOOK_SECRET", "--webhook", env), preview };
}

function approver(text: string): [id: string, name: string] {
  const [, id, name] = /^([UW][A-Z0-9]{2,63})=(\S.{0,63})$/.exec(text) ?? [];
  if (id === undefined || name === undefined)
    throw usage(`--slack-approver needs the id of a member and a name, such as U0123ABCD=alice, not '${text}'`);
  return [id, name];
}

function needed(variable: string, option: string, env: Env): string {
  const value = env[variable];
  if (!value) throw usage(`${option} needs ${variable} to be set`);
  return value;
}

const usage = (problem: string) => wrongUsage("gateway", problem);
