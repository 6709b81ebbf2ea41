/** What the record of a call says about rules that ask the same as those that decided it. */
import { sortedJson } from "../../json.js";
import type { Replay } from "../../types.js";
import type { RecordedReport } from "../store/store.js";
import type { PolicyText } from "./document.js";

interface Rule {
  rule_id: string;
  [key: string]: unknown;
}

interface Document {
  name: string;
  rules: Rule[];
}

/** `[policy, rule_id, matched]`, as the engine takes it. */
export type KnownRule = [policy: string, ruleId: string, matched: boolean];

/** What a rule does, whom it is told to, and how it is called: none of it is a question. */
const NO_QUESTIONS = new Set([
  ...["rule_id", "description", "priority", "action", "mode", "sanitize_fields", "reason_code"],
  ...["escalate_to", "tag", "incident_severity"],
]);

/** Most rules that are told to the engine about one call: it looks through them for each of its own. */
const MOST_KNOWN = 500;

/** Pairs rules of a candidate with rules in force that ask the same, whatever they are called and do. */
export class KnownRules {
  /** For rules of the candidate: policy and id of the rule in force. */
  readonly #twins: { rule: [string, string]; twin: string }[] = [];

  constructor(
    inForce: readonly PolicyText[],
    candidate: readonly PolicyText[],
    /** Of the engine with the policies in force: what it decided is known. */
    private readonly policyVersion: string,
  ) {
    const documents = inForce.map(read);
    const names = documents.map(({ name }) => name);
    const twins = new Map<string, string>();
    for (const [index, { name, rules }] of documents.entries()) {
      if (hasLongNumbers(inForce[index])) continue;
      // Where two have one name, the record does not tell which of them a rule is of.
      if (names.indexOf(name) !== names.lastIndexOf(name)) continue;
      for (const rule of rules) twins.set(questions(rule), key(name, rule.rule_id));
    }
    for (const { name, rules } of candidate.filter((policy) => !hasLongNumbers(policy)).map(read)) {
      for (const rule of rules) {
        const twin = twins.get(questions(rule));
        if (twin !== undefined) this.#twins.push({ rule: [name, rule.rule_id], twin });
      }
    }
  }

  /** What a report says of rules that a replay is not sure of; nothing where other policies decided. */
  of({ policy_version: version, matched_rules: matched }: RecordedReport, unsure: Replay["rules"]): KnownRule[] {
    if (version !== this.policyVersion) return [];
    const asked = new Set(unsure.map((rule) => key(rule.policy, rule.rule_id)));
    const held = new Set(matched.map((rule) => key(rule.policy, rule.rule_id)));
    const twins = this.#twins.filter(({ rule }) => asked.has(key(...rule))).slice(0, MOST_KNOWN);
    return twins.map(({ rule, twin }) => [...rule, held.has(twin)]);
  }
}

/** JavaScript reads long numbers as others than they are: what they ask cannot be compared. */
function hasLongNumbers(policy: PolicyText | undefined): boolean {
  return /\d[\d.eE+-]{14}/.test((policy?.text ?? "").replace(/"(?:[^"\\]|\\.)*"/g, ""));
}

function read({ text }: PolicyText): Document {
  return JSON.parse(text) as Document;
}

const key = (policy: string, ruleId: string) => JSON.stringify([policy, ruleId]);

/** What a rule asks, whatever the order of its keys. */
function questions(rule: Rule): string {
  return sortedJson(Object.fromEntries(Object.entries(rule).filter(([name]) => !NO_QUESTIONS.has(name))));
}
