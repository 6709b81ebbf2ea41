/** Opens a record for reading: one moment of it, whoever writes meanwhile. */
import { requireRecord } from "../../gateway/audit/schema.js";
import { type OpenRecord, openBackup, openDirectory } from "../../gateway/store/open.js";
import type { AuditCommand } from "./command.js";

/** Runs `work` on the record; closes it whatever happens. */
export async function withRecord<T>(command: AuditCommand, work: (record: OpenRecord) => T | Promise<T>): Promise<T> {
  const record = command.file === undefined ? await openDirectory(command.dataDir) : await openBackup(command.file);
  try {
    record.database.exec("BEGIN");
    requireRecord(record.database);
    return await work(record);
  } finally {
    record.close();
  }
}
