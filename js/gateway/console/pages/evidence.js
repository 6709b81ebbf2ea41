// What speaks for a decision: findings without their text, signals with what each adds, and rules that matched.
import { bar } from "../parts/charts.js";
import { agentText, element } from "../parts/dom.js";
import { table } from "../parts/table.js";

/** Where things were found; never what. */
export function findings({ findings: found, findings_total: total }) {
  if (found.length === 0) return element("p", { className: "pad muted" }, "No secret and no personal data.");
  const list = table(
    "Findings",
    [
      { label: "Rule", cell: ({ rule_id: rule }) => element("span", { className: "mono" }, agentText(rule)) },
      { label: "Where", cell: place },
      {
        label: "Severity",
        cell: ({ severity }) => element("span", { className: `pill ${severity === "high" ? "bad" : ""}` }, severity),
      },
      { label: "Confidence", cell: ({ confidence }) => confidence },
      { label: "Effect", cell: effect },
    ],
    found,
  );
  if (total <= found.length) return list;
  return element("div", {}, list, element("p", { className: "pad muted" }, `and ${total - found.length} more`));
}

function place({ part, pointer, header }) {
  const where = `${part.replace("_", " ")}${header === undefined ? "" : ` ${header + 1}`}`;
  return pointer ? element("span", {}, where, " at ", element("span", { className: "mono" }, agentText(pointer))) : where;
}

function effect(finding) {
  if (finding.allowed) return agentText(`expected: ${finding.reason}`);
  if (finding.in_place) return "the call’s own credential";
  return finding.placeholder ? "a documentation sample" : "counts";
}

/** The risk as the sum that it is. */
export function contributions({ risk_score: score, risk_band: band, risk_contributions: parts = {} }) {
  const items = Object.entries(parts).sort(([, a], [, b]) => b - a);
  const most = Math.max(0.01, ...items.map(([, value]) => value));
  const rows = items.map(([name, value]) =>
    element(
      "div",
      { className: "lying" },
      element("span", { className: "name mono" }, agentText(name)),
      element("span", { className: "amount" }, `+${value.toFixed(2)}`),
      bar(value / most),
    ),
  );
  return element(
    "div",
    { className: "signals" },
    element("h3", {}, `Risk ${score.toFixed(2)}, ${band.toLowerCase()}`),
    ...(rows.length > 0 ? rows : [element("p", { className: "muted" }, "No signal was raised.")]),
  );
}

export function rules({ matched_rules: matched }) {
  if (matched.length === 0) return element("p", { className: "muted" }, "No rule of a policy matched: the defaults decided.");
  const items = matched.map(({ policy, rule_id: rule, action, mode, suppressed, escalate_to: to }) =>
    element(
      "li",
      {},
      element("span", { className: "mono" }, agentText(`${policy} / ${rule}`)),
      " ",
      element("span", { className: `pill ${action}` }, agentText(action)),
      mode === "monitor" ? " monitor only" : null,
      suppressed ? " suppressed" : null,
      to ? element("span", {}, " for ", agentText(to)) : null,
    ),
  );
  return element("div", {}, element("h3", {}, "Rules that matched"), element("ul", { className: "plain" }, ...items));
}
