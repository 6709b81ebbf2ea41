/** `interven audit head` and `interven audit reseal` */
import { openAuditKey } from "../../gateway/audit/key.js";
import { signMark } from "../../gateway/audit/marks.js";
import { resealRecord } from "../../gateway/audit/reseal.js";
import { verifyRecord } from "../../gateway/audit/verify.js";
import { CommandError } from "../command-error.js";
import type { AuditCommand } from "./command.js";
import { withRecord } from "./record.js";

/** Prints the head, signed now, once the record was found whole. */
export async function printHead(command: AuditCommand): Promise<void> {
  const key = openAuditKey(command.dataDir, false);
  if (!key) throw new CommandError(1, `there is no audit.key in ${command.dataDir}; the gateway makes it at its first start`);
  const found = await withRecord(command, ({ database }) => verifyRecord(database, { publicKey: key.publicKey }));
  if (found.problem) {
    throw new CommandError(1, `the record is not whole: entry ${found.problem.seq}: ${found.problem.message}`);
  }
  process.stdout.write(`${JSON.stringify(signMark(key, "head", { seq: found.last, hash: found.hash }, Date.now()))}\n`);
}

/** Signs what is there, and writes into the record that it was done. */
export async function reseal(command: AuditCommand): Promise<void> {
  const { seq, publicKey, problem } = await resealRecord(command.dataDir);
  process.stdout.write(
    [
      problem === undefined ? "The record was whole." : `The record was not whole: entry ${problem.seq}: ${problem.message}.`,
      `Entry ${seq} says so, and is signed with the key ${publicKey}`,
      "",
    ].join("\n"),
  );
}
