/** Counters for Prometheus. Labels have few values, none of which an agent chooses. */
import type { GatewayEvent } from "./events.js";
import type { RequestLogEntry } from "./options.js";
import type { OutboxCount } from "./store/outbox.js";
import type { StoreStatistics } from "./store/store.js";

/** Upper bounds of the buckets, in seconds. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const DECISION_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 14_400, 86_400];

/** The content type of what {@link Metrics.text} gives. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** What is counted since the gateway started. */
export class Metrics {
  readonly #decisions = new Map<string, number>();
  readonly #approvals = new Map<string, number>();
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Histogram>();
  readonly #notifications = new Map<string, number>();
  readonly #decisionLatency = new Histogram(DECISION_SECONDS);

  /** Counts a finished request. The time of `proxy` includes the upstream's, up to the headers of its answer. */
  request({ route, status, durationMs }: RequestLogEntry): void {
    count(this.#requests, labels({ route, status: `${Math.floor(status / 100)}xx` }));
    const key = labels({ route });
    let histogram = this.#durations.get(key);
    if (!histogram) {
      histogram = new Histogram(REQUEST_SECONDS);
      this.#durations.set(key, histogram);
    }
    histogram.observe(durationMs / 1000);
  }

  /** Counts what the live events tell. */
  event({ type, data }: GatewayEvent): void {
    const told = data as Record<string, string | null>;
    if (type === "decision") {
      const { decision, action, source, mode } = told;
      count(this.#decisions, labels({ decision, action, source, mode }));
      return;
    }
    // An approval is told of when it is made, and whenever somebody has changed its body.
    if (told.status === "pending") return;
    count(this.#approvals, labels({ status: told.status }));
    const decided = (told.status === "approved" || told.status === "denied") && told.revoked_at === null;
    if (decided) this.#decisionLatency.observe((Date.parse(told.decided_at ?? "") - Date.parse(told.created_at ?? "")) / 1000);
  }

  /** Counts a try to tell somebody. */
  notified(channel: "slack" | "webhook", outcome: "delivered" | "failed" | "dead"): void {
    count(this.#notifications, labels({ channel, outcome }));
  }

  /** Everything, in Prometheus' text format. */
  text(store: StoreStatistics, outbox: readonly OutboxCount[]): string {
    const lines: string[] = [];
    const counter = (name: string, help: string, values: Iterable<[string, number]>, type = "counter") => {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      for (const [key, value] of values) lines.push(`${name}${key} ${value}`);
    };
    const histogram = (name: string, help: string, values: Iterable<[string, Histogram]>) => {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
      for (const [key, value] of values) lines.push(...value.lines(name, key));
    };
    counter("interven_decisions_total", "Decisions recorded.", this.#decisions);
    counter("interven_requests_total", "Requests answered.", this.#requests);
    histogram("interven_request_duration_seconds", "Time to the headers of the answer.", this.#durations);
    counter("interven_approvals_pending", "Approvals that wait for a person.", [["", store.pendingApprovals]], "gauge");
    counter("interven_approvals_total", "Approvals by what became of them.", this.#approvals);
    histogram("interven_approval_decision_seconds", "Time until a person decided.", [["", this.#decisionLatency]]);
    counter("interven_notifications_total", "Tries to tell somebody outside.", this.#notifications);
    counter("interven_outbox_messages", "Messages that wait, and that were given up.", inOutbox(outbox), "gauge");
    counter("interven_store_commits_total", "Transactions made durable.", [["", store.commits]]);
    counter("interven_store_failures_total", "Reads and writes of the store that failed.", [["", store.failures]]);
    counter("interven_audit_last_seq", "Sequence number of the last entry of the record.", [["", store.lastSeq]], "gauge");
    return `${lines.join("\n")}\n`;
  }
}

function inOutbox(counts: readonly OutboxCount[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { destination, waiting, dead } of counts) {
    // What stands behind the colon tells one webhook from another.
    const channel = destination.replace(/:.*/, "");
    for (const [state, number] of Object.entries({ waiting, dead })) {
      const key = labels({ channel, state });
      sums.set(key, (sums.get(key) ?? 0) + number);
    }
  }
  return sums;
}

class Histogram {
  readonly #counts: number[];
  #sum = 0;
  #total = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    // A clock that was set back makes no negative waits.
    const seconds = Math.max(0, value);
    const bucket = this.bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
    this.#total += 1;
  }

  lines(name: string, key: string): string[] {
    const inner = key === "" ? "" : `${key.slice(1, -1)},`;
    let below = 0;
    const buckets = this.bounds.map((bound, index) => {
      below += this.#counts[index] ?? 0;
      return `${name}_bucket{${inner}le="${bound}"} ${below}`;
    });
    return [
      ...buckets,
      `${name}_bucket{${inner}le="+Inf"} ${this.#total}`,
      `${name}_sum${key} ${this.#sum}`,
      `${name}_count${key} ${this.#total}`,
    ];
  }
}

function labels(values: Record<string, string | null | undefined>): string {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
