/** What is kept of agents: when they were seen, and whether an administrator has stopped them. */
import { approvalEvent } from "../audit/bodies.js";
import type { Access, Row } from "./database.js";
import { approvalFrom } from "./rows.js";
import type { Approval } from "./store.js";

/** Agents that are kept. Names that were not seen for the longest time go first, but never stopped ones. */
const MOST_AGENTS = 10_000;

/** One agent, by the name that its calls are recorded under. Times are milliseconds since the epoch. */
export interface AgentRecord {
  id: string;
  firstSeen: number;
  lastSeen: number;
  calls: number;
  denied: number;
  stoppedAt: number | null;
  note: string | null;
}

/** Calls of an agent since the last time that they were added. */
export interface AgentActivity {
  id: string;
  at: number;
  calls: number;
  denied: number;
}

/** Every method is atomic. */
export interface AgentStore {
  isStopped(id: string): Promise<boolean>;
  find(id: string): Promise<AgentRecord | undefined>;
  /** Last seen first. */
  list(limit: number): Promise<AgentRecord[]>;
  /** Stops an agent and denies what waits for a person or was approved and not used, which is returned. */
  stop(id: string, note: string | null, now: number): Promise<Approval[]>;
  /** Lets an agent go on; `undefined` when there is none by this id. */
  start(id: string, now: number): Promise<AgentRecord | undefined>;
  addActivity(activity: readonly AgentActivity[]): Promise<void>;
}

/** Agents in SQLite. */
export class SqliteAgents implements AgentStore {
  /** Asked for every call, twice; one gateway at a time holds the file. */
  #stopped: Set<string> | undefined;

  constructor(private readonly access: Access) {}

  async isStopped(id: string): Promise<boolean> {
    return this.#stoppedAgents().has(id);
  }

  async find(id: string): Promise<AgentRecord | undefined> {
    const [row] = this.access.run((database) => database.all("SELECT * FROM agents WHERE id = ?", [id]));
    return row && agentFrom(row);
  }

  async list(limit: number): Promise<AgentRecord[]> {
    const rows = this.access.run((database) => database.all("SELECT * FROM agents ORDER BY last_seen DESC, id LIMIT ?", [limit]));
    return rows.map(agentFrom);
  }

  async stop(id: string, note: string | null, now: number): Promise<Approval[]> {
    const stopped = this.#stoppedAgents();
    const denied = this.access.transaction(now, (database, record) => {
      database.all(
        `INSERT INTO agents (id, first_seen, last_seen, calls, denied, stopped_at, note) VALUES (?1, ?2, ?2, 0, 0, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET stopped_at = coalesce(stopped_at, ?2), note = ?3`,
        [id, now, note],
      );
      record({ kind: "agent.stopped", body: { actor: "administrator", agent_id: id, note } });
      const approvals = database
        .all(
          `UPDATE approvals SET status = 'denied', decided_at = ?, note = ?, reason = 'agent_stopped', decided_by = 'administrator'
           WHERE agent_id = ? AND status IN ('pending', 'approved') RETURNING *`,
          [now, note, id],
        )
        .map(approvalFrom);
      for (const approval of approvals) record(approvalEvent("denied", approval));
      return approvals;
    });
    stopped.add(id);
    return denied;
  }

  async start(id: string, now: number): Promise<AgentRecord | undefined> {
    const agent = this.access.transaction(now, (database, record) => {
      const [row] = database.all("UPDATE agents SET stopped_at = NULL, note = NULL WHERE id = ? RETURNING *", [id]);
      if (row) record({ kind: "agent.started", body: { actor: "administrator", agent_id: id } });
      return row && agentFrom(row);
    });
    this.#stoppedAgents().delete(id);
    return agent;
  }

  async addActivity(activity: readonly AgentActivity[]): Promise<void> {
    this.access.transaction(activity[0]?.at ?? 0, (database) => {
      for (const { id, at, calls, denied } of activity) {
        database.all(
          `INSERT INTO agents (id, first_seen, last_seen, calls, denied) VALUES (?1, ?2, ?2, ?3, ?4)
           ON CONFLICT (id) DO UPDATE SET last_seen = max(last_seen, ?2), calls = calls + ?3, denied = denied + ?4`,
          [id, at, calls, denied],
        );
      }
      database.all(
        `DELETE FROM agents WHERE stopped_at IS NULL AND last_seen <
           (SELECT last_seen FROM agents ORDER BY last_seen DESC LIMIT 1 OFFSET ?)`,
        [MOST_AGENTS - 1],
      );
    });
  }

  #stoppedAgents(): Set<string> {
    this.#stopped ??= this.access.run(
      (database) => new Set(database.all("SELECT id FROM agents WHERE stopped_at IS NOT NULL").map((row) => String(row.id))),
    );
    return this.#stopped;
  }
}

function agentFrom(row: Row): AgentRecord {
  return {
    id: String(row.id),
    firstSeen: Number(row.first_seen),
    lastSeen: Number(row.last_seen),
    calls: Number(row.calls),
    denied: Number(row.denied),
    stoppedAt: row.stopped_at as number | null,
    note: row.note as string | null,
  };
}
