/** Comma-separated values (RFC 4180) that a spreadsheet shows and does not run. */
import { visible } from "../../visible.js";
import { FLAT_FIELDS, type FlatEntry } from "./flat.js";

/** The line of column names. */
export const CSV_HEADER = `${FLAT_FIELDS.join(",")}\r\n`;

/** One line. Control characters, line ends among them, are written out, so a line is always one entry. */
export function csvLine(entry: FlatEntry): string {
  return `${FLAT_FIELDS.map((field) => cell(entry[field])).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = visible(value);
  // An apostrophe makes a text of what a spreadsheet would take for a formula, spaces and wide forms before it included.
  const safe = /^\s*[=+\-@＝＋－＠|%]/u.test(text) ? `'${text}` : text;
  return /[",\s;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
