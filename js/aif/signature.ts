// The signature of the older protocol: HMAC-SHA-256 over the bytes of the body, in base64. The arithmetic is the core's.

import { decoded } from "../core/decoded.js";
import type { Core } from "../core/instance.js";
import { EngineError } from "../errors.js";

const encoder = new TextEncoder();

/** The signature of exactly these bytes. */
export function signature(core: Core, secret: string, body: Uint8Array): string {
  const key = encoder.encode(secret);
  const tag = core.run((glue) => {
    place(core, glue.reserve(key.length + body.length), [key, body]);
    return glue.hmacSha256(key.length);
  });
  if (tag === undefined) throw new EngineError("The engine could not sign the request.");
  return btoa(String.fromCharCode(...tag));
}

/** Whether a text is the signature of exactly these bytes. The time it takes tells nothing about the right one. */
export function isSignature(core: Core, secret: string, body: Uint8Array, given: string): boolean {
  // 32 bytes in base64, in the one form that they have.
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(given)) return false;
  const [key, tag] = [encoder.encode(secret), decoded(given)];
  return core.run((glue) => {
    place(core, glue.reserve(key.length + tag.length + body.length), [key, tag, body]);
    return glue.verifyHmacSha256(key.length, tag.length);
  });
}

function place(core: Core, at: number, pieces: readonly Uint8Array[]): void {
  let next = at;
  for (const piece of pieces) {
    core.memory().set(piece, next);
    next += piece.length;
  }
}
