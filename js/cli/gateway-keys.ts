/** `interven gateway key`: makes, lists and revokes the keys of agents, by the API of a running gateway. */
import type { ParseArgsConfig } from "node:util";
import { visible } from "../visible.js";
import { administrator } from "./administrator.js";
import { parseArguments, wholeNumber, wrongUsage } from "./arguments.js";
import { runHmacSecret } from "./gateway-hmac-secrets.js";
import { GATEWAY_KEY_HELP } from "./help/gateway-key.js";
import type { Env } from "./secret-input.js";

const OPTIONS = {
  agent: { type: "string" },
  name: { type: "string" },
  description: { type: "string" },
  env: { type: "string" },
  "allow-ip": { type: "string", multiple: true },
  tool: { type: "string", multiple: true },
  verb: { type: "string", multiple: true },
  ephemeral: { type: "boolean" },
  hmac: { type: "boolean" },
  "ttl-seconds": { type: "string" },
  "max-uses": { type: "string" },
  "gateway-url": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>["values"];

interface Key {
  key?: string;
  key_id: string;
  status: string;
  prefix: string;
  agent_id: string;
}

/** Runs one of `create`, `list` and `revoke`. The key goes to standard output alone, so that a script can keep it. */
export async function runGatewayKey(argv: readonly string[], env: Env): Promise<void> {
  const { values, positionals } = parseArguments("gateway key", argv, OPTIONS, true);
  const [action, id, ...rest] = positionals;
  const ask = administrator("gateway key", values["gateway-url"], env);
  if (values.help) {
    process.stdout.write(GATEWAY_KEY_HELP);
  } else if (values.hmac) {
    await runHmacSecret(action, id, values, ask);
  } else if (action === "create" && id === undefined) {
    const made = (await ask("POST", `/v1/keys${values.ephemeral ? "/ephemeral" : ""}`, wishes(values))) as Key;
    process.stdout.write(`${made.key}\n`);
    process.stderr.write(
      `Made for the agent ${visible(made.agent_id)}; it is shown this once. Revoke it by its id ${made.key_id}.\n`,
    );
  } else if (action === "list" && id === undefined) {
    const { keys } = (await ask("GET", "/v1/keys")) as { keys: Key[] };
    const line = (key: Key) => `${key.key_id}  ${key.status.padEnd(9)}  ${key.prefix}…  ${visible(key.agent_id)}\n`;
    process.stdout.write(keys.map(line).join(""));
  } else if (action === "revoke" && id !== undefined && rest.length === 0) {
    await ask("POST", `/v1/keys/${encodeURIComponent(id)}/revoke`, {});
    process.stderr.write("Revoked.\n");
  } else {
    throw wrongUsage("gateway key", "say what to do: create, list, or revoke with the id of a key");
  }
}

/** What the key is to be, as the API takes it. */
function wishes(values: Values): Record<string, unknown> {
  const { agent, name, description, env, "allow-ip": addresses, tool: tools, verb: verbs, ephemeral } = values;
  if (agent === undefined) throw wrongUsage("gateway key", "say which agent the key is for: --agent ID");
  const numbers = { ttl_seconds: number(values, "ttl-seconds", 86_400), max_uses: number(values, "max-uses", 1000) };
  if (!ephemeral && Object.values(numbers).some((value) => value !== undefined))
    throw wrongUsage("gateway key", "--ttl-seconds and --max-uses are for keys with --ephemeral");
  const scope = tools || verbs ? { tools, verbs: verbs?.map((verb) => verb.toUpperCase()) } : undefined;
  return { agent_id: agent, agent_name: name, description, env_name: env, ip_allowlist: addresses, scope, ...numbers };
}

function number(values: Values, name: "ttl-seconds" | "max-uses", most: number): number | undefined {
  const text = values[name];
  return text === undefined ? undefined : wholeNumber("gateway key", text, `--${name}`, 1, most);
}
