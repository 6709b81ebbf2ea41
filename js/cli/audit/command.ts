/** `interven audit`: checks, exports, signs the record of a gateway. */
import { readFileSync } from "node:fs";
import { parseArguments, wrongUsage } from "../arguments.js";
import { CommandError } from "../command-error.js";
import { AUDIT_HELP } from "../help/audit.js";
import { nearest } from "../nearest.js";
import { writeExport } from "./export.js";
import { printHead, reseal } from "./head.js";
import { verify } from "./verify.js";

const OPTIONS = {
  "data-dir": { type: "string" },
  file: { type: "string" },
  head: { type: "string" },
  "public-key": { type: "string" },
  format: { type: "string" },
  kind: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Which options each action takes, beside where the record is. */
const ACTIONS: Readonly<Record<string, readonly (keyof typeof OPTIONS)[]>> = {
  verify: ["file", "head", "public-key", "json"],
  export: ["file", "format", "kind", "since", "until"],
  head: [],
  reseal: [],
};

/** What the command line asked for. */
export interface AuditCommand {
  dataDir: string;
  /** A backup instead of a data directory. */
  file?: string;
  head?: { text: string; source: string };
  publicKey?: string;
  format: string;
  kind?: string;
  since?: string;
  until?: string;
  json: boolean;
}

/** Runs an action. */
export async function runAudit(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments("audit", argv, OPTIONS, true);
  const [action, ...rest] = positionals;
  if (values.help || action === undefined) {
    process.stdout.write(AUDIT_HELP);
    return;
  }
  const allowed = ACTIONS[action];
  if (!allowed) {
    const guess = nearest(action, Object.keys(ACTIONS));
    throw wrongUsage("audit", `unknown action '${action}'${guess ? `; did you mean '${guess}'?` : ""}`);
  }
  if (rest[0] !== undefined) throw wrongUsage("audit", `unexpected argument '${rest[0]}'`);
  const stray = Object.keys(values).find((name) => name !== "data-dir" && !allowed.includes(name as keyof typeof OPTIONS));
  if (stray !== undefined) throw wrongUsage("audit", `--${stray} does nothing for ${action}`);
  if (values["data-dir"] !== undefined && values.file !== undefined)
    throw wrongUsage("audit", "--data-dir and --file exclude each other");
  const command: AuditCommand = {
    dataDir: values["data-dir"] ?? ".interven",
    file: values.file,
    head: values.head === undefined ? undefined : { text: readText(values.head), source: values.head },
    publicKey: values["public-key"],
    format: values.format ?? "ndjson",
    kind: values.kind,
    since: values.since,
    until: values.until,
    json: values.json ?? false,
  };
  if (action === "verify") await verify(command);
  else if (action === "export") await writeExport(command);
  else if (action === "head") await printHead(command);
  else await reseal(command);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CommandError(2, `--head ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}
