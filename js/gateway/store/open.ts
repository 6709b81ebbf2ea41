/** Opens what a data directory holds: for a gateway, or for somebody who only reads. */
import { chmodSync, closeSync, existsSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../errors.js";
import { type AuditKey, openAuditKey, passingAuditKey } from "../audit/key.js";
import { AuditLog } from "../audit/log.js";
import { claimDataDirectory } from "./data-directory.js";
import type { Database } from "./database.js";
import { durable } from "./durable.js";
import { commitsAreSynced, openLogSync } from "./log-sync.js";
import { migrate } from "./migrations.js";
import { openNodeSqlite } from "./node-sqlite.js";
import { SqliteStore } from "./sqlite.js";
import type { Store } from "./store.js";
import { openWasmSqlite } from "./wasm-sqlite.js";

const FILE = "gateway.db";
/** SQLite's name for no file at all. */
const MEMORY = ":memory:";

/** Opens (and makes, where needed) the store of a data directory. */
export async function openSqliteStore(directory: string): Promise<Store> {
  const claim = claimDataDirectory(directory);
  try {
    const file = join(directory, FILE);
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    return storeOn(await openDatabase(file), directory, claim.release);
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** A store that is gone with the process, for tests of what is built on a gateway. It has no place for a backup. */
export async function openMemoryStore(): Promise<Store> {
  const database = (await openNodeSqlite(MEMORY)) ?? (await openWasmSqlite(MEMORY));
  migrate(database, Date.now());
  const { sync, close } = commitsAreSynced();
  return new SqliteStore({ database, log: new AuditLog(database, passingAuditKey()), sync, release: close });
}

/** The store on an open database. */
export function storeOn(database: Database, directory: string, release: () => void): Store {
  try {
    migrate(database, Date.now());
    const log = new AuditLog(database, openAuditKey(directory, true) as AuditKey);
    log.check(directory);
    const { sync, close } = openLogSync(database, join(directory, FILE));
    const releaseAll = () => {
      close();
      release();
    };
    return durable<Store>(new SqliteStore({ database, directory, log, sync, release: releaseAll }), sync);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the file. To write, the caller holds the lock of its directory. */
export async function openDatabase(file: string, readOnly = false): Promise<Database> {
  if (!readOnly) rmSync(foreignLock(file), { recursive: true, force: true });
  return (await openNodeSqlite(file, readOnly)) ?? (await openWasmSqlite(file, readOnly));
}

/** By this directory the driver on WebAssembly locks a file. It outlives a killed process, and other drivers do not see it. */
function foreignLock(file: string): string {
  return `${file}.lock`;
}

/** Throws a `ConfigurationError` unless a gateway has kept something in this directory. */
export function requireDatabase(directory: string): void {
  if (existsSync(join(directory, FILE))) return;
  throw new ConfigurationError(`There is no gateway.db in ${directory}. Name the data directory of a gateway with --data-dir.`);
}

/** A database that somebody looks at. A gateway may write to it meanwhile: reads that belong together are one transaction. */
export interface OpenRecord {
  database: Database;
  close(): void;
}

/** Opens a backup. Throws a `ConfigurationError` when there is none. */
export async function openBackup(file: string): Promise<OpenRecord> {
  if (!existsSync(file)) throw new ConfigurationError(`There is no file ${file}.`);
  const database = await openDatabase(file, true);
  return { database, close: () => database.close() };
}

/**
 * Opens the database of a data directory without changing what it holds: beside a gateway that runs, unless that gateway
 * keeps it for itself (Node 20).
 *
 * @throws {ConfigurationError} when there is none, or it is in use and cannot be shared.
 */
export async function openDirectory(directory: string): Promise<OpenRecord> {
  const file = join(directory, FILE);
  requireDatabase(directory);
  const shared = existsSync(foreignLock(file)) ? undefined : await openNodeSqlite(file);
  if (shared) return { database: shared, close: () => shared.close() };
  const claim = claimDataDirectory(directory);
  try {
    const database = await openDatabase(file);
    return {
      database,
      close() {
        database.close();
        claim.release();
      },
    };
  } catch (error) {
    claim.release();
    throw error;
  }
}
