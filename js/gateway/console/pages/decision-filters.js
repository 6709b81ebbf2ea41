// The filters of the decisions. What they say stands in the address, so that it can be sent to somebody.
import { input } from "../parts/dialog.js";
import { element } from "../parts/dom.js";

const HOUR = 3_600_000;
const RANGES = {
  "1h": { title: "Last hour", ms: HOUR },
  "24h": { title: "Last 24 hours", ms: 24 * HOUR },
  "7d": { title: "Last 7 days", ms: 7 * 24 * HOUR },
  "30d": { title: "Last 30 days", ms: 30 * 24 * HOUR },
  "90d": { title: "Last 90 days", ms: 90 * 24 * HOUR },
};
const DEFAULT_RANGE = "24h";
const TRACE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The time that filters mean; `until` is absent for now. */
export function spanOf({ range, since, until }) {
  const from = Date.parse(since);
  const to = Date.parse(until);
  if (!Number.isNaN(from)) return { since: from, ...(Number.isNaN(to) || to <= from ? {} : { until: to }) };
  return { since: Date.now() - (RANGES[range] ?? RANGES[DEFAULT_RANGE]).ms };
}

/** Whether a decision that has just been made belongs into the list. */
export function matches(decision, filters) {
  return (
    (!filters.decision || filters.decision === decision.decision) &&
    (!filters.agent || filters.agent === decision.agent_id) &&
    (!filters.tool || filters.tool === decision.tool_name) &&
    (!filters.trace || filters.trace === decision.trace_id) &&
    !filters.until
  );
}

/** The form; `onChange` gets what was changed. */
export class DecisionFilters {
  #inputs = {};

  constructor(onChange) {
    const agent = input("Agent", { name: "agent", placeholder: "any", type: "search" });
    const tool = input("Tool", { name: "tool", placeholder: "any", type: "search" });
    const trace = input("Trace id", { name: "trace", placeholder: "any", type: "search", spellcheck: false, className: "mono" });
    const range = input("Time", { tag: "select", name: "range" });
    range
      .querySelector("select")
      .append(
        ...Object.entries(RANGES).map(([value, { title }]) => element("option", { value }, title)),
        element("option", { value: "custom" }, "From … to …"),
      );
    const since = input("From", { type: "datetime-local", name: "since" });
    const until = input("To", { type: "datetime-local", name: "until" });
    this.between = [since, until];
    this.clear = element("button", { type: "button", className: "quiet" }, "Clear filters");
    this.clear.addEventListener("click", () =>
      onChange({ decision: "", agent: "", tool: "", trace: "", since: "", until: "", range: "" }),
    );
    this.node = element(
      "form",
      { className: "filters", "aria-label": "Filters" },
      range,
      since,
      until,
      agent,
      tool,
      trace,
      this.clear,
    );
    for (const field of this.node.querySelectorAll("input, select")) this.#inputs[field.name] = field;
    this.node.addEventListener("submit", (event) => event.preventDefault());
    this.node.addEventListener("change", () => this.#read(onChange));
  }

  /** Shows what the address says. */
  show(filters) {
    const custom = Boolean(filters.since);
    const { range, since, until, agent, tool, trace } = this.#inputs;
    range.value = custom ? "custom" : RANGES[filters.range] ? filters.range : DEFAULT_RANGE;
    since.value = filters.since ?? "";
    until.value = filters.until ?? "";
    agent.value = filters.agent ?? "";
    tool.value = filters.tool ?? "";
    trace.value = filters.trace ?? "";
    for (const node of this.between) node.hidden = !custom;
    this.clear.hidden = !["decision", "agent", "tool", "trace", "since"].some((name) => filters[name]);
  }

  #read(onChange) {
    const { range, since, until, agent, tool, trace } = this.#inputs;
    const custom = range.value === "custom";
    if (custom && since.value === "") {
      // Nothing to look for until it is said from when on: begin with yesterday.
      since.value = localTime(Date.now() - 24 * HOUR);
    }
    const id = trace.value.trim().toLowerCase();
    trace.setCustomValidity(id === "" || TRACE.test(id) ? "" : "A trace id is the UUID that the scan answered with.");
    if (!trace.reportValidity()) return;
    onChange({
      range: custom || range.value === DEFAULT_RANGE ? "" : range.value,
      since: custom ? since.value : "",
      until: custom ? until.value : "",
      agent: agent.value.trim(),
      tool: tool.value.trim(),
      trace: id,
    });
  }
}

function localTime(time) {
  const date = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}
