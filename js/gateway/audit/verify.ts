/** Checks a record from its first entry to its last, and against the heads that were signed. */
import { ConfigurationError } from "../../errors.js";
import type { Database } from "../store/database.js";
import { type AuditEntry, ENTRY, entryFrom, entryHash, GENESIS } from "./chain.js";
import { isMarkSignedBy, readMark, type SignedMark } from "./marks.js";

/** What was found. `problem` is absent when everything is as it was written. */
export interface Verification {
  /** Entries that were read. */
  entries: number;
  /** Sequence numbers of the first entry and of the last one; 0 when there is none. */
  first: number;
  last: number;
  /** Hash of the last entry. */
  hash: string;
  /** Whether retention has dropped entries before the first one. */
  retained: boolean;
  /** Entries after the last signed head: nothing but the chain speaks for those. */
  unsigned: number;
  /** The first thing that is wrong, and the sequence number of the entry that it concerns. */
  problem?: { seq: number; message: string };
}

/** What a record is checked against. */
export interface Expectation {
  /** The key that must have signed; without it, the one that the marks name. */
  publicKey?: string;
  /** A head that was kept elsewhere. */
  head?: SignedMark;
}

const PAGE = 1000;

/** Reads all of the record. The database must not change meanwhile. */
export function verifyRecord(database: Database, expected: Expectation = {}): Verification {
  const start = readMark(database, "start");
  const head = readMark(database, "head");
  const key = expected.publicKey ?? expected.head?.public_key ?? head?.public_key ?? start?.public_key ?? "";
  const walk = new Walk(start ? { seq: start.seq, hash: start.hash } : { seq: 0, hash: GENESIS });
  if (head) walk.expect(head.seq, head.hash, "the signed head in the data directory");
  if (expected.head) walk.expect(expected.head.seq, expected.head.hash, "the head that was kept elsewhere");

  let problem: Verification["problem"];
  if (start && !isMarkSignedBy(key, start))
    problem = { seq: start.seq, message: "the mark up to which retention dropped entries is not signed by the key" };
  problem ??= walk.all(database);
  if (!problem && head && !isMarkSignedBy(key, head))
    problem = { seq: head.seq, message: "the head in the data directory is not signed by the key" };
  if (!problem && expected.head && !isMarkSignedBy(key, expected.head))
    problem = { seq: expected.head.seq, message: "the head that was kept elsewhere is not signed by the key" };
  if (!problem && !head && walk.entries > 0) problem = { seq: walk.last.seq, message: "the signed head is missing" };

  return {
    entries: walk.entries,
    first: walk.entries > 0 ? walk.start + 1 : 0,
    last: walk.entries > 0 ? walk.last.seq : 0,
    hash: walk.last.hash,
    retained: start !== undefined,
    unsigned: Math.max(0, walk.last.seq - (head?.seq ?? 0)),
    ...(problem ? { problem } : {}),
  };
}

/** A head that somebody kept, as `GET /v1/audit/head` and `interven audit head` write it. */
export function parseHead(text: string, source: string): SignedMark {
  const value = jsonObject(text);
  const { seq, hash, at, public_key, signature } = value;
  const whole = Number.isSafeInteger(seq) && Number.isSafeInteger(at);
  const texts = [hash, public_key, signature].every((one) => typeof one === "string");
  if (!whole || !texts) {
    throw new ConfigurationError(
      `${source} is no head of an audit record. Give it a file that GET /v1/audit/head or 'interven audit head' wrote.`,
    );
  }
  return { seq, hash, at, public_key, signature, name: "head" } as SignedMark;
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

class Walk {
  entries = 0;
  last: { seq: number; hash: string };
  readonly start: number;
  readonly #expected: { seq: number; hash: string; source: string }[] = [];

  constructor(before: { seq: number; hash: string }) {
    this.last = before;
    this.start = before.seq;
  }

  /** An entry that must be there. */
  expect(seq: number, hash: string, source: string): void {
    // What retention has dropped since cannot be looked at any more, but for the last of it.
    if (seq >= this.start) this.#expected.push({ seq, hash, source });
  }

  /** The first problem on the way through all entries. */
  all(database: Database): Verification["problem"] {
    const before = this.#against(this.last);
    if (before) return before;
    for (;;) {
      const rows = database.all(`SELECT ${ENTRY} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`, [
        this.entries === 0 ? Number.MIN_SAFE_INTEGER : this.last.seq,
        PAGE,
      ]);
      for (const row of rows) {
        const problem = this.#step(entryFrom(row));
        if (problem) return problem;
      }
      if (rows.length < PAGE) break;
    }
    const missing = this.#expected.find(({ seq }) => seq > this.last.seq);
    return missing && { seq: this.last.seq + 1, message: `it is missing: ${missing.source} is entry ${missing.seq}` };
  }

  #step(entry: AuditEntry): Verification["problem"] {
    const seq = this.last.seq + 1;
    if (entry.seq < seq) return { seq: entry.seq, message: "it stands before the beginning of the record" };
    if (entry.seq > seq) return { seq, message: `it is missing: entry ${entry.seq} follows` };
    if (entry.previous !== this.last.hash) return { seq, message: "it does not follow the entry before it" };
    if (entryHash(entry) !== entry.hash) return { seq, message: "it is not what was written" };
    this.last = { seq, hash: entry.hash };
    this.entries += 1;
    return this.#against(this.last);
  }

  #against({ seq, hash }: { seq: number; hash: string }): Verification["problem"] {
    const other = this.#expected.find((one) => one.seq === seq && one.hash !== hash);
    return other && { seq, message: `it is not the entry that ${other.source} names` };
  }
}
