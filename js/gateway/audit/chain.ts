/** The chain of the record: each entry holds the hash of the one before it, and its own over all that it says. */
import { createHash } from "node:crypto";
import type { Row } from "../store/database.js";

/** One entry as it is stored. */
export interface AuditEntry {
  /** 1 for the first entry, then one more each time. */
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** What happened: `decision`, `approval.approved`, … Lower-case words, dots, underscores. */
  kind: string;
  /** A JSON object as text; hashed as it stands. Never any payload, but for `--store-bodies redacted`. */
  body: string;
  /** `hash` of the entry before. */
  previous: string;
  /** SHA-256, 64 hex digits. */
  hash: string;
}

/** `previous` of the first entry. */
export const GENESIS = "0".repeat(64);

/** Hash of an entry: SHA-256 of its fields a line each, the body last, so that no two entries have one text. */
export function entryHash({ seq, at, kind, previous, body }: Omit<AuditEntry, "hash">): string {
  return createHash("sha256").update(`interven-audit-entry-v1\n${seq}\n${at}\n${kind}\n${previous}\n${body}`).digest("hex");
}

/** The entry that follows `previous`. */
export function nextEntry(previous: { seq: number; hash: string }, at: number, kind: string, body: object): AuditEntry {
  const entry = { seq: previous.seq + 1, at, kind, body: JSON.stringify(body), previous: previous.hash };
  return { ...entry, hash: entryHash(entry) };
}

/** Columns of an entry. */
export const ENTRY = "seq, at, kind, body, previous, hash";

/** A row with these columns as an entry. */
export function entryFrom(row: Row): AuditEntry {
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    kind: String(row.kind),
    body: String(row.body),
    previous: String(row.previous),
    hash: String(row.hash),
  };
}
