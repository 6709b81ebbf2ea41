/** Suppressions of what the detector finds: where they differ, what was found in a call does not tell what would be. */
import type { RecordedReport } from "../store/store.js";
import type { PolicyText } from "./document.js";

interface Document {
  rules: { rule_id: string }[];
  suppressions?: { rule_id: string }[];
}

/** Compares those in force with those of a candidate. */
export class DetectorSuppressions {
  /** Ids of rules of the detector whose suppressions are not the same. */
  readonly #different: Set<string>;
  /** Ids that the candidate suppresses. */
  readonly #after: Set<string>;

  constructor(
    inForce: readonly PolicyText[],
    candidate: readonly PolicyText[],
    private readonly policyVersion: string,
  ) {
    const [before, after] = [suppressions(inForce), suppressions(candidate)];
    const ids = new Set([...before.keys(), ...after.keys()]);
    this.#different = new Set([...ids].filter((id) => before.get(id)?.sort().join() !== after.get(id)?.sort().join()));
    this.#after = new Set(after.keys());
  }

  /** Whether what was found in a call may count otherwise. */
  mayDiffer({ policy_version: version, findings, findings_total: total }: RecordedReport): boolean {
    if (version === this.policyVersion) {
      return this.#different.size > 0 && (total > findings.length || findings.some(({ rule_id: id }) => this.#different.has(id)));
    }
    // What was suppressed then is not known, but for what the report calls expected.
    if (findings.some(({ allowed }) => allowed)) return true;
    return this.#after.size > 0 && (total > findings.length || findings.some(({ rule_id: id }) => this.#after.has(id)));
  }
}

/** By the id of a rule of the detector, as texts. Rules of policies have their own way. */
function suppressions(policies: readonly PolicyText[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { text } of policies) {
    const { rules, suppressions: list = [] } = JSON.parse(text) as Document;
    const own = new Set(rules.map(({ rule_id: id }) => id));
    for (const one of list.filter(({ rule_id: id }) => !own.has(id))) {
      const known = found.get(one.rule_id) ?? [];
      found.set(one.rule_id, [...known, JSON.stringify(Object.entries(one).sort())]);
    }
  }
  return found;
}
