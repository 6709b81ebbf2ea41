/**
 * Driver on `node-sqlite3-wasm`, for Node 20. It has no write-ahead log: rollback journal, every commit synced,
 * and the file locked for as long as it is open. The caller holds the lock of the data directory.
 */
import { rmSync } from "node:fs";
import type { Statement } from "node-sqlite3-wasm";
import { ConfigurationError } from "../../errors.js";
import type { Database, Row, Value } from "./database.js";

/** Opens the file; with `readOnly` it is not changed in any way. */
export async function openWasmSqlite(path: string, readOnly = false): Promise<Database> {
  const { Database: Sqlite } = (await importDriver()).default;
  // The driver marks its lock by a directory that outlives a killed process.
  rmSync(`${path}.lock`, { recursive: true, force: true });
  const database = new Sqlite(path, { readOnly });
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  if (!readOnly) {
    database.exec("PRAGMA journal_mode = TRUNCATE");
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
