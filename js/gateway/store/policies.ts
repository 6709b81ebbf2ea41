/** Policies that were applied over the API, with every version that they have had. */
import { createHash } from "node:crypto";
import { type AuditEvent, approvalEvent } from "../audit/bodies.js";
import type { Access, Database, Row } from "./database.js";
import { approvalFrom } from "./rows.js";
import type { Approval } from "./store.js";

/** Tables of {@link SqlitePolicies}. */
export const POLICY_TABLES = `
  CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    env_name TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (name, env_name)
  ) STRICT;
  CREATE TABLE policy_versions (
    policy_id TEXT NOT NULL REFERENCES policies (id),
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    rules INTEGER NOT NULL,
    at INTEGER NOT NULL,
    restored_from INTEGER,
    PRIMARY KEY (policy_id, version)
  ) STRICT;`;

/** A policy without its text. Times are milliseconds since the epoch. */
export interface StoredPolicy {
  id: string;
  name: string;
  envName: string;
  /** Whether it counts where its environment is run; one that does not is kept with its history. */
  active: boolean;
  /** Of its newest version, from 1. */
  version: number;
  /** How many the newest version has. */
  rules: number;
  createdAt: number;
  /** When it was last applied, rolled back or deactivated. */
  updatedAt: number;
}

/** What a policy said from some time on. */
export interface PolicyVersion {
  version: number;
  /** JSON. */
  text: string;
  rules: number;
  at: number;
  /** The older version that this is, after a rollback. */
  restoredFrom: number | null;
}

/** A change that has been found to be possible. */
export interface PolicyChange {
  id: string;
  name: string;
  envName: string;
  text: string;
  rules: number;
  restoredFrom: number | null;
}

/** What became of approvals, and what the record is told of the change besides. */
export interface InForce {
  /** The engine's version once the change is in force. */
  policyVersion: string;
  /** Whether it comes into force here: approvals that were asked for under other policies are then over. */
  here: boolean;
}

/** Every method is atomic. */
export interface PolicyStore {
  /** By name and environment; those that do not count any more only with `all`. */
  list(all: boolean): Promise<StoredPolicy[]>;
  find(id: string): Promise<StoredPolicy | undefined>;
  findByName(name: string, envName: string): Promise<StoredPolicy | undefined>;
  /** Newest first. */
  versions(id: string, limit: number): Promise<Omit<PolicyVersion, "text">[]>;
  version(id: string, version: number): Promise<PolicyVersion | undefined>;
  /** Adds a version, the first one with its policy, and makes it count. */
  apply(change: PolicyChange, inForce: InForce, now: number): Promise<{ policy: StoredPolicy; expired: Approval[] }>;
  /** Makes a policy count no more. */
  deactivate(id: string, inForce: InForce, now: number): Promise<{ policy: StoredPolicy; expired: Approval[] }>;
}

const POLICY = `SELECT policies.*, (SELECT rules FROM policy_versions AS newest
  WHERE newest.policy_id = policies.id AND newest.version = policies.version) AS rules FROM policies`;

/** Policies in SQLite. */
export class SqlitePolicies implements PolicyStore {
  constructor(private readonly access: Access) {}

  async list(all: boolean): Promise<StoredPolicy[]> {
    const where = all ? "" : "WHERE active = 1";
    return this.access.run((database) => database.all(`${POLICY} ${where} ORDER BY name, env_name`)).map(policyFrom);
  }

  async find(id: string): Promise<StoredPolicy | undefined> {
    return this.access.run((database) => policyBy(database, id));
  }

  async findByName(name: string, envName: string): Promise<StoredPolicy | undefined> {
    const [row] = this.access.run((database) => database.all(`${POLICY} WHERE name = ? AND env_name = ?`, [name, envName]));
    return row && policyFrom(row);
  }

  async versions(id: string, limit: number): Promise<Omit<PolicyVersion, "text">[]> {
    const sql =
      "SELECT version, '' AS text, rules, at, restored_from FROM policy_versions WHERE policy_id = ? ORDER BY version DESC LIMIT ?";
    return this.access
      .run((database) => database.all(sql, [id, limit]))
      .map((row) => {
        const { text: _, ...rest } = versionFrom(row);
        return rest;
      });
  }

  async version(id: string, version: number): Promise<PolicyVersion | undefined> {
    const sql = "SELECT * FROM policy_versions WHERE policy_id = ? AND version = ?";
    const [row] = this.access.run((database) => database.all(sql, [id, version]));
    return row && versionFrom(row);
  }

  async apply(change: PolicyChange, inForce: InForce, now: number): Promise<{ policy: StoredPolicy; expired: Approval[] }> {
    const { id, name, envName, text, rules, restoredFrom } = change;
    return this.access.transaction(now, (database, record) => {
      database.all(
        `INSERT INTO policies (id, name, env_name, active, version, created_at, updated_at) VALUES (?1, ?2, ?3, 1, 1, ?4, ?4)
           ON CONFLICT (id) DO UPDATE SET active = 1, version = version + 1, updated_at = excluded.updated_at`,
        [id, name, envName, now],
      );
      const policy = stored(database, id);
      database.all("INSERT INTO policy_versions (policy_id, version, text, rules, at, restored_from) VALUES (?, ?, ?, ?, ?, ?)", [
        id,
        policy.version,
        text,
        rules,
        now,
        restoredFrom,
      ]);
      record(event(restoredFrom === null ? "applied" : "rolled_back", { ...policy, rules }, inForce, change));
      return { policy: stored(database, id), expired: expireOthers(database, inForce, record) };
    });
  }

  async deactivate(id: string, inForce: InForce, now: number): Promise<{ policy: StoredPolicy; expired: Approval[] }> {
    return this.access.transaction(now, (database, record) => {
      database.all("UPDATE policies SET active = 0, updated_at = ? WHERE id = ?", [now, id]);
      const policy = stored(database, id);
      record(event("deactivated", policy, inForce));
      return { policy, expired: expireOthers(database, inForce, record) };
    });
  }
}

/** Nobody can say any more what was asked: other rules hold now, and the same call may be denied by them. */
function expireOthers(database: Database, { policyVersion, here }: InForce, record: (event: AuditEvent) => void): Approval[] {
  if (!here) return [];
  const rows = database.all(
    `UPDATE approvals SET status = 'expired' WHERE status IN ('pending', 'approved')
       AND json_extract(report, '$.policy_version') <> ? RETURNING *`,
    [policyVersion],
  );
  const expired = rows.map(approvalFrom);
  for (const approval of expired) record(approvalEvent("expired", approval));
  return expired;
}

/** What the record says of a change. The text is told by its hash: a version cannot be changed unnoticed. */
function event(
  kind: "applied" | "rolled_back" | "deactivated",
  { id, name, envName, version, rules }: StoredPolicy,
  { policyVersion }: InForce,
  change?: PolicyChange,
): AuditEvent {
  const told = { policy_id: id, name, env_name: envName, version, rules, policy_version: policyVersion };
  const text = change && {
    text_sha256: createHash("sha256").update(change.text).digest("hex"),
    ...(change.restoredFrom === null ? {} : { restored_from: change.restoredFrom }),
  };
  return { kind: `admin.policy_${kind}`, body: { actor: "administrator", ...told, ...text } };
}

function stored(database: Database, id: string): StoredPolicy {
  const policy = policyBy(database, id);
  if (!policy) throw new Error("there is no policy by this id");
  return policy;
}

function policyBy(database: Database, id: string): StoredPolicy | undefined {
  const [row] = database.all(`${POLICY} WHERE id = ?`, [id]);
  return row && policyFrom(row);
}

function policyFrom(row: Row): StoredPolicy {
  return {
    id: String(row.id),
    name: String(row.name),
    envName: String(row.env_name),
    active: row.active === 1,
    version: Number(row.version),
    rules: Number(row.rules),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
  };
}

function versionFrom(row: Row): PolicyVersion {
  return {
    version: Number(row.version),
    text: String(row.text),
    rules: Number(row.rules),
    at: Number(row.at),
    restoredFrom: row.restored_from === null ? null : Number(row.restored_from),
  };
}
