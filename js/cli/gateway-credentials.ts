/** `interven gateway credential`: sets, lists and removes the credentials of tools, by the API of a running gateway. */
import type { ParseArgsConfig } from "node:util";
import { visible } from "../visible.js";
import { administrator } from "./administrator.js";
import { parseArguments, wrongUsage } from "./arguments.js";
import { GATEWAY_CREDENTIAL_HELP } from "./help/gateway-credential.js";
import { type Env, fromEnvironment, fromStandardInput } from "./secret-input.js";

const COMMAND = "gateway credential";
const OPTIONS = {
  "from-env": { type: "string" },
  header: { type: "string" },
  prefix: { type: "string" },
  origin: { type: "string", multiple: true },
  "gateway-url": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

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
  const ask = administrator(COMMAND, values["gateway-url"], env);
  if (values.help) {
    process.stdout.write(GATEWAY_CREDENTIAL_HELP);
  } else if (action === "set" && tool !== undefined) {
    if (rest.length > 0) throw wrongUsage(COMMAND, "the credential is no argument: pass it on standard input, or by --from-env");
    const { header, prefix, origin: origins, "from-env": variable } = values;
    const credential = variable === undefined ? await fromStandardInput(COMMAND) : fromEnvironment(COMMAND, variable, env);
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
