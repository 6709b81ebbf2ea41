/** `interven audit export` */
import { readEntries } from "../../gateway/audit/queries.js";
import { EXPORT_FORMATS, type ExportFormat } from "../../gateway/export/formats.js";
import { exportText } from "../../gateway/export/stream.js";
import { parseTime, TIME_FORMS } from "../../gateway/routes/query.js";
import { wrongUsage } from "../arguments.js";
import { Output } from "../output.js";
import type { AuditCommand } from "./command.js";
import { withRecord } from "./record.js";

/** Writes the record to standard output. */
export async function writeExport(command: AuditCommand): Promise<void> {
  if (!EXPORT_FORMATS.includes(command.format as ExportFormat))
    throw wrongUsage("audit", `--format must be one of ${EXPORT_FORMATS.join(", ")}, not '${command.format}'`);
  const range = { kind: command.kind, since: time("since", command.since), until: time("until", command.until) };
  const output = new Output();
  await withRecord(command, async ({ database }) => {
    const read = (filter: Parameters<typeof readEntries>[1]) => readEntries(database, filter);
    for await (const text of exportText(read, command.format as ExportFormat, range, Number.MAX_SAFE_INTEGER)) {
      await output.write(text);
    }
  });
}

function time(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = parseTime(text);
  if (value === undefined) throw wrongUsage("audit", `--${name} must be ${TIME_FORMS}, not '${text}'`);
  return value;
}
