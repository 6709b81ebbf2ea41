/** Opens a record for reading: one moment of it, whoever writes meanwhile. */
import { requireRecord } from "../../gateway/audit/schema.js";
import { DataDirectoryInUseError } from "../../gateway/store/data-directory.js";
import { type OpenRecord, openBackup, openDirectory } from "../../gateway/store/open.js";
import { CommandError } from "../command-error.js";
import type { AuditCommand } from "./command.js";

/** Runs `work` on the record; closes it whatever happens. */
export async function withRecord<T>(command: AuditCommand, work: (record: OpenRecord) => T | Promise<T>): Promise<T> {
  const record = command.file === undefined ? await openUnlessHeld(command.dataDir) : await openBackup(command.file);
  try {
    record.database.exec("BEGIN");
    requireRecord(record.database);
    return await work(record);
  } finally {
    record.close();
  }
}

/** Says what else there is to read where a gateway keeps its database for itself. */
async function openUnlessHeld(directory: string): Promise<OpenRecord> {
  try {
    return await openDirectory(directory);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUseError)) throw error;
    throw new CommandError(1, `${error.message}\nOr read a copy: interven gateway backup --to FILE, then --file FILE.`, {
      cause: error,
    });
  }
}
