/** Signs a record anew: after its key was lost, or after somebody has looked at what is wrong with it. */
import { join } from "node:path";
import { claimDataDirectory } from "../store/data-directory.js";
import { transaction } from "../store/database.js";
import { openDatabase, requireDatabase } from "../store/open.js";
import { type AuditKey, openAuditKey } from "./key.js";
import { AuditLog } from "./log.js";
import { readMark, signMark, writeMark } from "./marks.js";
import { requireRecord } from "./schema.js";
import { type Verification, verifyRecord } from "./verify.js";

/**
 * Appends an entry that says what was wrong, and signs the marks with the key of the directory, which is made when it is
 * gone. What is wrong with older entries stays wrong, and every later check says so.
 */
export async function resealRecord(
  directory: string,
): Promise<{ seq: number; publicKey: string; problem?: Verification["problem"] }> {
  requireDatabase(directory);
  const claim = claimDataDirectory(directory);
  try {
    const database = await openDatabase(join(directory, "gateway.db"));
    try {
      requireRecord(database);
      const former = readMark(database, "head");
      const { problem } = verifyRecord(database);
      const key = openAuditKey(directory, true) as AuditKey;
      const now = Date.now();
      const log = new AuditLog(database, key);
      const seq = transaction(database, () => {
        const body = { actor: "gateway", problem: problem ?? null, former_head: former ?? null, public_key: key.publicKey };
        const entry = log.append(now, { kind: "audit.resealed", body });
        const start = readMark(database, "start");
        if (start) writeMark(database, signMark(key, "start", start, now));
        log.seal(now, true);
        return entry.seq;
      });
      return { seq, publicKey: key.publicKey, problem };
    } finally {
      database.close();
    }
  } finally {
    claim.release();
  }
}
