/** Agents as the administrator sees and stops them. */

import type { Approvals } from "../approvals.js";
import { iso } from "../iso-time.js";
import { Refusal } from "../reply.js";
import type { AgentRecord } from "../store/agents.js";
import type { Store } from "../store/store.js";
import type { Activity } from "./activity.js";
import type { Recollection } from "./recollection.js";

/** Agents of one answer. */
const MOST_LISTED = 1000;

/** Agents as the routes use them. */
export class Agents {
  constructor(
    private readonly store: Store,
    private readonly approvals: Approvals,
    private readonly activity: Activity,
    private readonly recollection: Recollection,
    private readonly now: () => number,
    /** Told at once of an agent that was stopped, by the name that is recorded. */
    private readonly onStop: (agentLabel: string) => void = () => {},
  ) {}

  /** Last seen first. */
  async list() {
    await this.activity.keep();
    const [agents, keys] = [await this.store.agents.list(MOST_LISTED), await this.store.keys.list(MOST_LISTED)];
    const names = new Map(keys.toReversed().map((key) => [key.agentId, key.agentName]));
    return agents.map((agent) => this.#view(agent, names.get(agent.id) ?? null));
  }

  /** Denies every call of an agent from now on, and what waits for a person. */
  async stop(id: string, note: string | null) {
    const denied = await this.store.agents.stop(id, note, this.now());
    this.onStop(id);
    this.approvals.announce(denied);
    return this.#found(await this.store.agents.find(id));
  }

  /** Lets a stopped agent go on; throws a 404 when there is no such agent. */
  async start(id: string) {
    return this.#found(await this.store.agents.start(id, this.now()));
  }

  #found(agent: AgentRecord | undefined) {
    if (!agent) throw new Refusal(404, "AGENT_NOT_FOUND", "No agent of this id was seen, stopped or given a key here.");
    return this.#view(agent, null);
  }

  #view(agent: AgentRecord, name: string | null) {
    return {
      agent_id: agent.id,
      agent_name: name,
      status: agent.stoppedAt === null ? "active" : "stopped",
      trust: this.recollection.trust(agent.id),
      calls: agent.calls,
      denied: agent.denied,
      first_seen: iso(agent.firstSeen),
      last_seen: iso(agent.lastSeen),
      stopped_at: iso(agent.stoppedAt),
      note: agent.note,
    };
  }
}
