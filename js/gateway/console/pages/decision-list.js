// Rows of decisions, newest first, each of which leads to its trace.
import { agentText, element } from "../parts/dom.js";
import { toolName, whole } from "../parts/format.js";
import { decisionPill, tags, timeOf } from "../parts/labels.js";
import { empty, failure, loading } from "../parts/states.js";
import { link } from "../shell/routes.js";

const MOST_SHOWN = 1000;

export class DecisionList {
  #rows = new Map();
  #list = element("ol", { className: "decisions", "aria-label": "Decisions, newest first" });
  #state = element("div");
  #more = element("button", { type: "button" }, "Show older ones");
  #count = element("p", { className: "muted small" });
  next = null;

  constructor(onMore) {
    this.#more.addEventListener("click", async () => {
      this.#more.disabled = true;
      try {
        await onMore();
      } finally {
        this.#more.disabled = false;
      }
    });
    this.node = element(
      "section",
      { className: "card", "aria-label": "Decisions" },
      this.#state,
      this.#list,
      element("div", { className: "pager" }, this.#count, this.#more),
    );
    this.#refresh();
  }

  busy() {
    if (this.#rows.size === 0) this.#state.replaceChildren(loading());
  }

  fail(error, again) {
    this.#clear();
    this.#state.replaceChildren(failure(error, again));
    this.#refresh();
  }

  /** Shows exactly these. */
  replace({ decisions, next }, filters) {
    this.#clear();
    this.next = next;
    const none = decisions.length === 0 ? [nothing(filters)] : [];
    this.#state.replaceChildren(...none);
    for (const decision of decisions) this.#put(decision, "append");
    this.#refresh();
  }

  /** Adds an older page. */
  append({ decisions, next }) {
    this.next = next;
    for (const decision of decisions) this.#put(decision, "append");
    this.#refresh();
  }

  /** Puts a new one on top, unless it is there already. */
  add(decision) {
    this.#state.replaceChildren();
    this.#put(decision, "prepend")?.classList.add("fresh");
    if (this.#rows.size > MOST_SHOWN) this.#drop();
    this.#refresh();
  }

  #put(decision, where) {
    if (this.#rows.has(decision.seq)) return undefined;
    const node = row(decision);
    this.#rows.set(decision.seq, node);
    this.#list[where](node);
    return node;
  }

  /** The oldest goes; the button brings it back. */
  #drop() {
    const last = this.#list.lastElementChild;
    const [seq] = [...this.#rows].find(([, node]) => node === last);
    this.#rows.delete(seq);
    last.remove();
    this.next = Math.min(...this.#rows.keys());
  }

  #clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.next = null;
  }

  #refresh() {
    const count = this.#rows.size;
    this.#list.hidden = count === 0;
    this.#count.textContent = count === 0 ? "" : `${whole(count)} shown${this.next === null ? ", that is all" : ""}`;
    this.#count.parentElement.hidden = count === 0;
    this.#more.hidden = this.next === null;
  }
}

function row(decision) {
  const { trace_id: trace, at, agent_id: agent, reason_codes: codes, matched_rules: rules } = decision;
  const words = [...codes, ...rules.map((rule) => rule.rule_id)].slice(0, 5);
  return element(
    "li",
    { className: "decision" },
    element(
      "a",
      { href: link("decisions", trace), "data-row": "" },
      timeOf(at),
      element("span", { className: "what" }, decisionPill(decision.decision)),
      element(
        "span",
        { className: "where" },
        element("b", {}, agentText(`${decision.method} ${decision.host}`)),
        element("small", {}, agentText(toolName(decision)), " · ", agentText(agent)),
      ),
      tags(words),
      risk(decision),
    ),
  );
}

function risk({ risk_score: score, risk_band: band }) {
  const meter = element("meter", { min: 0, max: 1, low: 0.25, high: 0.75, optimum: 0, value: score, "aria-label": "Risk" });
  return element(
    "span",
    { className: "risk", title: `risk ${score.toFixed(2)}` },
    element("span", {}, band.toLowerCase()),
    meter,
  );
}

function nothing(filters) {
  const filtered = Object.values(filters).some((value) => value !== "");
  if (filtered) return empty("Nothing matches", "No decision fits these filters. Widen the time, or clear the filters.");
  return empty(
    "No calls yet",
    "Send an agent’s call through /proxy/. This one carries a made-up AWS key, so it is denied and nothing leaves the machine:",
    sampleCommand(),
  );
}

/** Denied by the scan, so it needs no upstream; the key is random and made here. */
function sampleCommand() {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const random = crypto.getRandomValues(new Uint8Array(16));
  const key = `AK${"IA"}${Array.from(random, (byte) => alphabet[byte % 32]).join("")}`;
  return `curl -sS ${location.origin}/proxy/https://api.example.com/notes \\\n  -H 'content-type: application/json' -d '{"note":"${key}"}'`;
}
