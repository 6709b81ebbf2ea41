/** Counts over the record, for people who would rather look than read. */
import type { Database, Value } from "../store/database.js";

/** Decisions that one answer counts at most: the newest ones. Nobody else is served while they are counted. */
const MOST_COUNTED = 100_000;
const MOST_REASONS = 10;

/** Upper bounds of how long people took, in seconds. */
export const LATENCY_SECONDS = [15, 60, 300, 900, 3600] as const;

/** Which part of the record, in milliseconds since the epoch: from `since` on, before `until`, in steps of `bucketMs`. */
export interface StatisticsRange {
  since: number;
  until: number;
  bucketMs: number;
}

/** What was decided in a time. */
export interface RecordStatistics {
  /** Where counting begins: `since`, or later where there is too much to count. */
  countedSince: number;
  /** Counts by step and decision; steps without any are left out. `at` is the beginning of the step. */
  decisions: { at: number; decision: string; count: number }[];
  /** The most frequent ones of decisions other than ALLOW, most frequent first. */
  reasons: { code: string; count: number }[];
  /** Milliseconds from the asking to the deciding, ascending. */
  latencies: number[];
}

/** Counts decisions, their reasons, and how long people took. */
export function readStatistics(database: Database, range: StatisticsRange): RecordStatistics {
  const { until, bucketMs } = range;
  const [beyond] = database.all("SELECT at FROM audit WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT 1 OFFSET ?", [
    range.since,
    until,
    MOST_COUNTED,
  ]);
  const since = beyond === undefined ? range.since : Number(beyond.at) + 1;
  const decisions = database.all(
    `SELECT (at - ?1) / ?3 AS step, decision, count(*) AS count FROM audit INDEXED BY audit_at
     WHERE kind = 'decision' AND at >= max(?1, ?4) AND at < ?2 GROUP BY step, decision ORDER BY step`,
    [range.since, until, bucketMs, since],
  );
  const reasons = database.all(
    `SELECT reason.value AS code, count(*) AS count
     FROM audit INDEXED BY audit_at, json_each(audit.body, '$.report.reason_codes') AS reason
     WHERE kind = 'decision' AND decision <> 'ALLOW' AND at >= ? AND at < ? GROUP BY code ORDER BY count DESC, code LIMIT ?`,
    [since, until, MOST_REASONS],
  );
  return {
    countedSince: since,
    decisions: decisions.map(({ step, decision, count }) => ({
      at: range.since + Number(step) * bucketMs,
      decision: String(decision),
      count: Number(count),
    })),
    reasons: reasons.map(({ code, count }) => ({ code: String(code), count: Number(count) })),
    latencies: latencies(database, since, until),
  };
}

/** Only what a person has decided one by one: stopping an agent denies in its name, not for want of an answer. */
function latencies(database: Database, since: number, until: number): number[] {
  const values: Value[] = [since, until];
  return database
    .all(
      `SELECT decided.at - asked.at AS waited FROM audit AS decided INDEXED BY audit_at
       JOIN audit AS asked ON asked.trace_id = decided.trace_id AND asked.kind = 'approval.requested'
         AND json_extract(asked.body, '$.approval_id') = json_extract(decided.body, '$.approval_id')
       WHERE decided.kind IN ('approval.approved', 'approval.denied') AND decided.at >= ? AND decided.at < ? ORDER BY waited`,
      values,
    )
    .map(({ waited }) => Math.max(0, Number(waited)));
}
