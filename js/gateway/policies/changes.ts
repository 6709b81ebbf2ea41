/** Decisions that other policies change, counted by what they were and become, with the rules that are why. */
import type { Decision, Replay } from "../../types.js";

interface Change<Rule> {
  from: Decision;
  to: Decision;
  count: number;
  /** By policy and id. */
  rules: Map<string, Rule & { count: number }>;
}

/** Counts changes. */
export class Changes<Rule extends { policy: string; rule_id: string }> {
  readonly #changes = new Map<string, Change<Rule>>();

  /** Counts one, and each rule that is why. */
  add(from: Decision, to: Decision, rules: readonly Rule[]): void {
    const change = this.#changes.get(`${from} ${to}`) ?? { from, to, count: 0, rules: new Map() };
    this.#changes.set(`${from} ${to}`, change);
    change.count += 1;
    for (const rule of rules) {
      const key = JSON.stringify([rule.policy, rule.rule_id]);
      const counted = change.rules.get(key) ?? { ...rule, count: 0 };
      change.rules.set(key, { ...counted, count: counted.count + 1 });
    }
  }

  /** Both changes and the rules of each, most often first. */
  view() {
    return mostFirst(this.#changes.values()).map((change) => ({ ...change, rules: mostFirst(change.rules.values()) }));
  }
}

/** Whether a rule with this action can be why a call is decided like that. */
export function makes(action: Replay["rules"][number]["action"], decision: Decision): boolean {
  return action === decision || (action === "OPEN_INCIDENT" && decision === "DENY");
}

const mostFirst = <T extends { count: number }>(list: Iterable<T>) => [...list].sort((a, b) => b.count - a.count);
