/** Secrets with which agents sign requests of the older protocol. Only the vault can read them. */
import type { Access, Row } from "./database.js";

/** Tables of this file, and of the requests that were accepted. */
export const HMAC_TABLES = `
  CREATE TABLE hmac_secrets (
    id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX hmac_secrets_agent ON hmac_secrets (agent_id) WHERE revoked_at IS NULL;

  CREATE TABLE hmac_nonces (
    agent_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (agent_id, nonce)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hmac_nonces_until ON hmac_nonces (until);`;

/** One secret. Times are milliseconds since the epoch. */
export interface HmacSecret {
  id: string;
  agentId: string;
  /** Empty once it is revoked. */
  sealed: string;
  createdAt: number;
  revokedAt: number | null;
}

/** Every method is atomic. */
export interface HmacSecretStore {
  /** Adds the secret of an agent; the one that it had before is revoked with that. */
  set(secret: HmacSecret): Promise<void>;
  find(agentId: string): Promise<HmacSecret | undefined>;
  /** Newest first. */
  list(limit: number): Promise<HmacSecret[]>;
  /** The secret that was revoked; `undefined` when the agent has none. */
  revoke(agentId: string, now: number): Promise<HmacSecret | undefined>;
}

/** Secrets in SQLite. */
export class SqliteHmacSecrets implements HmacSecretStore {
  constructor(private readonly access: Access) {}

  async set(secret: HmacSecret): Promise<void> {
    const { id, agentId, sealed, createdAt } = secret;
    this.access.transaction(createdAt, (database, record) => {
      const replaced = database.all(REVOKE, [createdAt, agentId]).map(secretFrom);
      database.all("INSERT INTO hmac_secrets (id, agent_id, sealed, created_at) VALUES (?, ?, ?, ?)", [
        ...[id, agentId, sealed],
        createdAt,
      ]);
      for (const old of replaced) record(secretEvent("revoked", old));
      record(secretEvent("created", secret));
    });
  }

  async find(agentId: string): Promise<HmacSecret | undefined> {
    const sql = "SELECT * FROM hmac_secrets WHERE agent_id = ? AND revoked_at IS NULL";
    const [row] = this.access.run((database) => database.all(sql, [agentId]));
    return row && secretFrom(row);
  }

  async list(limit: number): Promise<HmacSecret[]> {
    const sql = "SELECT * FROM hmac_secrets ORDER BY created_at DESC, rowid DESC LIMIT ?";
    return this.access.run((database) => database.all(sql, [limit])).map(secretFrom);
  }

  async revoke(agentId: string, now: number): Promise<HmacSecret | undefined> {
    return this.access.transaction(now, (database, record) => {
      const [revoked] = database.all(REVOKE, [now, agentId]).map(secretFrom);
      if (revoked) record(secretEvent("revoked", revoked));
      return revoked;
    });
  }
}

// What is revoked need not be opened again.
const REVOKE = "UPDATE hmac_secrets SET revoked_at = ?, sealed = '' WHERE agent_id = ? AND revoked_at IS NULL RETURNING *";

function secretEvent(kind: "created" | "revoked", { id, agentId }: HmacSecret) {
  return { kind: `hmac_secret.${kind}`, body: { actor: "administrator" as const, agent_id: agentId, secret_id: id } };
}

function secretFrom(row: Row): HmacSecret {
  return {
    id: String(row.id),
    agentId: String(row.agent_id),
    sealed: String(row.sealed),
    createdAt: Number(row.created_at),
    revokedAt: row.revoked_at as number | null,
  };
}
