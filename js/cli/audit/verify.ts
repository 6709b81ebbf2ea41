/** `interven audit verify` */
import { openAuditKey } from "../../gateway/audit/key.js";
import { parseHead, type Verification, verifyRecord } from "../../gateway/audit/verify.js";
import { CommandError } from "../command-error.js";
import type { AuditCommand } from "./command.js";
import { withRecord } from "./record.js";

/** Checks the record; throws (exit code 1) where something is wrong. */
export async function verify(command: AuditCommand): Promise<void> {
  const head = command.head && parseHead(command.head.text, command.head.source);
  const publicKey =
    command.publicKey ?? (command.file === undefined ? openAuditKey(command.dataDir, false)?.publicKey : undefined);
  const found = await withRecord(command, ({ database }) => check(() => verifyRecord(database, { publicKey, head })));
  if (command.json) process.stdout.write(`${JSON.stringify({ ok: found.problem === undefined, ...found })}\n`);
  else if (!found.problem)
    process.stdout.write(summary(found, head !== undefined, publicKey !== undefined || head !== undefined));
  if (found.problem) {
    throw new CommandError(1, `the record is not whole: entry ${found.problem.seq}: ${found.problem.message}`);
  }
}

/** A file that SQLite itself cannot read is a record that somebody, or a disk, has changed. */
function check(work: () => Verification): Verification {
  try {
    return work();
  } catch (error) {
    throw new CommandError(1, `the record cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function summary(found: Verification, withHead: boolean, withKey: boolean): string {
  if (found.entries === 0) return "The record is empty.\n";
  const lines = [
    `The record is whole: ${found.entries} entries, ${found.first} to ${found.last}.`,
    `Head      ${found.hash}`,
    ...(found.retained ? [`Retention dropped the entries before ${found.first}.`] : []),
    ...(found.unsigned > 0 ? [`The last ${found.unsigned} came after the last signature.`] : []),
    ...(withHead ? [] : ["A head that was kept elsewhere (--head) would also tell whether the end was cut off."]),
    ...(withKey ? [] : ["No key was given (--public-key): the signatures were checked with the one that the file names."]),
  ];
  return `${lines.join("\n")}\n`;
}
