/** The key of the vault: from the environment, or a file of its own in the data directory, made at the first start. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ConfigurationError } from "../../errors.js";
import { readKeyFile, writeKeyFile } from "../store/key-file.js";
import { VAULT_KEY_BYTES } from "./vault.js";

const KEY_FILE = "vault.key";
/** Holds the key where it is not to lie beside what it opens. */
const VAULT_KEY_VARIABLE = "INTERVEN_VAULT_KEY";

/**
 * The key: `given` (base64 of 32 bytes) if there is one, else that of the data directory. A backup of the database is
 * worth nothing to a thief without it, and nothing to its owner: keep it elsewhere.
 *
 * @throws {ConfigurationError}
 */
export function openVaultKey(directory: string, given: string | undefined): Uint8Array<ArrayBuffer> {
  if (given) return keyFrom(given, VAULT_KEY_VARIABLE);
  const path = join(directory, KEY_FILE);
  const kept = readKeyFile(path, "the key of the vault");
  if (kept !== undefined) return keyFrom(kept, path);
  const made = randomBytes(VAULT_KEY_BYTES).toString("base64");
  writeKeyFile(path, `${made}\n`);
  return keyFrom(made, path);
}

function keyFrom(text: string, source: string): Uint8Array<ArrayBuffer> {
  const trimmed = text.trim();
  const bytes = Uint8Array.from(Buffer.from(trimmed, "base64"));
  if (bytes.length === VAULT_KEY_BYTES && Buffer.from(bytes).toString("base64") === trimmed) return bytes;
  throw new ConfigurationError(
    `${source} must hold the base64 of ${VAULT_KEY_BYTES} random bytes, such as 'openssl rand -base64 32' writes.`,
  );
}
