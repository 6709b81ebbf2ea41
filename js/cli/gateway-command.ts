/** `interven gateway`: the gateway itself, and the commands that ask one. */
import { wrongUsage } from "./arguments.js";
import { nearest } from "./nearest.js";
import type { Env } from "./secret-input.js";

const COMMANDS: Record<string, () => Promise<(argv: readonly string[], env: Env) => Promise<void>>> = {
  key: async () => (await import("./gateway-keys.js")).runGatewayKey,
  credential: async () => (await import("./gateway-credentials.js")).runGatewayCredential,
  route: async () => (await import("./gateway-routes.js")).runGatewayRoute,
  backup: async () => (await import("./backup.js")).runBackup,
};

/** Runs the command that is named, or the gateway. */
export async function runGatewayCommand(argv: readonly string[], env: Env): Promise<void> {
  const [name = ""] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return (await command())(argv.slice(1), env);
  if (name !== "" && !name.startsWith("-")) {
    const guess = nearest(name, Object.keys(COMMANDS));
    const there = guess ? `did you mean '${guess}'?` : `there are: ${Object.keys(COMMANDS).join(", ")}`;
    throw wrongUsage("gateway", `gateway has no command '${name}'; ${there}`);
  }
  const { runGateway } = await import("./gateway.js");
  await runGateway(argv);
}
