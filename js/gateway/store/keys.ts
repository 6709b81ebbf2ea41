/** Keys of agents as they are kept: hashes, whom they are for, and what they may do. */
import type { Report } from "../../types.js";
import type { AuditEvent } from "../audit/bodies.js";
import type { Access, Row, Value } from "./database.js";

/** What a key may be used for; an absent list allows everything. */
export interface KeyScope {
  tools?: string[];
  verbs?: Report["verb"][];
}

/** One key. Times are milliseconds since the epoch. */
export interface AgentKey {
  id: string;
  kind: "live" | "ephemeral";
  /** The beginning of the key, by which it is found and shown. */
  prefix: string;
  /** SHA-256 of the key, 64 hex digits. */
  hash: string;
  /** The agent that whoever holds the key is. */
  agentId: string;
  agentName: string | null;
  description: string | null;
  /** Environment that the agent is in with this key; null for the one without a name. */
  envName: string | null;
  /** Addresses and ranges that it may be used from; empty for any. */
  ipAllowlist: string[];
  scope: KeyScope;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
  /** Calls that it is good for; null for any number. */
  maxUses: number | null;
  uses: number;
}

/** Every method is atomic. */
export interface KeyStore {
  add(key: AgentKey): Promise<void>;
  /** Whether there has ever been a key, revoked ones included. */
  anyExists(): Promise<boolean>;
  findByPrefix(prefix: string): Promise<AgentKey | undefined>;
  /** Whether there has ever been a key for this agent, revoked ones included. */
  anyFor(agentId: string): Promise<boolean>;
  /** Keys of an agent that are neither revoked nor expired. */
  usableBy(agentId: string, now: number): Promise<AgentKey[]>;
  /** Newest first. */
  list(limit: number): Promise<AgentKey[]>;
  /** The key, revoked now or before; `undefined` when there is none by this id. */
  revoke(id: string, now: number): Promise<AgentKey | undefined>;
  /** Counts one use; `undefined` when the key is used up, revoked or expired. */
  use(id: string, now: number): Promise<AgentKey | undefined>;
}

const COLUMNS =
  "id, kind, prefix, hash, agent_id, agent_name, description, ip_allowlist, scope, created_at, expires_at, revoked_at, max_uses, uses, env_name";

/** Environments. */
export const KEY_ENVIRONMENTS_SCHEMA = "ALTER TABLE agent_keys ADD COLUMN env_name TEXT;";
/** Calls that come without a key ask whether their agent has one. */
export const KEY_AGENTS_INDEX = "CREATE INDEX agent_keys_agent ON agent_keys (agent_id);";

/** Keys in SQLite. */
export class SqliteKeys implements KeyStore {
  /** Asked for every call; keys are never deleted, and one gateway at a time holds the file. */
  #exists: boolean | undefined;

  constructor(private readonly access: Access) {}

  async add(key: AgentKey): Promise<void> {
    this.access.transaction(key.createdAt, (database, record) => {
      database.all(`INSERT INTO agent_keys (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values(key));
      record(keyEvent("created", key));
    });
    this.#exists = true;
  }

  async anyExists(): Promise<boolean> {
    this.#exists ??= this.access.run((database) => database.all("SELECT 1 FROM agent_keys LIMIT 1").length > 0);
    return this.#exists;
  }

  async findByPrefix(prefix: string): Promise<AgentKey | undefined> {
    const [row] = this.access.run((database) => database.all("SELECT * FROM agent_keys WHERE prefix = ?", [prefix]));
    return row && keyFrom(row);
  }

  async anyFor(agentId: string): Promise<boolean> {
    const sql = "SELECT 1 FROM agent_keys WHERE agent_id = ? LIMIT 1";
    return this.access.run((database) => database.all(sql, [agentId]).length > 0);
  }

  async usableBy(agentId: string, now: number): Promise<AgentKey[]> {
    const sql = "SELECT * FROM agent_keys WHERE agent_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)";
    return this.access.run((database) => database.all(sql, [agentId, now])).map(keyFrom);
  }

  async list(limit: number): Promise<AgentKey[]> {
    const rows = this.access.run((database) =>
      database.all("SELECT * FROM agent_keys ORDER BY created_at DESC, rowid DESC LIMIT ?", [limit]),
    );
    return rows.map(keyFrom);
  }

  async revoke(id: string, now: number): Promise<AgentKey | undefined> {
    return this.access.transaction(now, (database, record) => {
      const [before] = database.all("SELECT * FROM agent_keys WHERE id = ?", [id]);
      if (!before || before.revoked_at !== null) return before && keyFrom(before);
      database.all("UPDATE agent_keys SET revoked_at = ? WHERE id = ?", [now, id]);
      const revoked = keyFrom({ ...before, revoked_at: now });
      record(keyEvent("revoked", revoked));
      return revoked;
    });
  }

  async use(id: string, now: number): Promise<AgentKey | undefined> {
    const [row] = this.access.transaction(now, (database) =>
      database.all(
        `UPDATE agent_keys SET uses = uses + 1 WHERE id = ? AND revoked_at IS NULL
           AND (expires_at IS NULL OR expires_at > ?) AND (max_uses IS NULL OR uses < max_uses) RETURNING *`,
        [id, now],
      ),
    );
    return row && keyFrom(row);
  }
}

/** What the record says of a key: whom it is for and what it may do, and how it begins. */
function keyEvent(
  kind: "created" | "revoked",
  { id, kind: sort, prefix, agentId, envName, ipAllowlist, scope, expiresAt, maxUses }: AgentKey,
): AuditEvent {
  const told = {
    key_id: id,
    key_kind: sort,
    prefix,
    env_name: envName,
    ip_allowlist: ipAllowlist,
    scope,
    expires_at: expiresAt,
    max_uses: maxUses,
  };
  return { kind: `key.${kind}`, body: { actor: "administrator", agent_id: agentId, ...told } };
}

function values(key: AgentKey): Value[] {
  return [
    ...[key.id, key.kind, key.prefix, key.hash, key.agentId, key.agentName, key.description],
    ...[JSON.stringify(key.ipAllowlist), JSON.stringify(key.scope)],
    ...[key.createdAt, key.expiresAt, key.revokedAt, key.maxUses, key.uses, key.envName],
  ];
}

function keyFrom(row: Row): AgentKey {
  return {
    id: String(row.id),
    kind: row.kind as AgentKey["kind"],
    prefix: String(row.prefix),
    hash: String(row.hash),
    agentId: String(row.agent_id),
    agentName: row.agent_name as string | null,
    description: row.description as string | null,
    envName: row.env_name as string | null,
    ipAllowlist: JSON.parse(String(row.ip_allowlist)) as string[],
    scope: JSON.parse(String(row.scope)) as KeyScope,
    createdAt: Number(row.created_at),
    expiresAt: row.expires_at as number | null,
    revokedAt: row.revoked_at as number | null,
    maxUses: row.max_uses as number | null,
    uses: Number(row.uses),
  };
}
