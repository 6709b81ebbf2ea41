/** Where the built-in tools are, and how their APIs take a credential that the gateway holds for them. */

/** One service. */
export interface Service {
  /** URL that paths of the API are appended to, without a slash at its end. Absent where every customer has another host. */
  base?: string;
  /** Header of the credential. */
  header: string;
  /** What stands before the credential in it. */
  prefix: string;
}

const BEARER: Pick<Service, "header" | "prefix"> = { header: "authorization", prefix: "Bearer " };
const at = (base: string): Service => ({ base, ...BEARER });
const keyed = (base: string | undefined, header: string, prefix = ""): Service => ({
  ...(base === undefined ? {} : { base }),
  header,
  prefix,
});

/** By the name of the tool. Bases and headers are those of the vendors' API references. */
const SERVICES: Readonly<Record<string, Service>> = {
  anthropic: keyed("https://api.anthropic.com", "x-api-key"),
  asana: at("https://app.asana.com/api/1.0"),
  box: at("https://api.box.com/2.0"),
  cloudflare: at("https://api.cloudflare.com/client/v4"),
  discord: keyed("https://discord.com/api/v10", "authorization", "Bot "),
  dropbox: at("https://api.dropboxapi.com/2"),
  gdrive: at("https://www.googleapis.com/drive/v3"),
  github: at("https://api.github.com"),
  gitlab: keyed("https://gitlab.com/api/v4", "private-token"),
  hubspot: at("https://api.hubapi.com"),
  intercom: at("https://api.intercom.io"),
  jira: keyed(undefined, "authorization", "Basic "),
  linear: keyed("https://api.linear.app", "authorization"),
  monday: keyed("https://api.monday.com/v2", "authorization"),
  netlify: at("https://api.netlify.com/api/v1"),
  notion: at("https://api.notion.com/v1"),
  openai: at("https://api.openai.com/v1"),
  pagerduty: keyed("https://api.pagerduty.com", "authorization", "Token token="),
  sendgrid: at("https://api.sendgrid.com/v3"),
  slack: at("https://slack.com/api"),
  stripe: at("https://api.stripe.com/v1"),
  vercel: at("https://api.vercel.com"),
};

/** Bases of one's own by the name of the tool, as `--tool-url` sets them. */
export type ToolUrls = Readonly<Record<string, string>>;

/** Names of the built-in ones. */
export const serviceNames = (): string[] => Object.keys(SERVICES);

/** The service of a tool. One that is not built in takes its credential as `Authorization: Bearer`. */
export function serviceOf(tool: string, urls: ToolUrls = {}): Service {
  const known = Object.hasOwn(SERVICES, tool) ? (SERVICES[tool] as Service) : BEARER;
  return Object.hasOwn(urls, tool) ? { ...known, base: urls[tool] as string } : known;
}
