/** The few things that the store asks of an SQLite driver. */
import type { AuditEvent } from "../audit/bodies.js";

/** A value of a column. */
export type Value = string | number | null;
/** One row by column name. */
export type Row = Record<string, Value>;

/** An open SQLite database. Calls are synchronous; a write that returns outside a transaction is committed. */
export interface Database {
  exec(sql: string): void;
  /** Runs one statement and returns its rows (also those of RETURNING). */
  all(sql: string, parameters?: readonly Value[]): Row[];
  close(): void;
}

/** How the parts of a store reach its database; every failure is a `StoreError`. */
export interface Access {
  /** Reads. */
  run<T>(work: (database: Database) => T): T;
  /** Writes with one statement. */
  write(sql: string, parameters: readonly Value[]): void;
  /** All of `work` or nothing of it, and of what it tells the record. */
  transaction<T>(now: number, work: (database: Database, record: (event: AuditEvent) => void) => T): T;
}

/** Runs `work` in one transaction that takes the write lock at once. */
export function transaction<T>(database: Database, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has already rolled back by itself (disk full, I/O error): the first error is the one to tell.
    }
    throw error;
  }
}
