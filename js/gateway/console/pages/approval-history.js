// What was decided, by status.
import { agentText, element } from "../parts/dom.js";
import { span } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";
import { failure, loading } from "../parts/states.js";
import { table } from "../parts/table.js";
import { approvalPage } from "../shell/approval-pages.js";
import { link } from "../shell/routes.js";
import { STATUSES, waited, why } from "./past-approval.js";

const CHOICES = [
  ["", "All"],
  ["executed", "Sent"],
  ["approved", "Approved"],
  ["denied", "Denied"],
  ["expired", "Expired"],
];

export class ApprovalHistory {
  #status = "";
  #number = 0;
  node = element("div", {}, loading());

  constructor() {
    const buttons = CHOICES.map(([status, label]) => {
      const button = element("button", { type: "button", "aria-pressed": String(status === "") }, label);
      button.addEventListener("click", () => {
        this.#status = status;
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        void this.load();
      });
      return button;
    });
    this.switch = element("div", { className: "switch", role: "group", "aria-label": "Decided, by outcome" }, ...buttons);
  }

  /** Reads the newest anew. */
  load(signal) {
    return this.#read(signal, [], null);
  }

  async #read(signal, before, after) {
    const own = ++this.#number;
    try {
      const { approvals, next } = await approvalPage({ status: this.#status, after });
      if (own !== this.#number || signal?.aborted) return;
      const all = [...before, ...approvals.filter(({ status }) => status !== "pending")];
      this.node.replaceChildren(rows(all), ...(next === null ? [] : [this.#older(signal, all, next)]));
    } catch (error) {
      if (own === this.#number) this.node.replaceChildren(failure(error, () => void this.load(signal)));
    }
  }

  #older(signal, shown, next) {
    const button = element("button", { type: "button" }, "Show older ones");
    button.addEventListener("click", () => {
      button.disabled = true;
      void this.#read(signal, shown, next);
    });
    return element("div", { className: "pager" }, button);
  }
}

function rows(approvals) {
  if (approvals.length === 0) return element("p", { className: "calm bare" }, "Nothing here yet.");
  return table(
    "Decided approvals, newest first",
    [
      { label: "Asked", cell: ({ created_at: at }) => timeOf(at) },
      {
        label: "Outcome",
        cell: ({ status }) =>
          element("span", { className: `pill ${STATUSES[status]?.[0] ?? ""}` }, STATUSES[status]?.[1] ?? agentText(status)),
      },
      {
        label: "Request",
        cell: ({ approval_id: id, preview, report }) =>
          element("a", { href: link("approvals", id), "data-row": "" }, agentText(`${preview.method} ${report.host}`)),
      },
      { label: "Agent", cell: ({ agent_id: agent }) => agentText(agent) },
      { label: "By", cell: ({ decided_by: who }) => (who ? agentText(who) : "–") },
      {
        label: "Took",
        className: "numeric",
        cell: (approval) => (waited(approval) === undefined ? "–" : span(waited(approval))),
      },
      { label: "Why", cell: why },
    ],
    approvals,
  );
}
