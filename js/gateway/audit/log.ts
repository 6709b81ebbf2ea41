/** Appends to the record. Everything here runs inside a transaction of the caller: an entry and its effect stand or fall together. */
import { ConfigurationError } from "../../errors.js";
import type { Database } from "../store/database.js";
import type { AuditEvent } from "./bodies.js";
import { type AuditEntry, GENESIS, nextEntry } from "./chain.js";
import type { AuditKey } from "./key.js";
import { isMarkSignedBy, readMark, type SignedMark, signMark, writeMark } from "./marks.js";
import { insertEntry } from "./schema.js";

/** A head is signed with a write that comes this long after the last one that was. */
const SEAL_INTERVAL_MS = 1000;
/** Entries that one call of `retain` drops at most, so that nobody waits long for it. */
const MAX_DROPPED = 2000;

interface Tail {
  seq: number;
  hash: string;
}

/** The writing end of the record. One at a time, under the lock of the data directory. */
export class AuditLog {
  readonly #database: Database;
  readonly #key: AuditKey;
  #tail: Tail | undefined;
  #sealed = 0;
  #sealedAt = Number.NEGATIVE_INFINITY;

  constructor(database: Database, key: AuditKey) {
    this.#database = database;
    this.#key = key;
  }

  /** Adds an entry. */
  append(at: number, { kind, body }: AuditEvent | { kind: string; body: object }): AuditEntry {
    const entry = nextEntry(this.#last(), Math.trunc(at), kind, body);
    insertEntry(this.#database, entry);
    this.#tail = entry;
    return entry;
  }

  /** Signs the head, if it has moved and it is time, or at once when `force` says so. */
  seal(now: number, force = false): void {
    const { seq } = this.#last();
    if (seq === this.#sealed || !(force || this.isDue())) return;
    writeMark(this.#database, signMark(this.#key, "head", this.#last(), Math.trunc(now)));
    this.#sealed = seq;
    this.#sealedAt = performance.now();
  }

  /** Whether there are entries that no signed head covers, and it is time to sign one. */
  isDue(): boolean {
    return this.#last().seq !== this.#sealed && performance.now() - this.#sealedAt >= SEAL_INTERVAL_MS;
  }

  /** The head, signed now. Nothing is written. */
  head(now: number): SignedMark {
    return signMark(this.#key, "head", this.#last(), Math.trunc(now));
  }

  /** Forgets what a transaction that failed has made of the head. */
  forget(): void {
    this.#tail = undefined;
    this.#sealed = 0;
  }

  /** Drops entries that are older than `before`, oldest first; answers how many. */
  retain(before: number, now: number): number {
    const [newer] = this.#database.all("SELECT min(seq) AS seq FROM audit WHERE at >= ?", [before]);
    // The last entry stays: the next one holds its hash.
    const kept = Math.min(Number(newer?.seq ?? Number.POSITIVE_INFINITY), this.#last().seq);
    const [range] = this.#database.all("SELECT min(seq) AS first FROM audit");
    const first = Number(range?.first ?? kept);
    const through = Math.min(kept, first + MAX_DROPPED) - 1;
    if (through < first) return 0;
    const [dropped] = this.#database.all("SELECT seq, hash FROM audit WHERE seq = ?", [through]);
    const mark = { seq: Number(dropped?.seq), hash: String(dropped?.hash) };
    writeMark(this.#database, signMark(this.#key, "start", mark, Math.trunc(now)));
    this.#database.all("DELETE FROM audit WHERE seq <= ?", [through]);
    const count = through - first + 1;
    this.append(now, { kind: "audit.retained", body: { actor: "gateway", through: mark.seq, hash: mark.hash, dropped: count } });
    return count;
  }

  /** @throws {ConfigurationError} where the record is not the one whose head this key signed last. */
  check(directory: string): void {
    const mark = readMark(this.#database, "head");
    if (!mark) return;
    if (!isMarkSignedBy(this.#key.publicKey, mark)) {
      throw new ConfigurationError(
        `audit.key in ${directory} is not the key that signed the audit record there. Put the right one back, or run: interven audit reseal --data-dir ${directory}`,
      );
    }
    const [entry] = this.#database.all("SELECT hash FROM audit WHERE seq = ?", [mark.seq]);
    if (entry?.hash !== mark.hash) {
      throw new ConfigurationError(
        `The audit record in ${directory} does not reach its signed head: entry ${mark.seq} is missing or changed. Look at it with: interven audit verify --data-dir ${directory}; to go on with what is there: interven audit reseal --data-dir ${directory}`,
      );
    }
    this.#sealed = mark.seq;
  }

  #last(): Tail {
    if (this.#tail) return this.#tail;
    const [row] = this.#database.all("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
    this.#tail = row ? { seq: Number(row.seq), hash: String(row.hash) } : { seq: 0, hash: GENESIS };
    return this.#tail;
  }
}
