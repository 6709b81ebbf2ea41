/** Signed requests that were accepted, so that none is accepted twice: not after a restart either. */
import type { Access } from "./database.js";

/** Requests of one agent that are remembered at a time. */
const MOST_OF_AN_AGENT = 50_000;

/** What became of a nonce: taken now, known already, or there is no room to remember it. */
export type Claim = "taken" | "known" | "full";

/** Every method is atomic. */
export interface NonceClaims {
  /** `until`, and `now`, in milliseconds since the epoch. */
  claim(agentId: string, nonce: string, until: number, now: number): Promise<Claim>;
  /** Gives a nonce back whose request has done nothing. */
  release(agentId: string, nonce: string): Promise<void>;
}

/** Nonces in SQLite. */
export class SqliteNonces implements NonceClaims {
  constructor(private readonly access: Access) {}

  async claim(agentId: string, nonce: string, until: number, now: number): Promise<Claim> {
    return this.access.transaction(now, (database) => {
      database.all("DELETE FROM hmac_nonces WHERE until <= ?", [now]);
      const [held] = database.all("SELECT count(*) AS held FROM hmac_nonces WHERE agent_id = ?", [agentId]);
      if (Number(held?.held) >= MOST_OF_AN_AGENT) return "full";
      const sql = "INSERT INTO hmac_nonces (agent_id, nonce, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING nonce";
      return database.all(sql, [agentId, nonce, until]).length === 1 ? "taken" : "known";
    });
  }

  async release(agentId: string, nonce: string): Promise<void> {
    this.access.write("DELETE FROM hmac_nonces WHERE agent_id = ? AND nonce = ?", [agentId, nonce]);
  }
}
