/** `interven gateway route`: adds, lists and removes inbound routes, by the API of a running gateway. */
import type { ParseArgsConfig } from "node:util";
import { visible } from "../visible.js";
import { administrator } from "./administrator.js";
import { parseArguments, wrongUsage } from "./arguments.js";
import { GATEWAY_ROUTE_HELP } from "./help/gateway-route.js";
import { type Env, fromEnvironment, fromStandardInput } from "./secret-input.js";

const COMMAND = "gateway route";
const OPTIONS = {
  header: { type: "string" },
  "from-env": { type: "string", multiple: true },
  tool: { type: "string" },
  agent: { type: "string" },
  "agent-header": { type: "string" },
  "allow-from": { type: "string", multiple: true },
  "gateway-url": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>["values"];

interface Route {
  prefix: string;
  path: string;
  upstream_url: string;
  header_names: string[];
  tool: string | null;
  agent: { by: string; agent_id?: string; header?: string; allow_from?: string[] };
}

/** Runs one of `add`, `list` and `remove`. */
export async function runGatewayRoute(argv: readonly string[], env: Env): Promise<void> {
  const { values, positionals } = parseArguments(COMMAND, argv, OPTIONS, true);
  const [action, prefix, url, ...rest] = positionals;
  const ask = administrator(COMMAND, values["gateway-url"], env);
  if (values.help) {
    process.stdout.write(GATEWAY_ROUTE_HELP);
  } else if (action === "add" && prefix !== undefined && url !== undefined) {
    if (rest.length > 0)
      throw wrongUsage(COMMAND, "the value of a header is no argument: pass it on standard input, or by --from-env");
    const agent = agentOf(values);
    const headers = await headersOf(values, env);
    const wishes = { prefix, upstream_url: url, headers, tool: values.tool, agent };
    const made = (await ask("POST", "/v1/inbound-routes", wishes)) as Route;
    process.stderr.write(`Added. Whoever calls ${visible(made.path)} of the gateway reaches ${visible(made.upstream_url)}.\n`);
  } else if (action === "list" && prefix === undefined) {
    const { inbound_routes: routes } = (await ask("GET", "/v1/inbound-routes")) as { inbound_routes: Route[] };
    process.stdout.write(routes.map((route) => `${visible(lineOf(route))}\n`).join(""));
  } else if (action === "remove" && prefix !== undefined && url === undefined) {
    await ask("DELETE", `/v1/inbound-routes/${encodeURIComponent(prefix)}`);
    process.stderr.write("Removed.\n");
  } else {
    throw wrongUsage(COMMAND, "say what to do: add with a prefix and a URL, list, or remove with a prefix");
  }
}

/** Which agent a caller is; nothing says that its key tells. */
function agentOf({ agent, "agent-header": header, "allow-from": ranges }: Values): Route["agent"] | undefined {
  if (agent !== undefined && header !== undefined) throw wrongUsage(COMMAND, "--agent and --agent-header exclude each other");
  const from = ranges === undefined ? {} : { allow_from: ranges };
  if (agent !== undefined) return { by: "fixed", agent_id: agent, ...from };
  if (header !== undefined) return { by: "header", header, ...from };
  if (ranges !== undefined)
    throw wrongUsage(COMMAND, "--allow-from is for callers without a key: name --agent or --agent-header");
  return undefined;
}

/** Nothing that an error says of a header is more than its name. */
async function headersOf({ header, "from-env": pairs = [] }: Values, env: Env): Promise<Record<string, string> | undefined> {
  if (header === undefined && pairs.length === 0) return undefined;
  const named = pairs.map((pair) => {
    const [, name = "", variable = ""] = /^([^=\s]{1,64})=([A-Za-z_][A-Za-z0-9_]*)$/.exec(pair) ?? [];
    if (variable === "")
      throw wrongUsage(COMMAND, "--from-env needs HEADER=VARIABLE: a header, and the environment variable that holds its value");
    return { name: name.toLowerCase(), variable };
  });
  const names = [...named.map(({ name }) => name), ...(header === undefined ? [] : [header.toLowerCase()])];
  if (new Set(names).size < names.length) throw wrongUsage(COMMAND, "a header is named twice");
  const headers = named.map(({ name, variable }) => [name, fromEnvironment(COMMAND, variable, env)]);
  if (header !== undefined) headers.push([header, await fromStandardInput(COMMAND)]);
  return Object.fromEntries(headers);
}

function lineOf({ prefix, upstream_url: url, header_names: headers, tool, agent }: Route): string {
  const who = agent.by === "key" ? "by key" : agent.by === "fixed" ? `agent ${agent.agent_id}` : `agent in ${agent.header}`;
  const from = agent.allow_from?.length ? ` from ${agent.allow_from.join(" ")}` : "";
  const added = headers.length > 0 ? `  adds ${headers.join(" ")}` : "";
  return `${prefix}  ${url}  ${who}${from}${tool === null ? "" : `  tool ${tool}`}${added}`;
}
