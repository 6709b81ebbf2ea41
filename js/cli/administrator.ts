/** Asks a running gateway as its administrator. */
import { visible } from "../visible.js";
import { wrongUsage } from "./arguments.js";
import { CommandError } from "./command-error.js";
import { gatewayAddress } from "./gateway-address.js";
import type { Env } from "./secret-input.js";

const TIMEOUT_MS = 30_000;

/** What a gateway answered: texts of an error cannot move a cursor. */
export interface AdministratorsAnswer {
  status: number;
  answer: { error?: { code?: string; message?: string }; [name: string]: unknown };
}

/** Asks for an answer of a route, as JSON. Rejects with a `CommandError` that says what the gateway says, where it refuses. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Asks as the administrator; `url` is what `--gateway-url` says. It fails where the gateway does not answer. */
export function administrator(command: string, url: string | undefined, env: Env): Ask {
  return async (method, path, body) => orFail(await askForAnswer(command, url, env, method, path, body));
}

/** The answer, if it is none about a mistake. */
export function orFail({ status, answer }: AdministratorsAnswer): AdministratorsAnswer["answer"] {
  if (status < 400) return answer;
  throw new CommandError(1, answer.error?.message ?? `the gateway answered with ${status}`);
}

/** The same as `administrator`, with what the gateway refuses. Throws where it does not answer. */
export async function askForAnswer(
  command: string,
  url: string | undefined,
  env: Env,
  method: string,
  path: string,
  body?: unknown,
): Promise<AdministratorsAnswer> {
  const token = env.INTERVEN_ADMIN_TOKEN;
  if (!token) throw wrongUsage(command, "set INTERVEN_ADMIN_TOKEN to the administrator's credential");
  const base = gatewayAddress(command, url, env);
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
