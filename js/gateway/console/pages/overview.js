// Numbers and drawings over the list: how much, when, why, and how long people took.
import { lyingBars, stackedBars } from "../parts/charts.js";
import { agentText, element } from "../parts/dom.js";
import { clockTime, DECISIONS, decisionLabel, plural, span, whole } from "../parts/format.js";
import { card } from "../parts/table.js";
import { call } from "../shell/api.js";
import { spanOf } from "./decision-filters.js";

const DAY_MS = 86_400_000;
const STEPS = 48;

export class Overview {
  #numbers = new Map();
  #number = 0;
  /** Milliseconds that the last reading took. */
  took = 0;
  #charts = element("div", { className: "charts" });

  /** `onDecision` is called with the decision whose number was pressed. */
  constructor(onDecision) {
    const counts = element(
      "fieldset",
      { className: "counts" },
      element("legend", { className: "unseen" }, "Filter by decision"),
      ...DECISIONS.map((decision) => this.#count(decision, onDecision)),
    );
    this.node = element("div", { className: "stack" }, counts, this.#charts);
  }

  /** Shows which decision is filtered for. */
  mark(decision) {
    for (const [name, { button }] of this.#numbers) button.setAttribute("aria-pressed", String(name === decision));
  }

  /** Reads the numbers; while that fails the old ones stay. */
  async load(filters, signal) {
    const { since, until } = spanOf(filters);
    const bucket = Math.max(1, Math.ceil(((until ?? Date.now()) - since) / STEPS / 1000));
    const query = new URLSearchParams({
      since: String(since),
      bucket: String(bucket),
      ...(until ? { until: String(until) } : {}),
    });
    const own = ++this.#number;
    const started = performance.now();
    try {
      const statistics = await call(`/v1/statistics?${query}`);
      this.took = performance.now() - started;
      if (own !== this.#number) return;
      if (!signal.aborted) this.#show(statistics);
    } catch {
      // The list below says what is wrong.
    }
  }

  #count(decision, onDecision) {
    const number = element("span", { className: "number" }, "–");
    const button = element(
      "button",
      { type: "button", className: decision, "aria-pressed": "false" },
      element("span", { className: "label" }, decisionLabel(decision)),
      number,
    );
    button.addEventListener("click", () => onDecision(decision));
    this.#numbers.set(decision, { number, button });
    return button;
  }

  #show(statistics) {
    for (const [decision, { number }] of this.#numbers) number.textContent = whole(statistics.decisions[decision]);
    const total = DECISIONS.reduce((sum, decision) => sum + statistics.decisions[decision], 0);
    this.#charts.hidden = total === 0;
    if (total === 0) return;
    // A table that somebody reads is not taken away.
    if (this.#charts.querySelector("details[open]")) return;
    this.#charts.replaceChildren(
      card("Decisions over time", overTime(statistics, total)),
      card("Top reasons", reasons(statistics)),
      card("Time to a decision", latency(statistics.approvals)),
    );
  }
}

function overTime({ buckets, decisions, since, until, truncated, counted_since: counted }, total) {
  const long = Date.parse(until) - Date.parse(since) > 2 * DAY_MS;
  const label = (iso) => {
    const date = new Date(iso);
    const day = date.toLocaleDateString([], { day: "numeric", month: "short" });
    return long ? `${day}, ${clockTime(iso).slice(0, 5)}` : clockTime(iso).slice(0, 5);
  };
  const parts = DECISIONS.filter((decision) => decisions[decision] > 0).map(
    (decision) => `${whole(decisions[decision])} ${decisionLabel(decision).toLowerCase()}`,
  );
  const middle = buckets[Math.floor(buckets.length / 2)];
  return stackedBars({
    steps: buckets.map((bucket) => ({
      label: label(bucket.at),
      values: DECISIONS.map((decision) => ({
        name: decisionLabel(decision).toLowerCase(),
        className: decision,
        count: bucket[decision],
      })),
    })),
    columns: DECISIONS.map(decisionLabel),
    ends: [label(since), label(middle.at), label(until)],
    said: `${plural(total, "decision")}: ${parts.join(", ")}.${truncated ? ` Only the newest are counted, from ${label(counted)} on.` : ""}`,
  });
}

function reasons({ reasons: found }) {
  const shown = found.slice(0, 5);
  if (shown.length === 0) return element("p", { className: "calm bare" }, "Nothing was stopped or changed.");
  const [first] = shown;
  return lyingBars({
    items: shown.map(({ code, count }) => ({ label: element("code", {}, agentText(code)), count })),
    head: ["Reason", "Decisions"],
    said: element("span", {}, "Most often: ", agentText(first.code), `, ${plural(first.count, "time")}.`),
  });
}

function latency({ decided, median_seconds: median, p95_seconds: late, waited }) {
  if (decided === 0) return element("p", { className: "calm bare" }, "Nobody was asked, or nobody has answered yet.");
  let before = 0;
  const items = waited.map(({ up_to_seconds: bound, count }) => {
    const label =
      bound === null ? `over ${span(before)}` : before === 0 ? `under ${span(bound)}` : `${span(before)} to ${span(bound)}`;
    before = bound ?? before;
    return { label, count, className: "REQUIRE_APPROVAL" };
  });
  return lyingBars({
    items,
    head: ["Waited", "Approvals"],
    said: `${plural(decided, "request")} decided by people. Half within ${span(median)}, 19 of 20 within ${span(late)}.`,
  });
}
