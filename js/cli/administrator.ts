/** Asks a running gateway as its administrator. */
import { visible } from "../visible.js";
import { wrongUsage } from "./arguments.js";
import { CommandError } from "./command-error.js";
import { gatewayAddress } from "./gateway-address.js";

const TIMEOUT_MS = 30_000;

/** What a gateway answered: texts of an error cannot move a cursor. */
export interface AdministratorsAnswer {
  status: number;
  answer: { error?: { code?: string; message?: string }; [name: string]: unknown };
}

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
  const { status, answer } = await askForAnswer(command, url, env, method, path, body);
  if (status >= 400) throw new CommandError(1, answer.error?.message ?? `the gateway answered with ${status}`);
  return answer;
}

/** The same with what the gateway refuses. Throws where it does not answer. */
export async function askForAnswer(
  command: string,
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  method: string,
  path: string,
  body?: unknown,
): Promise<AdministratorsAnswer> {
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
  const answer = (await response.json().catch(() => ({}))) as AdministratorsAnswer["answer"];
  if (response.ok || answer.error?.message === undefined) return { status: response.status, answer };
  return { status: response.status, answer: { ...answer, error: { ...answer.error, message: visible(answer.error.message) } } };
}
