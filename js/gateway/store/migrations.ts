/** The schema, as the steps that made it. A step that was released is never edited. */
import { ConfigurationError } from "../../errors.js";
import { chainDecisions } from "../audit/schema.js";
import { CREDENTIAL_TABLES } from "./credentials.js";
import { type Database, transaction } from "./database.js";
import { INBOUND_ROUTES_SCHEMA } from "./inbound-routes.js";
import { INBOX_TABLES } from "./inbox.js";
import { KEY_AGENTS_INDEX, KEY_ENVIRONMENTS_SCHEMA } from "./keys.js";
import { LEGACY_TABLES } from "./legacy.js";
import { OUTBOX_TABLES } from "./outbox.js";
import { POLICY_TABLES } from "./policies.js";
import { APPROVAL_HOLDER } from "./rows.js";
import { SLACK_TABLES } from "./slack-cards.js";

/** SQL, or what SQL alone cannot do. */
type Step = string | ((database: Database) => void);

const STEPS: readonly Step[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

   CREATE TABLE approvals (
     id TEXT PRIMARY KEY,
     trace_id TEXT NOT NULL,
     agent_id TEXT NOT NULL,
     digest TEXT NOT NULL,
     status TEXT NOT NULL CHECK (status IN ('pending','approved','denied','expired','executed')),
     preview TEXT NOT NULL,
     report TEXT NOT NULL,
     note TEXT,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     decided_at INTEGER,
     executed_at INTEGER
   ) STRICT;
   CREATE UNIQUE INDEX approvals_pending ON approvals (agent_id, digest) WHERE status = 'pending';
   CREATE INDEX approvals_subject ON approvals (agent_id, digest, created_at);
   CREATE INDEX approvals_open ON approvals (status, expires_at);

   CREATE TABLE decisions (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     trace_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     agent_id TEXT NOT NULL,
     source TEXT NOT NULL,
     action TEXT NOT NULL,
     mode TEXT NOT NULL,
     method TEXT NOT NULL,
     report TEXT NOT NULL,
     approval_id TEXT
   ) STRICT;
   CREATE INDEX decisions_trace ON decisions (trace_id);`,

  chainDecisions,

  `CREATE TABLE agent_keys (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('live','ephemeral')),
     prefix TEXT NOT NULL UNIQUE,
     hash TEXT NOT NULL,
     agent_id TEXT NOT NULL,
     agent_name TEXT,
     description TEXT,
     ip_allowlist TEXT NOT NULL,
     scope TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     revoked_at INTEGER,
     max_uses INTEGER,
     uses INTEGER NOT NULL
   ) STRICT;

   CREATE TABLE agents (
     id TEXT PRIMARY KEY,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL,
     calls INTEGER NOT NULL,
     denied INTEGER NOT NULL,
     stopped_at INTEGER,
     note TEXT
   ) STRICT;
   CREATE INDEX agents_seen ON agents (last_seen);
   CREATE INDEX approvals_agent ON approvals (agent_id, status, created_at);

   CREATE TABLE usage (hour INTEGER PRIMARY KEY, scans INTEGER NOT NULL, limited INTEGER NOT NULL) STRICT;`,

  CREDENTIAL_TABLES,
  INBOX_TABLES,
  OUTBOX_TABLES + SLACK_TABLES,
  INBOUND_ROUTES_SCHEMA,

  KEY_ENVIRONMENTS_SCHEMA,
  APPROVAL_HOLDER,
  POLICY_TABLES,
  LEGACY_TABLES,
  KEY_AGENTS_INDEX,
];

/** Brings a database to the newest schema; each step is one transaction. */
export function migrate(database: Database, now: number): void {
  database.exec("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
  const done = Number(database.all("SELECT coalesce(max(version), 0) AS version FROM migrations")[0]?.version);
  if (done > STEPS.length) {
    throw new ConfigurationError(
      `The data directory was written by a newer version of interven (schema ${done}, this one knows ${STEPS.length}). Upgrade, or choose another directory with --data-dir.`,
    );
  }
  STEPS.slice(done).forEach((step, index) => {
    transaction(database, () => {
      if (typeof step === "string") database.exec(step);
      else step(database);
      database.all("INSERT INTO migrations (version, applied_at) VALUES (?, ?)", [done + index + 1, now]);
    });
  });
}
