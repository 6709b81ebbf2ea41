/** `interven gateway credential`: sets, lists and removes the credentials of tools, by the API of a running gateway. */
import type { ParseArgsConfig } from "node:util";
import { visible } from "../visible.js";
import { askAdministrator } from "./administrator.js";
import { parseArguments, wrongUsage } from "./arguments.js";
import { GATEWAY_CREDENTIAL_HELP } from "./help.js";

const COMMAND = "gateway credential";
const OPTIONS = {
  "from-env": { type: "string" },
  header: { type: "string" },
  prefix: { type: "string" },
  origin: { type: "string", multiple: true },
  "gateway-url": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];
const MAX_INPUT_BYTES = 16 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

interface Credential {
  tool: string;
  header: string;
  origins: string[];
  last_used_at: string | null;
}

/** Runs one of `set`, `list` and `remove`. A credential is never an argument: those are shown to every user of the machine. */
export async function runGatewayCredential(argv: readonly string[], env: Env): Promise<void> {
  const { values, positionals } = parseArguments(COMMAND, argv, OPTIONS, true);
  const [action, tool, ...rest] = positionals;
  const ask = (method: string, path: string, body?: unknown) =>
    askAdministrator(COMMAND, values["gateway-url"], env, method, path, body);
  if (values.help) {
    process.stdout.write(GATEWAY_CREDENTIAL_HELP);
  } else if (action === "set" && tool !== undefined) {
    if (rest.length > 0) throw wrongUsage(COMMAND, "the credential is no argument: pass it on standard input, or by --from-env");
    const { header, prefix, origin: origins } = values;
    const credential = await given(values["from-env"], env);
    const set = await ask("PUT", pathOf(tool), { credential, header, prefix, origins });
    process.stderr.write(`Set. It is sent to ${visible((set as Credential).origins.join(", "))} and nowhere else.\n`);
  } else if (action === "list" && tool === undefined) {
    const { credentials } = (await ask("GET", "/v1/credentials")) as { credentials: Credential[] };
    const line = (one: Credential) =>
      `${one.tool}  ${one.header}  ${one.origins.join(" ")}  ${one.last_used_at === null ? "never used" : `used ${one.last_used_at}`}`;
    process.stdout.write(credentials.map((one) => `${visible(line(one))}\n`).join(""));
  } else if (action === "remove" && tool !== undefined && rest.length === 0) {
    await ask("DELETE", pathOf(tool));
    process.stderr.write("Removed.\n");
  } else {
    throw wrongUsage(COMMAND, "say what to do: set with the name of a tool, list, or remove with the name of a tool");
  }
}

const pathOf = (tool: string) => `/v1/credentials/${encodeURIComponent(tool)}`;

/** The credential, without the line end that files and `echo` put behind it. */
async function given(variable: string | undefined, env: Env): Promise<string> {
  const text = variable === undefined ? await standardInput() : env[variable];
  if (text === undefined || text.trim() === "")
    throw wrongUsage(
      COMMAND,
      variable === undefined ? "standard input holds no credential" : `the environment has no ${variable}`,
    );
  return text.trim();
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Paste the credential, then press Enter and Ctrl-D.\n");
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_INPUT_BYTES) throw wrongUsage(COMMAND, "standard input is longer than a credential is");
  }
  return Buffer.concat(pieces).toString();
}
