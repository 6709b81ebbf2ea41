// The live list of decisions, with counts that filter it.
import { agentText, byId, element } from "./dom.js";
import { clockTime, DECISIONS, decisionLabel } from "./format.js";

const MAX_SHOWN = 200;

/** Newest first, at most 200. */
export class DecisionList {
  #shown = [];
  #filter;
  #numbers = new Map();

  constructor() {
    byId("counts").append(...DECISIONS.map((decision) => this.#countButton(decision)));
  }

  /** Shows exactly these, newest first. */
  replace(decisions) {
    this.#shown = decisions.slice(0, MAX_SHOWN).map((decision) => ({ decision, node: row(decision) }));
    byId("decisions").replaceChildren(...this.#shown.map((entry) => entry.node));
    this.#refresh();
  }

  /** Puts a new one on top, unless it is there already. */
  add(decision) {
    if (this.#shown.some((entry) => entry.decision.seq === decision.seq)) return;
    const node = row(decision);
    node.classList.add("fresh");
    this.#shown.unshift({ decision, node });
    byId("decisions").prepend(node);
    if (this.#shown.length > MAX_SHOWN) this.#shown.pop().node.remove();
    this.#refresh();
  }

  #countButton(decision) {
    const number = element("span", { className: "number" }, "0");
    const button = element(
      "button",
      { type: "button" },
      number,
      element("span", { className: "label" }, decisionLabel(decision)),
    );
    button.dataset.decision = decision;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      this.#filter = this.#filter === decision ? undefined : decision;
      this.#refresh();
    });
    this.#numbers.set(decision, { number, button });
    return button;
  }

  #refresh() {
    const counts = new Map(DECISIONS.map((decision) => [decision, 0]));
    for (const { decision, node } of this.#shown) {
      counts.set(decision.decision, (counts.get(decision.decision) ?? 0) + 1);
      node.hidden = this.#filter !== undefined && this.#filter !== decision.decision;
    }
    for (const [decision, { number, button }] of this.#numbers) {
      number.textContent = String(counts.get(decision));
      button.setAttribute("aria-pressed", String(this.#filter === decision));
    }
    const empty = this.#shown.length === 0;
    byId("decisions-empty").hidden = !empty;
    byId("counts").hidden = empty;
    byId("decisions").hidden = !this.#shown.some((entry) => !entry.node.hidden);
    byId("decisions-span").textContent = empty ? "" : spanText(this.#shown.length, this.#filter);
  }
}

function spanText(count, filter) {
  const which = count >= MAX_SHOWN ? `the latest ${count}` : count === 1 ? "one so far" : `${count} so far`;
  return filter ? `${which}, showing ${decisionLabel(filter).toLowerCase()}` : which;
}

function row(decision) {
  const node = element(
    "li",
    { className: "decision" },
    element(
      "details",
      {},
      element(
        "summary",
        {},
        element("time", { dateTime: decision.at }, clockTime(decision.at)),
        element(
          "span",
          {},
          element("span", { className: `pill ${decision.decision}`, title: decision.decision }, decisionLabel(decision.decision)),
        ),
        element(
          "span",
          { className: "where" },
          element("b", {}, agentText(`${decision.method} ${decision.host}`)),
          element("small", {}, agentText(`${toolName(decision)} · ${decision.agent_id}`)),
        ),
        element(
          "span",
          { className: "reasons" },
          ...decision.reason_codes.map((code) => element("span", { className: "tag" }, agentText(code))),
        ),
        risk(decision),
      ),
      detail(decision),
    ),
  );
  return node;
}

function toolName(decision) {
  return decision.tool_name === "custom_proxy" ? "unknown service" : `${decision.tool_name} ${decision.operation}`;
}

function risk({ risk_score: score, risk_band: band }) {
  const meter = element("meter", {
    min: 0,
    max: 1,
    low: 0.25,
    high: 0.75,
    optimum: 0,
    value: score,
    ariaLabel: `risk ${score.toFixed(2)}`,
  });
  return element("span", { className: "risk", title: `risk ${score.toFixed(2)}` }, band.toLowerCase(), meter);
}

const ACTIONS = {
  forward: "sent",
  refuse: "not sent",
  hold: "waits for a person",
  answer: "answered to the client, which sends by itself",
};

/** Why a finding does not count. */
function aside(finding) {
  if (finding.allowed) return `, expected: ${finding.reason}`;
  if (finding.in_place) return ", the call’s own credential";
  return finding.placeholder ? ", a documentation sample" : "";
}

function detail(decision) {
  const findings = decision.findings.map((finding) => {
    const part = finding.part.replace("_", " ");
    const place = finding.pointer ? `${part} at ${finding.pointer}` : part;
    return `${finding.rule_id} in the ${place} (${finding.severity} severity, ${finding.confidence} confidence${aside(finding)})`;
  });
  const more = decision.findings_total - findings.length;
  if (more > 0) findings.push(`and ${more} more`);
  const fields = [
    ["Trace", decision.trace_id],
    ["What happened", `${ACTIONS[decision.action] ?? decision.action}${decision.mode === "monitor" ? " (monitor mode)" : ""}`],
    [
      "Came in by",
      { scan: "POST /v1/scan", proxy: "/proxy/", consume: "use of an approval" }[decision.source] ?? decision.source,
    ],
    ["Found", findings.join("\n") || "nothing"],
    ["Signals", decision.signals.join(", ")],
    ["Rules", decision.matched_rules.map((rule) => `${rule.policy} / ${rule.rule_id}: ${rule.action}`).join("\n")],
    ["Approval", decision.approval_id ?? ""],
    ["Digest", decision.digest ?? ""],
    ["Policy version", decision.policy_version],
  ].filter(([, value]) => value !== "");
  const rows = fields.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, agentText(value, { lines: true }))]);
  return element("div", { className: "detail" }, element("dl", { className: "fields" }, ...rows));
}
