/** Two policies, rule by rule. The order of keys and white space say nothing; the order of rules only how they are reported. */
import { sortedJson } from "../../json.js";
import { isRecord } from "../../record.js";

/** A key with another value. `undefined` where it is not there. */
export interface ChangedKey {
  key: string;
  from: unknown;
  to: unknown;
}

/** What differs between two policies. */
export interface PolicyDifference {
  same: boolean;
  /** Keys of the policy itself. */
  keys: ChangedKey[];
  /** Ids of rules. */
  added: string[];
  removed: string[];
  changed: { rule_id: string; keys: ChangedKey[] }[];
  /** Rules of both that stand in another order: how they do now. Absent where they do not. */
  order?: string[];
}

type Fields = Record<string, unknown>;
type Rule = Fields & { rule_id: string };

/** Groups whose keys are told one by one. */
const GROUPS: readonly string[] = ["match", "condition"];

/** Compares two policies that can be used, as JSON texts. */
export function difference(before: string, after: string): PolicyDifference {
  const [old, now] = [JSON.parse(before) as Fields, JSON.parse(after) as Fields];
  const [oldRules, rules] = [old.rules as Rule[], now.rules as Rule[]];
  const known = new Map(oldRules.map((rule) => [rule.rule_id, rule]));
  const kept = new Set(rules.map((rule) => rule.rule_id));
  const keys = changedKeys({ ...old, rules: undefined }, { ...now, rules: undefined });
  const added = rules.filter((rule) => !known.has(rule.rule_id)).map((rule) => rule.rule_id);
  const removed = oldRules.filter((rule) => !kept.has(rule.rule_id)).map((rule) => rule.rule_id);
  const changed = rules.flatMap((rule) => {
    const differing = changedKeys(flat(known.get(rule.rule_id) ?? rule), flat(rule));
    return differing.length > 0 ? [{ rule_id: rule.rule_id, keys: differing }] : [];
  });
  const common = rules.filter((rule) => known.has(rule.rule_id)).map((rule) => rule.rule_id);
  const moved = oldRules.filter((rule) => kept.has(rule.rule_id)).some((rule, index) => rule.rule_id !== common[index]);
  const same = keys.length + added.length + removed.length + changed.length === 0 && !moved;
  return { same, keys, added, removed, changed, ...(moved ? { order: common } : {}) };
}

/** A rule with the keys of its groups as `match.tools` and the like. */
function flat(rule: Fields): Fields {
  const entries = Object.entries(rule).flatMap(([key, value]): [string, unknown][] =>
    GROUPS.includes(key) && isRecord(value)
      ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one])
      : [[key, value]],
  );
  return Object.fromEntries(entries);
}

function changedKeys(before: Fields, after: Fields): ChangedKey[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differs = (key: string) => sortedJson(before[key]) !== sortedJson(after[key]);
  return [...keys].filter(differs).map((key) => ({ key, from: before[key], to: after[key] }));
}
