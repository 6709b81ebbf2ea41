/** Reads the record page by page and writes it at the reader's pace. */
import type { AuditEntry } from "../audit/chain.js";
import type { EntryFilter } from "../store/store.js";
import { type ExportFormat, WRITERS } from "./formats.js";

const PAGE = 100;

/** Where entries come from: a store, or an open database. */
export type EntrySource = (filter: EntryFilter) => Promise<AuditEntry[]> | AuditEntry[];

/** The text of an export, in pieces; ends with the last entry that there was at the beginning. */
export async function* exportText(
  read: EntrySource,
  format: ExportFormat,
  range: Omit<EntryFilter, "limit" | "after">,
  lastSeq: number,
): AsyncGenerator<string> {
  const writer = WRITERS[format];
  if (writer.header !== "") yield writer.header;
  let after = 0;
  for (;;) {
    const entries = await read({ ...range, after, limit: PAGE });
    const own = entries.filter(({ seq }) => seq <= lastSeq);
    if (own.length > 0) yield own.map((entry) => writer.line(entry)).join("");
    after = entries.at(-1)?.seq ?? lastSeq;
    if (own.length < PAGE) return;
  }
}

/** The same as the body of an answer. What fails on the way breaks the answer off, so that nobody takes a part for the whole. */
export function exportStream(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await text.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          controller.error(error);
        }
      },
      cancel: async () => void (await text.return(undefined)),
    },
    { highWaterMark: 1 },
  );
}
