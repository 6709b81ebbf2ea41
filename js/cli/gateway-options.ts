/** Command line and environment of `interven gateway`, checked. */
import type { ParseArgsConfig } from "node:util";
import { parseArguments, wholeNumber, wrongUsage } from "./arguments.js";
import { namedInFile, readConfigFile } from "./config-file.js";

/** What the command line asked for. */
export interface GatewayCommand {
  help: boolean;
  port: number;
  host: string;
  publicHosts: string[];
  mode: "enforce" | "monitor";
  policies: string[];
  dataDir: string;
  allowPrivate: string[];
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
  /** Base64 of the vault's key, where it is not kept in the data directory. */
  vaultKey: string | undefined;
}

const OPTIONS = {
  config: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  "public-host": { type: "string", multiple: true },
  mode: { type: "string" },
  policy: { type: "string", multiple: true },
  "data-dir": { type: "string" },
  "allow-private": { type: "string", multiple: true },
  "tool-url": { type: "string", multiple: true },
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
export function parseGatewayCommand(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): GatewayCommand {
  const given = parseArguments("gateway", argv, OPTIONS, false).values;
  if (given.config === undefined || given.help) return settled(given, env);
  const file = readConfigFile(given.config, OPTIONS);
  const { port, policy, verbose, quiet, "legacy-hmac": legacy, ...rest } = file;
  const values = {
    ...rest,
    // The environment goes before the file: it belongs to this start, the file to all of them.
    ...(env.PORT ? {} : { port }),
    ...(env.INTERVEN_POLICY ? {} : { policy }),
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

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>["values"];

/** Values as they are used. */
function settled(values: Values, env: Readonly<Record<string, string | undefined>>): GatewayCommand {
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
    mode,
    policies: values.policy ?? (env.INTERVEN_POLICY ? [env.INTERVEN_POLICY] : []),
    dataDir: values["data-dir"] ?? ".interven",
    allowPrivate: (values["allow-private"] ?? []).map(hostAndPort),
    toolUrls: Object.fromEntries((values["tool-url"] ?? []).map(toolUrl)),
    legacyHmac: values["legacy-hmac"] ?? onOrOff("INTERVEN_LEGACY_HMAC", env.INTERVEN_LEGACY_HMAC),
    maxBodyBytes: whole("max-body-bytes", LARGEST_BODY),
    rateLimit: whole("rate-limit", LARGEST_RATE),
    promptLimit: whole("prompt-limit", MOST_PROMPTS),
    retainDays: whole("retain-days", LONGEST_RETENTION),
    storeBodies,
    quiet: values.quiet ?? false,
    adminToken,
    vaultKey: env.INTERVEN_VAULT_KEY || undefined,
  };
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

const usage = (problem: string) => wrongUsage("gateway", problem);
