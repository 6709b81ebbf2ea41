/** What comes out of a replay, counted. */

import type { Decision, Replay } from "../../types.js";
import { iso } from "../iso-time.js";
import type { RecordedDecision } from "../store/store.js";
import { Changes, makes } from "./changes.js";

/** Calls that are shown one by one. */
const MOST_SAMPLES = 50;

/** A replay, and what it leaves open beside the keys of rules. */
export type Replayed = Replay & { open?: string[] };

type RuleName = Pick<Replay["rules"][number], "policy" | "rule_id" | "action">;

/** Counts replayed decisions. */
export class ReplaySummary {
  /** Whether there are older decisions that were not looked at. */
  truncated = false;
  readonly #counts = { decisions: 0, unchanged: 0, changed: 0, undecided: 0, not_replayable: 0 };
  readonly #changes = new Changes<RuleName>();
  readonly #keys = new Map<string, number>();
  readonly #samples: Record<"changed" | "undecided", object[]> = { changed: [], undecided: [] };
  readonly #approvals = { before: 0, after: 0, after_at_most: 0 };
  #first: number | null = null;
  #last: number | null = null;

  /** Counts one; without `before` it is none that policies have decided. Newest first. */
  add(decision: RecordedDecision, before: Decision | undefined, replay: Replayed | undefined): void {
    this.#counts.decisions += 1;
    this.#first = decision.at;
    this.#last ??= decision.at;
    if (before === undefined || replay === undefined) {
      this.#counts.not_replayable += 1;
      return;
    }
    const { least, most } = replay;
    const asks = (one: Decision) => (one === "REQUIRE_APPROVAL" ? 1 : 0);
    const undecided = least !== most;
    this.#approvals.before += asks(before);
    this.#approvals.after += undecided ? 0 : asks(least);
    this.#approvals.after_at_most += undecided ? Number(mayAsk(replay)) : asks(least);
    if (undecided) this.#undecided(decision, before, replay);
    else if (before === least) this.#counts.unchanged += 1;
    else this.#changed(decision, before, replay);
  }

  #undecided(decision: RecordedDecision, before: Decision, replay: Replayed): void {
    this.#counts.undecided += 1;
    const keys = [...new Set([...(replay.open ?? []), ...replay.rules.flatMap((rule) => rule.keys)])];
    for (const key of keys) this.#keys.set(key, (this.#keys.get(key) ?? 0) + 1);
    const open = replay.rules.filter((rule) => rule.keys.length > 0);
    this.#sample("undecided", decision, {
      ...{ before, after: null, possible: [replay.least, replay.most], keys },
      rules: open.map(named),
    });
  }

  #changed(decision: RecordedDecision, before: Decision, replay: Replay): void {
    this.#counts.changed += 1;
    const after = replay.least;
    const acts = replay.rules.filter(
      (rule) => rule.certain && !rule.suppressed && rule.mode === "enforce" && makes(rule.action, after),
    );
    const rules = acts.map(named);
    this.#changes.add(before, after, rules);
    this.#sample("changed", decision, { before, after, possible: [after], keys: [], rules });
  }

  #sample(kind: "changed" | "undecided", { traceId, at, agentId, method, report }: RecordedDecision, told: object): void {
    if (this.#samples[kind].length >= MOST_SAMPLES) return;
    const { tool_name, operation, verb, host } = report;
    const call = {
      trace_id: traceId,
      at: iso(at),
      agent_id: agentId,
      method,
      tool_name,
      operation,
      verb,
      host,
    };
    this.#samples[kind].push({ ...call, ...told });
  }

  /** As the API answers it. */
  view() {
    return {
      ...this.#counts,
      from: iso(this.#first),
      to: iso(this.#last),
      truncated: this.truncated,
      approvals: this.#approvals,
      changes: this.#changes.view(),
      undecided_keys: Object.fromEntries([...this.#keys].sort(([, a], [, b]) => b - a)),
      samples: [...this.#samples.changed, ...this.#samples.undecided],
    };
  }
}

const named = ({ policy, rule_id, action }: Replay["rules"][number]): RuleName => ({ policy, rule_id, action });

/** Whether a person may have to be asked. */
function mayAsk({ least, most, rules }: Replay): boolean {
  return least === "REQUIRE_APPROVAL" || most === "REQUIRE_APPROVAL" || rules.some((rule) => rule.action === "REQUIRE_APPROVAL");
}
