/** Signed marks: the head of the record, and, once old entries were dropped, the last one of those. */
import type { Database, Row } from "../store/database.js";
import { type AuditKey, isSignedBy } from "./key.js";

/** `head`: the record reached this entry. `start`: everything up to this entry was dropped by retention. */
export type MarkName = "head" | "start";

/** A mark as it is stored and shown. */
export interface SignedMark {
  name: MarkName;
  seq: number;
  /** Hash of that entry. */
  hash: string;
  /** When it was signed, milliseconds since the epoch. */
  at: number;
  /** Base64 of the SubjectPublicKeyInfo. */
  public_key: string;
  /** Ed25519, base64, over {@link markText}. */
  signature: string;
}

/** What is signed. The name is in it, so that no head can stand for a start. */
export function markText({ name, seq, hash, at }: Pick<SignedMark, "name" | "seq" | "hash" | "at">): string {
  return `interven-audit-${name}-v1\n${seq}\n${hash}\n${at}\n`;
}

/** Signs a mark. */
export function signMark(key: AuditKey, name: MarkName, entry: { seq: number; hash: string }, at: number): SignedMark {
  const mark = { name, seq: entry.seq, hash: entry.hash, at };
  return { ...mark, public_key: key.publicKey, signature: key.sign(markText(mark)) };
}

/** Whether a mark is what this key signed. */
export function isMarkSignedBy(publicKey: string, mark: SignedMark): boolean {
  return isSignedBy(publicKey, markText(mark), mark.signature);
}

/** The stored mark of a name. */
export function readMark(database: Database, name: MarkName): SignedMark | undefined {
  const [row] = database.all("SELECT * FROM audit_marks WHERE name = ?", [name]);
  return row && markFrom(row);
}

/** Stores a mark in place of the one by its name. */
export function writeMark(database: Database, mark: SignedMark): void {
  database.all(
    `INSERT INTO audit_marks (name, seq, hash, at, public_key, signature) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at,
       public_key = excluded.public_key, signature = excluded.signature`,
    [mark.name, mark.seq, mark.hash, mark.at, mark.public_key, mark.signature],
  );
}

function markFrom(row: Row): SignedMark {
  return {
    name: row.name as MarkName,
    seq: Number(row.seq),
    hash: String(row.hash),
    at: Number(row.at),
    public_key: String(row.public_key),
    signature: String(row.signature),
  };
}
