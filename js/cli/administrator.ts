/** Asks a running gateway as its administrator. */
import { visible } from "../visible.js";
import { wrongUsage } from "./arguments.js";
import { CommandError } from "./command-error.js";
import { gatewayAddress } from "./gateway-address.js";

const TIMEOUT_MS = 30_000;

/**
 * Answer of a route, as JSON. `url` is what `--gateway-url` says.
 *
 * @throws {CommandError} with what the gateway says, where it refuses or does not answer.
 */
export async function askAdministrator(
  command: string,
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const token = env.INTERVEN_ADMIN_TOKEN;
  if (!token) throw wrongUsage(command, "set INTERVEN_ADMIN_TOKEN to the administrator's credential");
  const base = gatewayAddress(command, url ?? env.INTERVEN_GATEWAY_URL ?? "http://localhost:4100");
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const written = body === undefined ? {} : { body: JSON.stringify(body) };
  let response: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(`${base}${path}`, { method, headers, ...written, redirect: "error", signal });
  } catch (error) {
    throw new CommandError(1, `the gateway at ${base} does not answer. Is it running? Another is named by --gateway-url.`, {
      cause: error,
    });
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
  if (!response.ok) throw new CommandError(1, visible(answer.error?.message ?? `the gateway answered with ${response.status}`));
  return answer;
}
