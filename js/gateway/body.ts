/** Reads request bodies up to a limit, so that a decision is made on all of a body or on none. */
import type { Context } from "hono";
import { Refusal } from "./reply.js";
import type { GatewayEnv } from "./surface.js";

/** All bytes of the body that a route is asked with; throws a 413 as soon as there are more than `limit`. */
export function requestBody({ req: { raw }, env }: Context<GatewayEnv>, limit: number): Promise<Uint8Array> {
  return readBody(env.body ?? raw.body, raw.headers.get("content-length"), limit);
}

/** All bytes of a body; throws a 413 as soon as there are more than `limit`. */
export async function readBody(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null | undefined,
  declaredLength: string | null,
  limit: number,
): Promise<Uint8Array> {
  if (declaredLength !== null && Number(declaredLength) > limit) throw tooLarge(limit);
  if (!source) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

/** A body as text that is valid UTF-8; throws a 400 otherwise. */
export function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new Refusal(400, "INVALID_REQUEST", "The body is not valid UTF-8.");
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(
    413,
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${limit} bytes. Nothing was scanned or sent; send less at once.`,
  );
}
