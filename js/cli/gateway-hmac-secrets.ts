/** `interven gateway key … --hmac`: the secrets with which agents sign requests of the older protocol. */
import { visible } from "../visible.js";
import type { Ask } from "./administrator.js";
import { wrongUsage } from "./arguments.js";

interface Secret {
  secret?: string;
  secret_id: string;
  agent_id: string;
  status: string;
}

const WITH_HMAC = ["hmac", "agent", "gateway-url"];

/** Runs one of `create`, `list` and `revoke`. The secret goes to standard output alone, so that a script can keep it. */
export async function runHmacSecret(
  action: string | undefined,
  id: string | undefined,
  values: Readonly<Record<string, unknown>>,
  ask: Ask,
): Promise<void> {
  const other = Object.keys(values).find((name) => !WITH_HMAC.includes(name));
  if (other !== undefined) throw wrongUsage("gateway key", `--${other} is nothing for a secret: --hmac goes with --agent alone`);
  const { agent } = values;
  if (action === "list" && id === undefined && agent === undefined) {
    const { hmac_secrets: secrets } = (await ask("GET", "/v1/hmac-secrets")) as { hmac_secrets: Secret[] };
    const line = (secret: Secret) => `${secret.secret_id}  ${secret.status.padEnd(9)}  ${visible(secret.agent_id)}\n`;
    process.stdout.write(secrets.map(line).join(""));
    return;
  }
  if ((action !== "create" && action !== "revoke") || id !== undefined)
    throw wrongUsage("gateway key", "say what to do with --hmac: create or revoke with --agent ID, or list");
  if (typeof agent !== "string") throw wrongUsage("gateway key", "say which agent the secret is for: --agent ID");
  const path = `/v1/agents/${encodeURIComponent(agent)}/hmac-secret`;
  if (action === "revoke") {
    await ask("POST", `${path}/revoke`, {});
    process.stderr.write("Revoked.\n");
    return;
  }
  const made = (await ask("POST", path, {})) as Secret;
  process.stdout.write(`${made.secret}\n`);
  process.stderr.write(`Made for the agent ${visible(made.agent_id)}; it is shown this once, and replaces the one before.\n`);
}
