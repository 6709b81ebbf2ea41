// Where the gateway sends the calls of a tool, so that a call is scanned as the one that it becomes.

import { ConfigurationError } from "../errors.js";
import { isRecord } from "../record.js";

/** The hosts of tools that have one for everybody. */
const HOSTS: Record<string, string> = {
  anthropic: "api.anthropic.com",
  asana: "app.asana.com",
  box: "api.box.com",
  cloudflare: "api.cloudflare.com",
  discord: "discord.com",
  dropbox: "api.dropboxapi.com",
  firebase: "firebase.googleapis.com",
  gdrive: "www.googleapis.com",
  github: "api.github.com",
  gitlab: "gitlab.com",
  google_drive: "www.googleapis.com",
  hubspot: "api.hubapi.com",
  intercom: "api.intercom.io",
  linear: "api.linear.app",
  monday: "api.monday.com",
  netlify: "api.netlify.com",
  notion: "api.notion.com",
  openai: "api.openai.com",
  pagerduty: "api.pagerduty.com",
  sendgrid: "api.sendgrid.com",
  slack: "slack.com",
  stripe: "api.stripe.com",
  supabase: "api.supabase.com",
  twilio: "api.twilio.com",
  vercel: "api.vercel.com",
};

/** By the names of tools: what stands before `urlPath`, such as `https://corp.atlassian.net`. */
export type Upstreams = Readonly<Record<string, string>>;

/** @throws {ConfigurationError} for one that is no origin, or has more than a path. */
export function settleUpstreams(given: Upstreams | undefined): Map<string, string> {
  const known = new Map(Object.entries(HOSTS).map(([tool, host]) => [tool, `https://${host}`]));
  if (given === undefined) return known;
  if (!isRecord(given)) throw new ConfigurationError("upstreams must be an object of URLs by the names of tools.");
  for (const [tool, base] of Object.entries(given)) known.set(tool.toLowerCase(), checkedBase(base));
  return known;
}

function checkedBase(base: unknown): string {
  const url = typeof base === "string" && URL.canParse(base) ? new URL(base) : undefined;
  const plain = url !== undefined && ["https:", "http:"].includes(url.protocol) && !/[?#@\\]/.test(String(base));
  if (!plain) throw new ConfigurationError("upstreams must be http: or https: URLs without credentials, query and fragment.");
  return url.href.replace(/\/+$/, "");
}

/** What stands before the path of a tool's calls. A tool that nobody knows is its own place. */
export const baseOf = (upstreams: Map<string, string>, tool: string): string =>
  upstreams.get(tool.toLowerCase()) ?? `tool://${tool.toLowerCase()}`;
