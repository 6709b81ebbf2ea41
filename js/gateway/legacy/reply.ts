/** What clients of the older protocol read of an error: a text under `error`, never an object. */
import { json, Refusal } from "../reply.js";

/** Answers a refusal in the older form. */
export function legacyError({ status, code, message, headers }: Refusal): Response {
  return json(status, { error: message, error_code: code }, headers);
}

/** Runs a route; what it refuses is told in the older form. */
export async function inLegacyForm(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (error) {
    if (error instanceof Refusal) return legacyError(error);
    throw error;
  }
}
