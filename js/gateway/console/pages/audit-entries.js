// Entries of the record, newest first.
import { agentText, element } from "../parts/dom.js";
import { decisionPill, timeOf } from "../parts/labels.js";
import { failure, loading } from "../parts/states.js";
import { call } from "../shell/api.js";
import { link } from "../shell/routes.js";

const KINDS = [
  "decision",
  "response",
  "approval.requested",
  "approval.approved",
  "approval.denied",
  "approval.edited",
  "approval.executed",
  "approval.expired",
  "agent.stopped",
  "agent.started",
  "key.created",
  "key.revoked",
  "admin.backup",
  "admin.credential_set",
  "audit.retained",
  "audit.resealed",
];
const PAGE_SIZE = 50;

export class AuditEntries {
  #list = element("ol", { className: "entries", "aria-label": "Entries, newest first" });
  #state = element("div", {}, loading());
  #more = element("button", { type: "button" }, "Show older ones");
  #next = null;
  #number = 0;
  node = element("div", {}, this.#state, this.#list, element("div", { className: "pager" }, this.#more));

  constructor(kind) {
    const select = element(
      "select",
      { "aria-label": "Kind of entry" },
      element("option", { value: "" }, "All kinds"),
      ...KINDS.map((value) => element("option", { value }, value)),
    );
    select.value = KINDS.includes(kind) ? kind : "";
    select.addEventListener("change", () => void this.load());
    this.filter = select;
    this.#more.addEventListener("click", () => void this.#read(this.#next));
  }

  async load(signal) {
    await this.#read(undefined, signal);
  }

  async #read(after, signal) {
    const own = ++this.#number;
    const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
    if (this.filter.value !== "") query.set("kind", this.filter.value);
    if (after !== undefined) query.set("after", String(after));
    this.#more.disabled = true;
    try {
      const { entries, next } = await call(`/v1/audit?${query}`);
      if (own !== this.#number || signal?.aborted) return;
      if (after === undefined) this.#list.replaceChildren();
      this.#list.append(...entries.map(row));
      this.#next = next;
      const none = this.#list.childElementCount === 0;
      this.#state.replaceChildren(...(none ? [element("p", { className: "calm bare" }, "No entry of this kind.")] : []));
    } catch (error) {
      if (own === this.#number) this.#state.replaceChildren(failure(error, () => void this.#read(after)));
    }
    this.#more.disabled = false;
    this.#more.parentElement.hidden = this.#next === null;
  }
}

function row({ seq, at, kind, body, hash, previous }) {
  const inside = element("div", { className: "inside" });
  const details = element(
    "details",
    {},
    element(
      "summary",
      { "data-row": "" },
      element("span", { className: "number muted" }, String(seq)),
      timeOf(at),
      element("span", { className: "mono" }, agentText(kind)),
      element("span", { className: "wrap" }, summary(kind, body)),
    ),
    inside,
  );
  // Thousands of lines of JSON are not drawn for nobody.
  details.addEventListener("toggle", () => {
    if (!details.open || inside.childElementCount > 0) return;
    const trace =
      body.trace_id && element("p", {}, element("a", { href: link("decisions", body.trace_id) }, "Everything about this call"));
    inside.append(
      ...(trace ? [trace] : []),
      element(
        "pre",
        { tabIndex: 0, dir: "ltr" },
        agentText(JSON.stringify({ seq, at, kind, body, previous, hash }, null, 2), { lines: true }),
      ),
    );
  });
  return element("li", {}, details);
}

/** What an entry says, in a line. */
function summary(kind, body) {
  const agent = body.agent_id ? [" ", element("b", {}, agentText(body.agent_id))] : [];
  if (kind === "decision") {
    const { decision, host } = body.report;
    return element("span", {}, decisionPill(decision), " ", agentText(`${body.method} ${host}`), ...agent);
  }
  return element("span", {}, agentText(body.actor ?? ""), ...agent, ...(body.note ? [": ", agentText(body.note)] : []));
}
