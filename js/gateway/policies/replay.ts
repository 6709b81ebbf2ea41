/** Policies tried on recorded calls: what would be decided otherwise, and what the record does not tell. */
import type { Decision } from "../../types.js";
import type { RecordedDecision, Store } from "../store/store.js";
import type { DetectorSuppressions } from "./detector-suppressions.js";
import type { KnownRules } from "./known-rules.js";
import type { PolicyEngine } from "./live-engine.js";
import { type Replayed, ReplaySummary } from "./summary.js";

/** What is tried on what. */
export interface ReplayParts {
  store: Store;
  /** With the policies that are tried. */
  engine: PolicyEngine;
  known: KnownRules;
  suppressed: DetectorSuppressions;
  since: number | undefined;
  until: number | undefined;
  /** Most decisions. */
  limit: number;
}

type Tried = Pick<ReplayParts, "engine" | "known" | "suppressed">;

/** Decisions that are read at a time; the gateway decides calls in between. */
const PAGE = 50;

/** By these a decision is another one than the policies' own: a person had to be asked. */
const AFTER_A_PERSON: readonly string[] = ["RECENT_APPROVAL_GRANT", "RECENT_DENIAL", "APPROVAL_RATE_LIMITED"];

/** Replays the newest decisions. */
export async function replay({ store, since, until, limit, ...tried }: ReplayParts): Promise<ReplaySummary> {
  const summary = new ReplaySummary();
  let after: number | undefined;
  for (let left = limit; left > 0; ) {
    const size = Math.min(PAGE, left);
    const page = await store.listDecisions({
      limit: size,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(after === undefined ? {} : { after }),
    });
    for (const decision of page) {
      const before = decidedByPolicy(decision);
      // The use of an approval is the rest of a call that was counted when it was asked for.
      if (decision.source !== "consume") summary.add(decision, before, before && replayed(tried, decision, before));
    }
    left -= page.length;
    after = page.at(-1)?.seq;
    if (page.length < size) break;
    if (left <= 0) summary.truncated = await hasOlder(store, after, since);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return summary;
}

/** Whether there is more behind the last page. */
async function hasOlder(store: Store, after: number | undefined, since: number | undefined): Promise<boolean> {
  const older = { limit: 1, ...(after === undefined ? {} : { after }), ...(since === undefined ? {} : { since }) };
  return (await store.listDecisions(older)).length > 0;
}

/** What the policies decided; nothing where the gateway itself did, or the record has no facts. */
function decidedByPolicy({ report, facts }: RecordedDecision): Decision | undefined {
  if (facts === undefined) return undefined;
  return report.reason_codes.some((code) => AFTER_A_PERSON.includes(code)) ? "REQUIRE_APPROVAL" : report.decision;
}

function replayed({ engine, known, suppressed }: Tried, decision: RecordedDecision, before: Decision): Replayed {
  const { report } = decision;
  // The same policies decide the same, with whatever was remembered then.
  if (engine.policyVersion === report.policy_version) return { least: before, most: before, rules: [] };
  const { agent_exact: exact, body_exact: whole, ...facts } = decision.facts ?? {};
  // What was found counts for more or for less then.
  if (suppressed.mayDiffer(report)) return { least: "ALLOW", most: "DENY", rules: [], open: ["suppressions"] };
  const record = {
    ...report,
    ...facts,
    risk_hundredths: Math.round(report.risk_score * 100),
    time_ms: decision.at,
    ...(exact === true ? { agent: decision.agentId } : {}),
    ...(whole === true && decision.body?.text !== undefined ? { body: decision.body.text } : {}),
  };
  const alone = engine.replay(record);
  const told = alone.least === alone.most ? [] : known.of(report, alone.rules);
  const answer = told.length > 0 ? engine.replay({ ...record, known: told }) : alone;
  // Whether it fails again depends on what is redacted.
  return report.reason_codes.includes("REDACTION_FAILED") ? { ...answer, most: "DENY", open: ["redaction"] } : answer;
}
