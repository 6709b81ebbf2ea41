/** Credentials that the gateway holds for tools, as they are kept: sealed. */
import type { AuditEvent } from "../audit/bodies.js";
import type { Access, Row } from "./database.js";

/** One credential. Times are milliseconds since the epoch. */
export interface ToolCredential {
  /** Name of the tool, or `http:HOST`. */
  tool: string;
  /** Header that it is sent in, and what stands before it there. */
  header: string;
  prefix: string;
  /** Where it may be sent to, such as `https://slack.com`. */
  origins: string[];
  /** The credential, sealed together with all of the above. */
  sealed: string;
  /** By which people tell it from another; null for a short one. */
  lastFour: string | null;
  createdAt: number;
  updatedAt: number;
  lastUsedAt: number | null;
  /** Calls that were made with it. */
  calls: number;
}

/** Every method is atomic. */
export interface CredentialStore {
  /** Sets it; answers whether there was one before. */
  set(credential: ToolCredential): Promise<boolean>;
  find(tool: string): Promise<ToolCredential | undefined>;
  /** By name. */
  list(): Promise<ToolCredential[]>;
  /** Whether there was one. */
  remove(tool: string, now: number): Promise<boolean>;
  /** Counts a call that was made with it. */
  used(tool: string, now: number): Promise<void>;
}

/** The table. */
export const CREDENTIAL_TABLES = `CREATE TABLE tool_credentials (
     tool TEXT PRIMARY KEY,
     header TEXT NOT NULL,
     prefix TEXT NOT NULL,
     origins TEXT NOT NULL,
     sealed TEXT NOT NULL,
     last_four TEXT,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     last_used_at INTEGER,
     calls INTEGER NOT NULL
   ) STRICT;`;

/** Credentials in SQLite. */
export class SqliteCredentials implements CredentialStore {
  constructor(private readonly access: Access) {}

  async set(credential: ToolCredential): Promise<boolean> {
    const { tool, header, prefix, origins, sealed, lastFour, createdAt, updatedAt } = credential;
    return this.access.transaction(updatedAt, (database, record) => {
      const replaced = database.all("SELECT 1 FROM tool_credentials WHERE tool = ?", [tool]).length > 0;
      database.all(
        `INSERT INTO tool_credentials (tool, header, prefix, origins, sealed, last_four, created_at, updated_at, last_used_at, calls)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)
           ON CONFLICT (tool) DO UPDATE SET header = excluded.header, prefix = excluded.prefix, origins = excluded.origins,
             sealed = excluded.sealed, last_four = excluded.last_four, updated_at = excluded.updated_at, last_used_at = NULL, calls = 0`,
        [tool, header, prefix, JSON.stringify(origins), sealed, lastFour, createdAt, updatedAt],
      );
      record(credentialEvent("set", tool, { header, origins, replaced }));
      return replaced;
    });
  }

  async find(tool: string): Promise<ToolCredential | undefined> {
    const [row] = this.access.run((database) => database.all("SELECT * FROM tool_credentials WHERE tool = ?", [tool]));
    return row && credentialFrom(row);
  }

  async list(): Promise<ToolCredential[]> {
    return this.access.run((database) => database.all("SELECT * FROM tool_credentials ORDER BY tool")).map(credentialFrom);
  }

  async remove(tool: string, now: number): Promise<boolean> {
    return this.access.transaction(now, (database, record) => {
      const [gone] = database.all("DELETE FROM tool_credentials WHERE tool = ? RETURNING tool", [tool]);
      if (gone) record(credentialEvent("removed", tool, {}));
      return gone !== undefined;
    });
  }

  async used(tool: string, now: number): Promise<void> {
    this.access.transaction(now, (database) =>
      database.all("UPDATE tool_credentials SET last_used_at = ?, calls = calls + 1 WHERE tool = ?", [now, tool]),
    );
  }
}

function credentialEvent(kind: "set" | "removed", tool: string, told: Record<string, unknown>): AuditEvent {
  return { kind: `credential.${kind}`, body: { actor: "administrator", tool, ...told } };
}

function credentialFrom(row: Row): ToolCredential {
  return {
    tool: String(row.tool),
    header: String(row.header),
    prefix: String(row.prefix),
    origins: JSON.parse(String(row.origins)) as string[],
    sealed: String(row.sealed),
    lastFour: row.last_four as string | null,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    lastUsedAt: row.last_used_at as number | null,
    calls: Number(row.calls),
  };
}
