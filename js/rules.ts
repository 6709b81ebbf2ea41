// The built-in rules, for those who list them.

import table from "./rule-table.js";
import type { DataClass } from "./types.js";

/** A rule without its evidence. */
export interface RuleInfo {
  id: string;
  class: DataClass;
  severity: "low" | "high";
  /** The type in placeholders, `[LABEL:n]`. */
  label: string;
  /** Where its format is documented. */
  source: string;
}

/** Every built-in rule. */
export const builtInRules = (): RuleInfo[] => table;
