/**
 * What is to be told to somebody outside. It is made from the record, behind which each destination has a place of its
 * own: nothing that was recorded is forgotten, and nobody who decides waits for a message.
 */
import { type AuditEntry, ENTRY, entryFrom } from "../audit/chain.js";
import type { Access, Database, Row } from "./database.js";
import { approvalFrom } from "./rows.js";
import type { Approval } from "./store.js";

/** A step of the schema. */
export const OUTBOX_TABLES = `
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    destination TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    seq INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    dead_at INTEGER,
    failure TEXT
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (destination, dead_at, next_at);
  CREATE TABLE outbox_places (destination TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;`;

/** Messages of one destination that wait; what comes beyond them is dead at once. */
const MOST_WAITING = 10_000;
/** So many wait before an expendable one is dead at once: nobody can crowd out the others with those. */
const MOST_EXPENDABLE = 1000;
/** Dead messages of one destination that are kept, without what they said. */
const MOST_DEAD = 1000;
/** Entries that one transaction looks at. */
const PAGE = 200;
/** Entries of the record that a start looks through again at most, because nobody was to be told of them. */
const MOST_READ_AGAIN = 1000;

/** A message. */
export interface Message {
  /** A message that waits under the same id is replaced. */
  id: string;
  type: string;
  /** What it is about: the id of an approval, or of a trace. */
  subject: string;
  body: string;
  /** There may be very many of its kind, and less depends on it. */
  expendable?: boolean;
}

/** A message that waits. */
export interface WaitingMessage extends Message {
  /** Of the entry that it was made from. One that was replaced meanwhile has another. */
  seq: number;
  /** How often it was tried. */
  attempts: number;
}

/** Messages of one destination. */
export interface OutboxCount {
  destination: string;
  waiting: number;
  dead: number;
}

/** What an entry of the record has to tell a destination. */
export type Writer = (entry: AuditEntry, approval: Approval | undefined) => Message | undefined;

/** Every method is atomic. */
export interface OutboxStore {
  /** Forgets every other destination; new ones hear of what is recorded from now on. */
  open(destinations: readonly string[], now: number): Promise<void>;
  /** Makes messages from what was recorded since the last time; answers whether there is more. */
  fill(destination: string, writer: Writer, now: number): Promise<boolean>;
  /** Adds one message, due now. */
  add(destination: string, message: Message, now: number): Promise<void>;
  /** Messages that are due, those of the oldest entries first. */
  due(destination: string, now: number, limit: number): Promise<WaitingMessage[]>;
  /** It was delivered. */
  done(message: WaitingMessage): Promise<void>;
  /** It is to be tried again. */
  postpone(message: WaitingMessage, nextAt: number, failure: string): Promise<void>;
  /** It is not tried again. */
  bury(message: WaitingMessage, failure: string, now: number): Promise<void>;
  counts(): Promise<OutboxCount[]>;
}

/** The outbox in SQLite. */
export class SqliteOutbox implements OutboxStore {
  /** How far the record was looked through in vain, beyond the places that are written down. */
  readonly #seen = new Map<string, number>();

  constructor(private readonly access: Access) {}

  async open(destinations: readonly string[], now: number): Promise<void> {
    const kept = await this.counts();
    if (kept.length === 0 && destinations.length === 0) return;
    const names = JSON.stringify(destinations);
    this.access.transaction(now, (database) => {
      database.all("DELETE FROM outbox WHERE destination NOT IN (SELECT value FROM json_each(?))", [names]);
      database.all("DELETE FROM outbox_places WHERE destination NOT IN (SELECT value FROM json_each(?))", [names]);
      const head = headOf(database);
      for (const destination of destinations)
        database.all("INSERT INTO outbox_places VALUES (?, ?) ON CONFLICT DO NOTHING", [destination, head]);
    });
  }

  async fill(destination: string, writer: Writer, now: number): Promise<boolean> {
    const { place, last, whole, messages } = this.access.run((database) => {
      const head = headOf(database);
      const written = placeOf(database, destination) ?? head;
      const entries = entriesAfter(database, Math.max(written, this.#seen.get(destination) ?? 0));
      const told = entries.flatMap((entry) => {
        const message = writer(entry, approvalOf(database, entry));
        return message ? [{ message, seq: entry.seq }] : [];
      });
      return { place: written, last: entries.at(-1)?.seq ?? head, whole: entries.length === PAGE, messages: told };
    });
    // To write the place down is a synced commit: not for each entry that nobody is told of.
    if (messages.length === 0 && last - place < MOST_READ_AGAIN) this.#seen.set(destination, last);
    else {
      this.access.transaction(now, (database) => {
        let waiting = waitingFor(database, destination);
        for (const { message, seq } of messages) waiting += put(database, destination, message, { seq, waiting, now });
        dropOldest(database, destination);
        database.all("UPDATE outbox_places SET seq = ? WHERE destination = ?", [last, destination]);
      });
    }
    return whole;
  }

  async add(destination: string, message: Message, now: number): Promise<void> {
    this.access.transaction(now, (database) => {
      put(database, destination, message, { seq: headOf(database), waiting: waitingFor(database, destination), now });
    });
  }

  async due(destination: string, now: number, limit: number): Promise<WaitingMessage[]> {
    const sql = `SELECT * FROM outbox WHERE destination = ? AND dead_at IS NULL AND next_at <= ? ORDER BY seq, rowid LIMIT ?`;
    return this.access.run((database) => database.all(sql, [destination, now, limit])).map(messageFrom);
  }

  async done({ id, seq }: WaitingMessage): Promise<void> {
    this.access.write("DELETE FROM outbox WHERE id = ? AND seq = ?", [id, seq]);
  }

  async postpone({ id, seq, attempts }: WaitingMessage, nextAt: number, failure: string): Promise<void> {
    const sql = "UPDATE outbox SET attempts = ?, next_at = ?, failure = ? WHERE id = ? AND seq = ?";
    this.access.write(sql, [attempts + 1, nextAt, failure, id, seq]);
  }

  async bury({ id, seq }: WaitingMessage, failure: string, now: number): Promise<void> {
    this.access.transaction(now, (database) => {
      const sql = `UPDATE outbox SET dead_at = ?, failure = ?, body = '', attempts = attempts + 1
         WHERE id = ? AND seq = ? RETURNING destination`;
      const [row] = database.all(sql, [now, failure, id, seq]);
      if (row) dropOldest(database, String(row.destination));
    });
  }

  async counts(): Promise<OutboxCount[]> {
    const sql = `SELECT place.destination, count(id) - count(dead_at) AS waiting, count(dead_at) AS dead
       FROM outbox_places AS place LEFT JOIN outbox USING (destination) GROUP BY place.destination`;
    return this.access
      .run((database) => database.all(sql))
      .map((row) => ({ destination: String(row.destination), waiting: Number(row.waiting), dead: Number(row.dead) }));
  }
}

/** Adds or replaces a message; answers how many more wait then. */
function put(
  database: Database,
  destination: string,
  { id, type, subject, body, expendable = false }: Message,
  { seq, waiting, now }: { seq: number; waiting: number; now: number },
): 0 | 1 {
  const waits = database.all("SELECT 1 FROM outbox WHERE id = ? AND dead_at IS NULL", [id]).length > 0;
  const full = !waits && waiting >= (expendable ? MOST_EXPENDABLE : MOST_WAITING);
  database.all(
    `INSERT INTO outbox (id, destination, type, subject, body, seq, attempts, next_at, dead_at, failure)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9)
     ON CONFLICT (id) DO UPDATE SET type = ?3, body = ?5, seq = ?6, attempts = 0, next_at = ?7, dead_at = ?8, failure = ?9`,
    [id, destination, type, subject, full ? "" : body, seq, now, full ? now : null, full ? "TOO_MANY_WAITING" : null],
  );
  return waits || full ? 0 : 1;
}

function waitingFor(database: Database, destination: string): number {
  const [row] = database.all("SELECT count(*) AS waiting FROM outbox WHERE destination = ? AND dead_at IS NULL", [destination]);
  return Number(row?.waiting);
}

function dropOldest(database: Database, destination: string): void {
  const dead = "SELECT id FROM outbox WHERE destination = ? AND dead_at IS NOT NULL ORDER BY dead_at DESC, rowid DESC";
  database.all(`DELETE FROM outbox WHERE id IN (${dead} LIMIT -1 OFFSET ?)`, [destination, MOST_DEAD]);
}

/** How far the record was looked through for a destination, as it is written down. */
function placeOf(database: Database, destination: string): number | undefined {
  const [place] = database.all("SELECT seq FROM outbox_places WHERE destination = ?", [destination]);
  return place && Number(place.seq);
}

/** A page of the entries that somebody may have to be told of. */
function entriesAfter(database: Database, seq: number): AuditEntry[] {
  const sql = `SELECT ${ENTRY} FROM audit
     WHERE seq > ? AND (kind GLOB 'approval.*' OR (kind = 'decision' AND decision = 'DENY')) ORDER BY seq LIMIT ?`;
  return database.all(sql, [seq, PAGE]).map(entryFrom);
}

function approvalOf(database: Database, { kind, body }: AuditEntry): Approval | undefined {
  if (!kind.startsWith("approval.")) return undefined;
  const { approval_id: id } = JSON.parse(body) as { approval_id: string };
  const [row] = database.all("SELECT * FROM approvals WHERE id = ?", [id]);
  return row && approvalFrom(row);
}

function headOf(database: Database): number {
  return Number(database.all("SELECT max(seq) AS head FROM audit")[0]?.head ?? 0);
}

function messageFrom(row: Row): WaitingMessage {
  return {
    id: String(row.id),
    type: String(row.type),
    subject: String(row.subject),
    body: String(row.body),
    seq: Number(row.seq),
    attempts: Number(row.attempts),
  };
}
