/** The one way of a store to its database: counts, refuses after the end, and makes one error of every failure. */
import { ConfigurationError } from "../../errors.js";
import type { AuditEvent } from "../audit/bodies.js";
import type { AuditLog } from "../audit/log.js";
import { type Access, type Database, transaction, type Value } from "./database.js";
import type { GroupSync } from "./group-sync.js";
import { StoreError } from "./store.js";

/** What a store reads and writes. */
export interface AccessParts {
  database: Database;
  log: AuditLog;
  sync: GroupSync;
}

/** What a store is made of. */
export interface StoreParts extends AccessParts {
  /** Where it lies; a store in memory lies nowhere. */
  directory?: string;
  /** Called when everything is closed. */
  release(): void;
}

/** Access to an open database, with its record and its sync. */
export class StoreAccess implements Access {
  readonly #database: Database;
  readonly #log: AuditLog;
  readonly #sync: GroupSync;
  #closed = false;
  #commits = 0;
  #failures = 0;

  constructor({ database, log, sync }: AccessParts) {
    this.#database = database;
    this.#log = log;
    this.#sync = sync;
  }

  /** How often something was committed, and how often something failed. */
  get counts(): { commits: number; failures: number } {
    return { commits: this.#commits, failures: this.#failures };
  }

  run<T>(work: (database: Database) => T): T {
    if (this.#closed) throw new StoreError("the store is closed");
    this.#sync.check();
    try {
      return work(this.#database);
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      this.#failures += 1;
      throw new StoreError("the store could not be read or written", { cause: error });
    }
  }

  write(sql: string, parameters: readonly Value[]): void {
    this.run((database) => database.all(sql, parameters));
    this.#sync.wrote();
  }

  transaction<T>(now: number, work: (database: Database, record: (event: AuditEvent) => void) => T): T {
    return this.run((database) => {
      try {
        const result = transaction(database, () => {
          const made = work(database, (event) => void this.#log.append(now, event));
          this.#log.seal(now);
          return made;
        });
        this.#commits += 1;
        this.#sync.wrote();
        return result;
      } catch (error) {
        this.#log.forget();
        throw error;
      }
    });
  }

  /** Refuses everything from now on. */
  close(): void {
    this.#closed = true;
  }
}
