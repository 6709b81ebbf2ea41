/** The step of the schema that turns the list of decisions into a chained record. */
import { ConfigurationError } from "../../errors.js";
import type { Database } from "../store/database.js";
import { decisionFrom } from "../store/rows.js";
import { decisionBody } from "./bodies.js";
import { type AuditEntry, ENTRY, GENESIS, nextEntry } from "./chain.js";

// What is searched for is read from the body: there is nothing beside it that could say otherwise.
const TABLES = `
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    trace_id TEXT GENERATED ALWAYS AS (json_extract(body, '$.trace_id')) VIRTUAL,
    agent_id TEXT GENERATED ALWAYS AS (json_extract(body, '$.agent_id')) VIRTUAL,
    decision TEXT GENERATED ALWAYS AS (json_extract(body, '$.report.decision')) VIRTUAL,
    tool TEXT GENERATED ALWAYS AS (json_extract(body, '$.report.tool_name')) VIRTUAL
  ) STRICT;
  CREATE INDEX audit_at ON audit (at);
  CREATE INDEX audit_trace ON audit (trace_id);
  CREATE INDEX audit_agent ON audit (agent_id);
  CREATE INDEX audit_decision ON audit (decision);
  CREATE INDEX audit_tool ON audit (tool);

  CREATE TABLE audit_marks (
    name TEXT PRIMARY KEY CHECK (name IN ('head', 'start')),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL
  ) STRICT;`;

// Against our own mistakes: whoever can write the file can drop a trigger as well.
const TRIGGERS = `
  CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
    BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
  CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
    WHEN OLD.seq > coalesce((SELECT seq FROM audit_marks WHERE name = 'start'), 0)
    BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;`;

/** Rows that are chained at a time. */
const PAGE = 500;

/** Makes the record, moves the decisions of older versions into it, and drops their table. */
export function chainDecisions(database: Database): void {
  database.exec(TABLES);
  let last: { seq: number; hash: string } = { seq: 0, hash: GENESIS };
  let read = 0;
  for (;;) {
    const rows = database.all("SELECT * FROM decisions WHERE seq > ? ORDER BY seq LIMIT ?", [read, PAGE]);
    if (rows.length === 0) break;
    for (const row of rows) {
      const decision = decisionFrom(row);
      read = decision.seq;
      const entry = nextEntry(last, decision.at, "decision", decisionBody(decision));
      insertEntry(database, entry);
      last = entry;
    }
  }
  database.exec(TRIGGERS);
  database.exec("DROP TABLE decisions");
}

/** @throws {ConfigurationError} where the database holds no chained record. */
export function requireRecord(database: Database): void {
  const tables = database.all("SELECT name FROM sqlite_schema WHERE name IN ('audit', 'audit_marks')");
  if (tables.length === 2) return;
  throw new ConfigurationError(
    "This is no record, or one of an older version: start the gateway once, which brings it up to date.",
  );
}

/** Writes an entry. */
export function insertEntry(database: Database, entry: AuditEntry): void {
  database.all(`INSERT INTO audit (${ENTRY}) VALUES (?, ?, ?, ?, ?, ?)`, [
    entry.seq,
    entry.at,
    entry.kind,
    entry.body,
    entry.previous,
    entry.hash,
  ]);
}
