/** The engine's memory as it is kept: its secret key, and its state, which holds counts and keyed fingerprints only. */
import type { Access } from "./database.js";

/** Every method is atomic. */
export interface MemoryStore {
  /** The key, 32 hex digits; `fresh` becomes it when there is none yet. */
  key(fresh: string): Promise<string>;
  /** The state that was kept last. */
  state(): Promise<string | undefined>;
  keep(state: string): Promise<void>;
}

/** The memory in SQLite. */
export class SqliteMemory implements MemoryStore {
  constructor(private readonly access: Access) {}

  async key(fresh: string): Promise<string> {
    return this.access.transaction(Date.now(), (database) => {
      database.all("INSERT INTO meta (key, value) VALUES ('memory_key', ?) ON CONFLICT (key) DO NOTHING", [fresh]);
      return String(database.all("SELECT value FROM meta WHERE key = 'memory_key'")[0]?.value);
    });
  }

  async state(): Promise<string | undefined> {
    const [row] = this.access.run((database) => database.all("SELECT value FROM meta WHERE key = 'memory_state'"));
    return row && String(row.value);
  }

  async keep(state: string): Promise<void> {
    this.access.transaction(Date.now(), (database) =>
      database.all(
        "INSERT INTO meta (key, value) VALUES ('memory_state', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [state],
      ),
    );
  }
}
