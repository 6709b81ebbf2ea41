/** Command line and environment of `interven gateway`, checked. */
import type { ParseArgsConfig } from "node:util";
import type { SlackOptions, WebhookOptions } from "../gateway/notify/notifications.js";
import { isEnvironment } from "../gateway/policies/environment.js";
import { publicOrigin } from "../gateway/public-url.js";
import { parseTunnelHost } from "../gateway/tunnel/hosts.js";
import { parseArguments, wholeNumber, wrongUsage } from "./arguments.js";
import { namedInFile, readConfigFile } from "./config-file.js";
import type { Env } from "./secret-input.js";
import { tellingOptions } from "./telling-options.js";

/** What the command line asked for. */
export interface GatewayCommand {
  help: boolean;
  port: number;
  host: string;
  publicHosts: string[];
  /** Where people reach the console, where that is not this listener. */
  publicUrl: string | undefined;
  mode: "enforce" | "monitor";
  policies: string[];
  /** Applied policies of this environment are in force. */
  environment: string;
  dataDir: string;
  allowPrivate: string[];
  /** Hosts that tunnels may lead to. */
  connect: string[];
  /** By the name of the tool. */
  toolUrls: Record<string, string>;
  legacyHmac: boolean;
  maxBodyBytes: number | undefined;
  rateLimit: number | undefined;
  promptLimit: number | undefined;
  retainDays: number | undefined;
  storeBodies: "none" | "redacted";
  quiet: boolean;
  adminToken: string | undefined;
  slack: SlackOptions | undefined;
  webhooks: WebhookOptions | undefined;
  /** Another gateway that is asked as well; nothing where there is none. */
  remote: { apiKey?: string; gatewayUrl?: string; failMode: "closed" | "open" } | undefined;
  /** Base64 of the vault's key, where it is not kept in the data directory. */
  vaultKey: string | undefined;
}

/** The options, as the command line and `--config` take them. */
export const GATEWAY_OPTIONS = {
  config: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  "public-host": { type: "string", multiple: true },
  "public-url": { type: "string" },
  mode: { type: "string" },
  policy: { type: "string", multiple: true },
  env: { type: "string" },
  "data-dir": { type: "string" },
  "allow-private": { type: "string", multiple: true },
  connect: { type: "string", multiple: true },
  "tool-url": { type: "string", multiple: true },
  "slack-channel": { type: "string" },
  "slack-approver": { type: "string", multiple: true },
  webhook: { type: "string", multiple: true },
  "webhook-preview": { type: "boolean" },
  "api-key": { type: "string" },
  "gateway-url": { type: "string" },
  "fail-mode": { type: "string" },
  "legacy-hmac": { type: "boolean" },
  "max-body-bytes": { type: "string" },
  "rate-limit": { type: "string" },
  "prompt-limit": { type: "string" },
  "retain-days": { type: "string" },
  "store-bodies": { type: "string" },
  verbose: { type: "boolean" },
  quiet: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

const LARGEST_BODY = 64 * 1024 * 1024;
const LARGEST_RATE = 1_000_000;
const MOST_PROMPTS = 1000;
const LONGEST_RETENTION = 36_500;
const MIN_TOKEN_LENGTH = 16;

/** Reads arguments and environment; throws a `CommandError` (exit code 2) that names the option. */
export function parseGatewayCommand(argv: readonly string[], env: Env): GatewayCommand {
  const given = parseArguments("gateway", argv, GATEWAY_OPTIONS, false).values;
  if (given.config === undefined || given.help) return settled(given, env);
  const file = readConfigFile(given.config, GATEWAY_OPTIONS);
  const { port, policy, env: environment, verbose, quiet, "legacy-hmac": legacy, "public-url": url, ...rest } = file;
  const values = {
    ...rest,
    // The environment goes before the file: it belongs to this start, the file to all of them.
    ...(env.PORT ? {} : { port }),
    ...(env.INTERVEN_POLICY ? {} : { policy }),
    ...(env.INTERVEN_ENV ? {} : { env: environment }),
    ...(env.INTERVEN_PUBLIC_URL ? {} : { "public-url": url }),
    ...(env.INTERVEN_LEGACY_HMAC ? {} : { "legacy-hmac": legacy }),
    // What the command line says about the log is all that counts about it.
    ...(given.verbose || given.quiet ? {} : { verbose, quiet }),
    ...given,
  };
  try {
    return settled(values, env);
  } catch (error) {
    const inFile = Object.keys(file).filter((name) => !(name in given));
    throw namedInFile(error, given.config, inFile);
  }
}

type Values = ReturnType<typeof parseArguments<typeof GATEWAY_OPTIONS>>["values"];

/** Values as they are used. */
function settled(values: Values, env: Env): GatewayCommand {
  const mode = values.mode ?? "enforce";
  if (mode !== "enforce" && mode !== "monitor") throw usage(`--mode must be enforce or monitor, not '${mode}'`);
  if (values.verbose && values.quiet) throw usage("--verbose and --quiet exclude each other");
  const adminToken = env.INTERVEN_ADMIN_TOKEN || undefined;
  if (adminToken !== undefined && !new RegExp(`^[\\x21-\\x7e]{${MIN_TOKEN_LENGTH},512}$`).test(adminToken)) {
    throw usage(`INTERVEN_ADMIN_TOKEN must be ${MIN_TOKEN_LENGTH} to 512 printable characters without spaces`);
  }
  const whole = (name: "max-body-bytes" | "rate-limit" | "prompt-limit" | "retain-days", most: number) =>
    values[name] === undefined ? undefined : wholeNumber("gateway", values[name], `--${name}`, 1, most);
  const storeBodies = values["store-bodies"] ?? "none";
  if (storeBodies !== "none" && storeBodies !== "redacted")
    throw usage(`--store-bodies must be none or redacted, not '${storeBodies}'`);
  return {
    help: values.help ?? false,
    port: wholeNumber(
      "gateway",
      values.port ?? (env.PORT || "4100"),
      values.port === undefined && env.PORT ? "PORT" : "--port",
      0,
      65_535,
    ),
    host: values.host ?? "127.0.0.1",
    publicHosts: (values["public-host"] ?? []).map(publicHost),
    publicUrl: publicUrl(values["public-url"], env.INTERVEN_PUBLIC_URL),
    mode,
    policies: values.policy ?? (env.INTERVEN_POLICY ? [env.INTERVEN_POLICY] : []),
    environment: environmentName(values.env, env.INTERVEN_ENV),
    dataDir: values["data-dir"] ?? ".interven",
    allowPrivate: (values["allow-private"] ?? []).map(hostAndPort),
    connect: (values.connect ?? []).map(connectHost),
    toolUrls: Object.fromEntries((values["tool-url"] ?? []).map(toolUrl)),
    legacyHmac: values["legacy-hmac"] ?? onOrOff("INTERVEN_LEGACY_HMAC", env.INTERVEN_LEGACY_HMAC),
    maxBodyBytes: whole("max-body-bytes", LARGEST_BODY),
    rateLimit: whole("rate-limit", LARGEST_RATE),
    promptLimit: whole("prompt-limit", MOST_PROMPTS),
    retainDays: whole("retain-days", LONGEST_RETENTION),
    storeBodies,
    quiet: values.quiet ?? false,
    adminToken,
    ...tellingOptions(values, env),
    vaultKey: env.INTERVEN_VAULT_KEY || undefined,
    remote: remoteGateway(values, env),
  };
}

function remoteGateway(values: Values, env: Env): GatewayCommand["remote"] {
  const failMode = values["fail-mode"] ?? "closed";
  if (failMode !== "closed" && failMode !== "open") throw usage(`--fail-mode must be closed or open, not '${failMode}'`);
  const apiKey = values["api-key"] ?? (env.INTERVEN_API_KEY || undefined);
  const gatewayUrl = values["gateway-url"] ?? (env.INTERVEN_GATEWAY_URL || undefined);
  if (apiKey === undefined && gatewayUrl === undefined) {
    if (values["fail-mode"] !== undefined) throw usage("--fail-mode is about another gateway: name it with --gateway-url");
    return undefined;
  }
  return { ...(apiKey === undefined ? {} : { apiKey }), ...(gatewayUrl === undefined ? {} : { gatewayUrl }), failMode };
}

function environmentName(option: string | undefined, variable: string | undefined): string {
  const name = option ?? (variable || "production");
  if (isEnvironment(name)) return name;
  const source = option === undefined ? "INTERVEN_ENV" : "--env";
  throw usage(`${source} must be 1 to 64 letters, digits, '.', '_' and '-', such as production, not '${name}'`);
}

function onOrOff(name: string, text: string | undefined): boolean {
  if (text === undefined || text === "" || text === "0") return false;
  if (text === "1") return true;
  throw usage(`${name} must be 1 or 0`);
}

function hostAndPort(text: string): string {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:/@\s]+):(\d{1,5})$/.exec(text);
  const [, host = "", port = ""] = match ?? [];
  if (!match || !URL.canParse(`http://${text}/`) || Number(port) < 1) {
    throw usage(`--allow-private needs HOST:PORT, such as localhost:8080, not '${text}'`);
  }
  // As the URL parser writes it, because the proxy compares with that.
  return `${new URL(`http://${host}/`).hostname}:${Number(port)}`;
}

function connectHost(text: string): string {
  if (parseTunnelHost(text)) return text;
  throw usage(`--connect needs HOST, HOST:PORT or .DOMAIN, such as api.example.com or .example.com:8443, not '${text}'`);
}

function toolUrl(text: string): [tool: string, base: string] {
  const [, tool = "", base = ""] = /^([A-Za-z0-9_-]{1,64})=(https?:\/\/.+)$/.exec(text) ?? [];
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (!url || `${url.search}${url.hash}${url.username}${url.password}` !== "")
    throw usage(`--tool-url needs TOOL=URL, such as jira=https://example.atlassian.net, not '${text}'`);
  return [tool, url.href.replace(/\/+$/, "")];
}

function publicHost(text: string): string {
  if (/^(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9.-]+)(:\d{1,5})?$/.test(text)) return text.toLowerCase();
  throw usage(`--public-host needs a host name such as gateway.example.com, not '${text}'`);
}

function publicUrl(option: string | undefined, variable: string | undefined): string | undefined {
  const text = option ?? (variable || undefined);
  if (text === undefined) return undefined;
  const origin = publicOrigin(text);
  if (origin !== undefined) return origin;
  const source = option === undefined ? "INTERVEN_PUBLIC_URL" : "--public-url";
  throw usage(`${source} needs an address such as https://gateway.example.com, without a path, not '${text}'`);
}

const usage = (problem: string) => wrongUsage("gateway", problem);
