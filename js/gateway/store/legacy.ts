/** What is kept for the older protocol. */
import type { Access } from "./database.js";
import { HELD_CALL_TABLES, type HeldCallStore, SqliteHeldCalls } from "./held-calls.js";
import { HMAC_TABLES, type HmacSecretStore, SqliteHmacSecrets } from "./hmac-secrets.js";
import { type NonceClaims, SqliteNonces } from "./nonces.js";

/** The tables. */
export const LEGACY_TABLES = HMAC_TABLES + HELD_CALL_TABLES;

/** Its three parts. */
export interface LegacyStore {
  readonly secrets: HmacSecretStore;
  readonly nonces: NonceClaims;
  readonly heldCalls: HeldCallStore;
}

/** In SQLite. */
export class SqliteLegacy implements LegacyStore {
  readonly secrets: HmacSecretStore;
  readonly nonces: NonceClaims;
  readonly heldCalls: HeldCallStore;

  constructor(access: Access) {
    this.secrets = new SqliteHmacSecrets(access);
    this.nonces = new SqliteNonces(access);
    this.heldCalls = new SqliteHeldCalls(access);
  }
}
