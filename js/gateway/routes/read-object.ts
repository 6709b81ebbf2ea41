/** Bodies of routes that take a JSON object. */
import { isRecord } from "../../record.js";
import { decodeUtf8, readBody } from "../body.js";
import { Refusal } from "../reply.js";

/** Largest body of a route for people and scripts, in bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/** The object of a body, empty for none; throws a 400 for anything else. */
export async function readObject(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Record<string, unknown>> {
  const bytes = await readBody(request.body, request.headers.get("content-length"), maxBytes);
  const text = decodeUtf8(bytes);
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Answered below, like any other body that is not an object.
  }
  throw new Refusal(400, "INVALID_REQUEST", "The body must be a JSON object.");
}
