/** Syncs SQLite's write-ahead log beside the driver, which can only do it while everybody waits. */
import { closeSync, fdatasync, openSync } from "node:fs";
import type { Database } from "./database.js";
import { GroupSync } from "./group-sync.js";

/** The sync of a database that is open. */
export interface LogSync {
  sync: GroupSync;
  /** Lets go of the file. */
  close(): void;
}

/**
 * From here on the driver leaves commits in the log unsynced, and whoever commits has to wait for `sync`. The driver still
 * syncs both files itself where it copies the log into the database and begins the log anew: the order of those counts.
 * Where there is no log, it goes on to sync every commit.
 */
export function openLogSync(database: Database, file: string): LogSync {
  if (database.all("PRAGMA journal_mode")[0]?.journal_mode !== "wal") return commitsAreSynced();
  const log = openSync(`${file}-wal`, "r+");
  database.exec("PRAGMA synchronous = NORMAL");
  const sync = () => new Promise<void>((resolve, reject) => fdatasync(log, (error) => (error ? reject(error) : resolve())));
  return { sync: new GroupSync(sync), close: () => closeSync(log) };
}

/** For a database whose commits wait for the disk themselves, or that has none. */
export function commitsAreSynced(): LogSync {
  return { sync: new GroupSync(async () => {}), close: () => {} };
}
