/** Counts over the record, for people who would rather look than read. */
import type { Database, Value } from "../store/database.js";

/** Entries that one answer looks at, at most: the newest ones. */
const MOST_COUNTED = 50_000;
/** Entries that are looked at in one go: meanwhile nothing else is decided. */
const WINDOW = 500;
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

/** Counts decisions, their reasons, and how long people took; `run` reaches the database, and others do between its calls. */
export async function countRecord(
  run: <T>(work: (database: Database) => T) => T,
  range: StatisticsRange,
): Promise<RecordStatistics> {
  const { first, last, countedSince } = run((database) => entriesOf(database, range));
  const decisions = new Map<string, RecordStatistics["decisions"][number]>();
  const reasons = new Map<string, number>();
  const latencies: number[] = [];
  for (let from = first; from <= last; from += WINDOW) {
    run((database) => {
      const window = [from, Math.min(last, from + WINDOW - 1), range.since, range.until];
      for (const { step, decision, count } of countDecisions(database, window, range)) {
        const at = range.since + Number(step) * range.bucketMs;
        const known = decisions.get(`${at} ${decision}`)?.count ?? 0;
        decisions.set(`${at} ${decision}`, { at, decision: String(decision), count: known + Number(count) });
      }
      for (const { code, count } of countReasons(database, window))
        reasons.set(String(code), (reasons.get(String(code)) ?? 0) + Number(count));
      latencies.push(...readLatencies(database, window));
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return {
    countedSince,
    decisions: [...decisions.values()],
    reasons: [...reasons]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
      .slice(0, MOST_REASONS),
    latencies: latencies.sort((a, b) => a - b),
  };
}

/** The sequence numbers of a time; none where `last` is before `first`. */
function entriesOf(database: Database, { since, until }: StatisticsRange) {
  // By the times of all of them: calls are stamped before they are written, so the newest entry need not be the last.
  const [found] = database.all(
    `SELECT min(seq) AS first, max(seq) AS last, count(*) AS many
     FROM (SELECT seq FROM audit WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT ?)`,
    [since, until, MOST_COUNTED + 1],
  );
  if (!found?.many) return { first: 1, last: 0, countedSince: since };
  const last = Number(found.last);
  const first = Math.max(Number(found.first), last - MOST_COUNTED + 1);
  if (first === Number(found.first) && Number(found.many) <= MOST_COUNTED) return { first, last, countedSince: since };
  const [cut] = database.all("SELECT at FROM audit WHERE seq = ?", [first]);
  return { first, last, countedSince: Math.max(since, Number(cut?.at ?? since)) };
}

// By number, not by an index: the entries of a window stand beside each other.
const WINDOWED = "seq BETWEEN ?1 AND ?2 AND at >= ?3 AND at < ?4";

function countDecisions(database: Database, window: Value[], { bucketMs }: StatisticsRange) {
  return database.all(
    `SELECT (at - ?3) / ?5 AS step, decision, count(*) AS count FROM audit NOT INDEXED
     WHERE ${WINDOWED} AND kind = 'decision' GROUP BY step, decision`,
    [...window, bucketMs],
  );
}

function countReasons(database: Database, window: Value[]) {
  return database.all(
    `SELECT reason.value AS code, count(*) AS count
     FROM audit NOT INDEXED, json_each(audit.body, '$.report.reason_codes') AS reason
     WHERE ${WINDOWED} AND kind = 'decision' AND decision <> 'ALLOW' GROUP BY code`,
    window,
  );
}

/** Only what a person has decided: nobody waits for what runs out. */
function readLatencies(database: Database, window: Value[]): number[] {
  return database
    .all(
      `WITH decided AS (SELECT at, trace_id, body FROM audit NOT INDEXED
         WHERE ${WINDOWED} AND kind IN ('approval.approved', 'approval.denied'))
       SELECT decided.at - asked.at AS waited FROM decided
       JOIN audit AS asked ON asked.trace_id = decided.trace_id AND asked.kind = 'approval.requested'
         AND json_extract(asked.body, '$.approval_id') = json_extract(decided.body, '$.approval_id')`,
      window,
    )
    .map(({ waited }) => Math.max(0, Number(waited)));
}
