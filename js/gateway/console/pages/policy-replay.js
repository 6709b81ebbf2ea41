// What a policy would have made of recent calls.
import { agentText, element } from "../parts/dom.js";
import { plural, whole } from "../parts/format.js";
import { decisionPill, tags, timeOf } from "../parts/labels.js";
import { table } from "../parts/table.js";
import { link } from "../shell/routes.js";

export function replayView(found) {
  const {
    decisions,
    unchanged,
    changed,
    undecided,
    not_replayable: others,
    approvals,
    changes,
    undecided_keys: keys,
    samples,
    truncated,
  } = found;
  if (decisions === 0)
    return element("p", { className: "calm" }, "There are no recent calls to try it on. It can be applied all the same.");
  const parts = [
    `${whole(unchanged)} as before`,
    `${whole(changed)} changed`,
    undecided > 0 ? `${whole(undecided)} cannot be told` : "",
    others > 0 ? `${whole(others)} that no policy decides` : "",
  ].filter((part) => part !== "");
  return element(
    "section",
    { className: "stack", "aria-label": "Trial" },
    element("h3", {}, `Of ${plural(decisions, "recent call")}${truncated ? ", the newest" : ""}: ${parts.join(", ")}.`),
    element(
      "p",
      { className: "muted" },
      `People would be asked ${whole(approvals.after)}${approvals.after_at_most > approvals.after ? ` to ${whole(approvals.after_at_most)}` : ""} times; they were asked ${whole(approvals.before)} times.`,
    ),
    changes.length > 0 &&
      table(
        "Changes",
        [
          { label: "Before", cell: ({ from }) => decisionPill(from) },
          { label: "After", cell: ({ to }) => decisionPill(to) },
          { label: "Calls", className: "numeric", cell: ({ count }) => whole(count) },
          {
            label: "By",
            cell: ({ rules }) => tags(rules.map((rule) => `${rule.policy} / ${rule.rule_id}`)),
          },
        ],
        changes,
      ),
    Object.keys(keys).length > 0 &&
      element(
        "p",
        { className: "muted" },
        "What cannot be told is not in the record: ",
        agentText(Object.keys(keys).join(", ")),
        ".",
      ),
    samples.length > 0 &&
      element(
        "details",
        {},
        element("summary", {}, `Calls that change, ${plural(samples.length, "example")}`),
        table(
          "Examples",
          [
            { label: "When", cell: ({ at }) => timeOf(at) },
            {
              label: "Call",
              cell: ({ trace_id: trace, method, host }) =>
                element("a", { href: link("decisions", trace) }, agentText(`${method} ${host}`)),
            },
            { label: "Agent", cell: ({ agent_id: agent }) => agentText(agent) },
            { label: "Before", cell: ({ before }) => decisionPill(before) },
            {
              label: "After",
              cell: ({ after, possible }) => (after ? decisionPill(after) : element("span", {}, ...possible.map(decisionPill))),
            },
          ],
          samples,
        ),
      ),
  );
}
