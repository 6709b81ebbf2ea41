/** The formats of an export. Every format is one entry a line. */
import { visible } from "../../visible.js";
import type { AuditEntry } from "../audit/chain.js";
import { CSV_HEADER, csvLine } from "./csv.js";
import { type FlatEntry, flatEntry } from "./flat.js";
import { ocsfEvent } from "./ocsf.js";

/** Names of the formats. */
export const EXPORT_FORMATS = ["ndjson", "csv", "splunk", "datadog", "ocsf"] as const;
/** Name of a format. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface Writer {
  type: string;
  extension: string;
  header: string;
  line(entry: AuditEntry): string;
}

const jsonLines = (event: (entry: AuditEntry) => object): Writer => ({
  type: "application/x-ndjson",
  extension: "ndjson",
  header: "",
  line: (entry) => `${JSON.stringify(event(entry))}\n`,
});

/** How each format is written. */
export const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  ndjson: {
    type: "application/x-ndjson",
    extension: "ndjson",
    header: "",
    // The body stands as it was hashed, so that the chain can be checked in the export.
    line: ({ seq, at, kind, body, previous, hash }) =>
      `{"seq":${seq},"at":${at},"kind":${JSON.stringify(kind)},"previous":"${previous}","hash":"${hash}","body":${body}}\n`,
  },
  csv: {
    type: "text/csv; charset=utf-8",
    extension: "csv",
    header: CSV_HEADER,
    line: (entry) => csvLine(flatEntry(entry)),
  },
  splunk: jsonLines((entry) => ({
    time: entry.at / 1000,
    source: "interven",
    sourcetype: "interven:audit",
    event: flatEntry(entry),
  })),
  datadog: jsonLines((entry) => datadogLog(flatEntry(entry))),
  ocsf: jsonLines((entry) => ocsfEvent(flatEntry(entry))),
};

const STATUS: Readonly<Record<string, string>> = { DENY: "warn", REQUIRE_APPROVAL: "notice" };

function datadogLog(entry: FlatEntry): object {
  const words = [entry.decision, entry.kind === "decision" ? entry.action : entry.kind, entry.method, entry.tool_name];
  return {
    ddsource: "interven",
    service: "interven-gateway",
    ddtags: `kind:${entry.kind}${entry.decision === null ? "" : `,decision:${entry.decision}`}`,
    timestamp: entry.time,
    status: STATUS[String(entry.decision)] ?? "info",
    message: visible([...words, entry.operation, entry.reason_codes].filter(Boolean).join(" ")),
    interven: entry,
  };
}
