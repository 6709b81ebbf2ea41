/** Reads the record for people and programs. */
import { Conditions } from "../store/conditions.js";
import type { Database, Value } from "../store/database.js";
import type { DecisionFilter, EntryFilter, StoreStatistics, TraceSummary } from "../store/store.js";
import { type AuditEntry, ENTRY, entryFrom } from "./chain.js";

/** Decisions, newest first. */
export function findDecisions(database: Database, filter: DecisionFilter): AuditEntry[] {
  const where = new Conditions("kind = 'decision'");
  where.add("decision = ?", filter.decision);
  where.add("agent_id = ?", filter.agent);
  where.add("tool = ?", filter.tool);
  where.add("trace_id = ?", filter.traceId);
  where.add("at >= ?", filter.since);
  where.add("at < ?", filter.until);
  where.add("seq < ?", filter.after);
  return rows(database, where, "ORDER BY seq DESC LIMIT ?", filter.limit);
}

/** Entries of one kind or of all, oldest first. */
export function readEntries(database: Database, filter: EntryFilter): AuditEntry[] {
  const where = matching(filter);
  where.add("seq > ?", Math.max(filter.after ?? 0, beforeFirst(database, filter.since)));
  // By the index on time everything would be sorted anew for each page.
  return rows(database, where, "ORDER BY seq LIMIT ?", filter.limit, "NOT INDEXED");
}

/** The same, newest first; only what stands behind `after` in that list. */
export function findEntries(database: Database, filter: EntryFilter): AuditEntry[] {
  const where = matching(filter);
  where.add("seq < ?", filter.after);
  return rows(database, where, "ORDER BY seq DESC LIMIT ?", filter.limit, "NOT INDEXED");
}

function matching({ kind, since, until }: EntryFilter): Conditions {
  const where = new Conditions();
  where.add("kind = ?", kind);
  where.add("at >= ?", since);
  where.add("at < ?", until);
  return where;
}

/** Traces by their first entry, newest first. */
export function findTraces(database: Database, limit: number, after: number | undefined): TraceSummary[] {
  const first = database.all(
    `SELECT seq, at, trace_id, agent_id FROM audit AS first
     WHERE trace_id IS NOT NULL AND seq < ?
       AND NOT EXISTS (SELECT 1 FROM audit AS earlier WHERE earlier.trace_id = first.trace_id AND earlier.seq < first.seq)
     ORDER BY seq DESC LIMIT ?`,
    [after ?? Number.MAX_SAFE_INTEGER, limit],
  );
  return first.map((row) => {
    const id = String(row.trace_id);
    const [all] = database.all("SELECT count(*) AS entries, max(seq) AS last, max(at) AS at FROM audit WHERE trace_id = ?", [id]);
    const [latest] = database.all(
      "SELECT decision, tool FROM audit WHERE trace_id = ? AND decision IS NOT NULL ORDER BY seq DESC LIMIT 1",
      [id],
    );
    const [last] = database.all("SELECT kind FROM audit WHERE seq = ?", [Number(all?.last)]);
    return {
      traceId: id,
      seq: Number(row.seq),
      startedAt: Number(row.at),
      endedAt: Number(all?.at),
      entries: Number(all?.entries),
      lastKind: String(last?.kind),
      agentId: text(row.agent_id),
      decision: text(latest?.decision),
      tool: text(latest?.tool),
    };
  });
}

/** All entries of a trace, oldest first. */
export function readTrace(database: Database, traceId: string): AuditEntry[] {
  return database.all(`SELECT ${ENTRY} FROM audit WHERE trace_id = ? ORDER BY seq`, [traceId]).map(entryFrom);
}

/** How many approvals wait, and how long the record is. */
export function readCounts(database: Database): Pick<StoreStatistics, "pendingApprovals" | "lastSeq"> {
  const pending = "SELECT count(*) FROM approvals WHERE status = 'pending'";
  const [row] = database.all(`SELECT (${pending}) AS pending, max(seq) AS last FROM audit`);
  return { pendingApprovals: Number(row?.pending), lastSeq: Number(row?.last ?? 0) };
}

/** The sequence number before the first entry that is not older than a time. */
function beforeFirst(database: Database, since: number | undefined): number {
  if (since === undefined) return 0;
  const [row] = database.all("SELECT min(seq) AS seq FROM audit WHERE at >= ?", [since]);
  return Number(row?.seq ?? Number.MAX_SAFE_INTEGER) - 1;
}

function rows(database: Database, where: Conditions, end: string, limit: number, hint = ""): AuditEntry[] {
  return database.all(`SELECT ${ENTRY} FROM audit ${hint} WHERE ${where.text} ${end}`, [...where.values, limit]).map(entryFrom);
}

function text(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
