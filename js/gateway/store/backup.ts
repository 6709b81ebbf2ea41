/** A consistent copy of the database in one file. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../errors.js";
import type { Database } from "./database.js";

/**
 * Writes the copy, for its owner's eyes only. It is at `path` when all of it is on the disk, and not before.
 *
 * @throws {ConfigurationError} when there is a file already, or it cannot be written.
 */
export function writeBackup(database: Database, path: string): void {
  if (existsSync(path))
    throw new ConfigurationError(`${path} exists already. A backup never overwrites a file: name another one.`);
  const partial = `${path}.partial`;
  clear(partial);
  try {
    // The file is private before anything is in it.
    closeSync(openSync(partial, "wx", 0o600));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new ConfigurationError(`${path} cannot be written (${code}).`, { cause: error });
  }
  try {
    database.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
    chmodSync(partial, 0o600);
    sync(partial);
    renameSync(partial, path);
    sync(dirname(path) || ".");
  } finally {
    clear(partial);
  }
}

/** Where a copy can be kept. @throws {ConfigurationError} for a store that is kept nowhere itself. */
export function backupDirectory(directory: string | undefined): string {
  if (directory !== undefined) return directory;
  throw new ConfigurationError("A store in memory has no data directory for a backup.");
}

/** Writes a copy that bears its time, into the folder `backups` of the data directory. */
export function writeBackupBeside(database: Database, directory: string, now: number): { file: string; bytes: number } {
  mkdirSync(join(directory, "backups"), { recursive: true, mode: 0o700 });
  const file = `backups/gateway-${new Date(now).toISOString().replaceAll(/[:.]/g, "-")}.db`;
  const path = join(directory, file);
  writeBackup(database, path);
  return { file, bytes: statSync(path).size };
}

function clear(partial: string): void {
  rmSync(partial, { force: true });
  // The mark of a lock that one of the drivers leaves.
  rmSync(`${partial}.lock`, { recursive: true, force: true });
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
