/** Driver on `node:sqlite`: Node ≥ 22.13, Bun, Deno. Write-ahead log, every commit synced. */
import type { Database, Row, Value } from "./database.js";

// The part of the module that is used here; the types of Node 20 do not know it.
interface StatementSync {
  all(...parameters: Value[]): unknown[];
}
interface DatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): StatementSync;
  close(): void;
}
interface SqliteModule {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => DatabaseSync;
}

const MODULE: string = "node:sqlite";

/** Opens the file, or returns `undefined` where this runtime has no `node:sqlite`; with `readOnly` it is not changed in any way. */
export async function openNodeSqlite(path: string, readOnly = false): Promise<Database | undefined> {
  const sqlite = await importQuietly();
  if (!sqlite) return undefined;
  const database = new sqlite.DatabaseSync(path, { readOnly });
  if (!readOnly) database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;");
  return new NodeSqlite(database);
}

class NodeSqlite implements Database {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  all(sql: string, parameters: readonly Value[] = []): Row[] {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...parameters) as Row[];
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

/** Node 22 warns that the module is experimental; that one warning tells a user of the gateway nothing. */
async function importQuietly(): Promise<SqliteModule | undefined> {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes("SQLite")) Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    return (await import(MODULE)) as SqliteModule;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_UNKNOWN_BUILTIN_MODULE") return undefined;
    throw error;
  } finally {
    process.emitWarning = emitWarning;
  }
}
