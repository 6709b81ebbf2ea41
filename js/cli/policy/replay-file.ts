/** Calls in a file, decided by two sets of policies. */
import { Changes, makes } from "../../gateway/policies/changes.js";
import type { Report } from "../../types.js";
import { CommandError } from "../command-error.js";
import { type Row, RowError, readRow } from "../row.js";
import { engineFromFiles, readText } from "./files.js";
import type { Replayed } from "./replay.js";

/** Calls that are shown one by one. */
const MOST_SAMPLES = 50;

interface RuleName {
  policy: string;
  rule_id: string;
}

/** Replays rows as `interven scan --jsonl` reads them. Each is decided by itself: nothing is remembered. */
export function replayFile(file: string, before: readonly string[], after: readonly string[], domains: string[]): Replayed {
  const [old, now] = [engineFromFiles(before, { domains }), engineFromFiles(after, { domains })];
  const changes = new Changes<RuleName>();
  const approvals = { before: 0, after: 0 };
  const samples: object[] = [];
  const counts = { decisions: 0, unchanged: 0, changed: 0 };
  for (const row of rows(file)) {
    const [from, report] = [old.scan(row.request).decision, now.scan(row.request).report];
    counts.decisions += 1;
    approvals.before += Number(from === "REQUIRE_APPROVAL");
    approvals.after += Number(report.decision === "REQUIRE_APPROVAL");
    if (from === report.decision) {
      counts.unchanged += 1;
      continue;
    }
    counts.changed += 1;
    const rules = responsible(report);
    changes.add(from, report.decision, rules);
    if (samples.length < MOST_SAMPLES)
      samples.push({ id: row.id, before: from, after: report.decision, tool_name: report.tool_name, rules });
  }
  return {
    ...counts,
    ...{ undecided: 0, not_replayable: 0, from: null, to: null, truncated: false },
    approvals: { ...approvals, after_at_most: approvals.after },
    changes: changes.view(),
    undecided_keys: {},
    samples,
  };
}

/** Rules that are as strict as the decision. */
function responsible({ matched_rules: matched, decision }: Report): RuleName[] {
  const acts = matched.filter(({ mode, suppressed, action }) => mode === "enforce" && !suppressed && makes(action, decision));
  return acts.map(({ policy, rule_id }) => ({ policy, rule_id }));
}

function* rows(file: string): Generator<Row> {
  for (const [index, line] of readText(file, "the file of calls").split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      yield readRow(Buffer.from(line));
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new CommandError(2, `${file}:${index + 1}: ${error.message}`, { cause: error });
    }
  }
}
