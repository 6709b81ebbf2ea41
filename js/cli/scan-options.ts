/** Command line of `interven scan`, checked. */
import type { ParseArgsConfig } from "node:util";
import { parseArguments, wholeNumber, wrongUsage } from "./arguments.js";

/** What the command line asked for. */
export interface ScanCommand {
  help: boolean;
  paths: string[];
  jsonl: boolean;
  format: "text" | "json" | "sarif";
  redact: boolean;
  /** List documentation samples, and credentials in their own place, too. */
  all: boolean;
  policies: string[];
  maxBodyBytes: number;
  /** Private hosts that requests may lead to. */
  allowPrivate: string[];
  /** Domains of the organisation. */
  domains: string[];
  quiet: boolean;
}

const OPTIONS = {
  jsonl: { type: "boolean" },
  format: { type: "string" },
  redact: { type: "boolean" },
  all: { type: "boolean" },
  policy: { type: "string", multiple: true },
  "max-body-bytes": { type: "string" },
  "allow-private": { type: "string", multiple: true },
  "org-domain": { type: "string", multiple: true },
  quiet: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

const LARGEST_BODY = 64 * 1024 * 1024;

/** Reads the arguments; throws a `CommandError` (exit code 2) that names what is wrong. */
export function parseScanCommand(argv: readonly string[]): ScanCommand {
  const { values, positionals: paths } = parseArguments("scan", argv, OPTIONS, true);
  const { jsonl = false, redact = false, help = false, all = false, quiet = false, format, policy } = values;
  const maxBodyBytes = values["max-body-bytes"];
  if (format !== undefined && format !== "text" && format !== "json" && format !== "sarif") {
    throw usage(`--format must be text, json or sarif, not '${format}'`);
  }
  if (jsonl && paths.length > 0) throw usage("--jsonl reads standard input and takes no files");
  if (jsonl && format !== undefined) throw usage("--jsonl writes JSON lines and takes no --format");
  if (!jsonl && policy !== undefined) throw usage("--policy decides requests and needs --jsonl");
  if (!jsonl && maxBodyBytes !== undefined) throw usage("--max-body-bytes bounds bodies and needs --jsonl");
  if (!jsonl && values["allow-private"] !== undefined) throw usage("--allow-private is about requests and needs --jsonl");
  if (!jsonl && values["org-domain"] !== undefined) throw usage("--org-domain is about requests and needs --jsonl");
  if (!jsonl && redact && format !== undefined) throw usage("--redact writes the text itself and takes no --format");
  if (!jsonl && redact && paths.length > 1) throw usage("--redact takes one file, or - for standard input");
  if (!jsonl && !help && paths.length === 0) throw usage("name files or directories, or - for standard input");
  if (paths.filter((path) => path === "-").length > 1) throw usage("standard input can be read once");
  return {
    help,
    paths,
    jsonl,
    format: format ?? "text",
    redact,
    all,
    policies: policy ?? [],
    maxBodyBytes: wholeNumber("scan", maxBodyBytes ?? String(LARGEST_BODY), "--max-body-bytes", 1, LARGEST_BODY),
    allowPrivate: values["allow-private"] ?? [],
    domains: values["org-domain"] ?? [],
    quiet,
  };
}

const usage = (problem: string) => wrongUsage("scan", problem);
