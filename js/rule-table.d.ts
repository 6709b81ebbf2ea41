// Written by the build from the rules of the crate.

import type { RuleInfo } from "./rules.js";

declare const table: RuleInfo[];
export default table;
