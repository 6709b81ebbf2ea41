/** What was done since it was last written down: calls by agent, scans by hour. Counts only; the record holds the calls. */
import type { AgentActivity } from "../store/agents.js";
import type { Store } from "../store/store.js";
import type { HourOfUse } from "../store/usage.js";

const HOUR_MS = 3_600_000;
/** Agents name themselves where there are no keys: more names than this are written down at once. */
const MOST_WAITING = 1000;

/** Counts in the process, kept in the store now and then. */
export class Activity {
  readonly #agents = new Map<string, AgentActivity>();
  readonly #hours = new Map<number, HourOfUse>();

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** An agent's call was decided. */
  call(id: string, denied: boolean): void {
    const known = this.#agents.get(id) ?? { id, at: 0, calls: 0, denied: 0 };
    this.#agents.set(id, { id, at: this.now(), calls: known.calls + 1, denied: known.denied + Number(denied) });
    if (this.#agents.size >= MOST_WAITING) this.keep().catch(() => {});
  }

  /** A scan was asked for, and served or not. */
  scan(served: boolean): void {
    const hour = Math.floor(this.now() / HOUR_MS);
    const { scans, limited } = this.#hours.get(hour) ?? { scans: 0, limited: 0 };
    this.#hours.set(hour, { hour, scans: scans + Number(served), limited: limited + Number(!served) });
  }

  /** Scans of this month, and those refused in the last 24 hours. */
  async usage() {
    await this.keep();
    const now = new Date(this.now());
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
    const [start, end] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
    const used = await this.store.usage.since(start / HOUR_MS);
    const day = await this.store.usage.since(Math.floor(this.now() / HOUR_MS) - 23);
    return { start, end, scans: used.scans, limited: day.limited };
  }

  /** Writes down what was counted. Where that fails the counts are lost: they are for people to look at. */
  async keep(): Promise<void> {
    const [agents, hours] = [[...this.#agents.values()], [...this.#hours.values()]];
    this.#agents.clear();
    this.#hours.clear();
    if (agents.length > 0) await this.store.agents.addActivity(agents);
    if (hours.length > 0) await this.store.usage.add(hours);
  }
}
