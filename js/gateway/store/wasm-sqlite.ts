/**
 * Driver on `node-sqlite3-wasm`, for Node 20. Write-ahead log, every commit synced, and the file locked for as long as it is
 * open: without that lock the log would need shared memory, which the driver has not. A rollback journal is no choice: the
 * driver takes its own lock for another process's and does not roll back what a killed process has left half written.
 */
import type { Statement } from "node-sqlite3-wasm";
import { ConfigurationError } from "../../errors.js";
import type { Database, Row, Value } from "./database.js";

/** Opens the file; with `readOnly` it is not changed in any way. */
export async function openWasmSqlite(path: string, readOnly = false): Promise<Database> {
  const { Database: Sqlite } = (await importDriver()).default;
  const database = new Sqlite(path, { readOnly });
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  if (!readOnly) {
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
  }
  const statements = new Map<string, Statement>();
  return {
    exec: (sql) => database.exec(sql),
    all(sql: string, parameters: readonly Value[] = []): Row[] {
      let statement = statements.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        statements.set(sql, statement);
      }
      return statement.all([...parameters]) as Row[];
    },
    close() {
      for (const statement of statements.values()) statement.finalize();
      database.close();
    },
  };
}

async function importDriver() {
  try {
    return await import("node-sqlite3-wasm");
  } catch (error) {
    throw new ConfigurationError(
      "The gateway keeps its records in SQLite. Use Node 22.13 or newer, or install the driver for Node 20: npm install node-sqlite3-wasm",
      { cause: error },
    );
  }
}
