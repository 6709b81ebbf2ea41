/** The administrator's credential: only its SHA-256 is ever kept. */
import { base64url, hexadecimal } from "../encoding.js";
import { Refusal } from "./reply.js";

const encoder = new TextEncoder();

/** SHA-256 of a credential, 64 hex digits. */
export async function hashCredential(credential: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(credential)));
  return hexadecimal(digest);
}

/** Whether two hashes are the same. They have one length, so it takes the same time whatever was presented. */
export function sameHash(presented: string, kept: string): boolean {
  let difference = 0;
  for (let i = 0; i < 64; i++) difference |= presented.charCodeAt(i) ^ kept.charCodeAt(i);
  return difference === 0;
}

/** A new credential of 256 random bits. */
export function createCredential(): string {
  return `iva_${base64url(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/** Throws a 401 unless the request bears the administrator's credential. */
export async function requireAdmin(request: Request, adminHash: string): Promise<void> {
  const match = /^Bearer ([^\s]{1,512})$/.exec(request.headers.get("authorization") ?? "");
  const presented = await hashCredential(match?.[1] ?? "");
  if (!sameHash(presented, adminHash) || !match) {
    throw new Refusal(
      401,
      "ADMIN_CREDENTIAL_REQUIRED",
      "This route needs the administrator's credential: send 'Authorization: Bearer <credential>'. It was printed at the first start; INTERVEN_ADMIN_TOKEN replaces it.",
      { "www-authenticate": "Bearer" },
    );
  }
}
