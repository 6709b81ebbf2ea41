/** The administrator's credential: only its SHA-256 is ever kept. */
import { Refusal } from "./reply.js";

const encoder = new TextEncoder();

/** SHA-256 of a credential, 64 hex digits. */
export async function hashCredential(credential: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(credential)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A new credential of 256 random bits. */
export function createCredential(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `iva_${btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")}`;
}

/** Throws a 401 unless the request bears the administrator's credential. */
export async function requireAdmin(request: Request, adminHash: string): Promise<void> {
  const match = /^Bearer ([^\s]{1,512})$/.exec(request.headers.get("authorization") ?? "");
  const presented = await hashCredential(match?.[1] ?? "");
  // Both sides are hashes of one length, so the comparison takes the same time whatever was presented.
  let difference = match ? 0 : 1;
  for (let i = 0; i < 64; i++) difference |= presented.charCodeAt(i) ^ adminHash.charCodeAt(i);
  if (difference !== 0) {
    throw new Refusal(
      401,
      "ADMIN_CREDENTIAL_REQUIRED",
      "This route needs the administrator's credential: send 'Authorization: Bearer <credential>'. It was printed at the first start; INTERVEN_ADMIN_TOKEN replaces it.",
      { "www-authenticate": "Bearer" },
    );
  }
}
