// What was decided, by status.
import { agentText, element } from "../parts/dom.js";
import { dayTime, fullTime, span } from "../parts/format.js";
import { failure, loading } from "../parts/states.js";
import { table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { link } from "../shell/routes.js";
import { STATUSES, waited } from "./past-approval.js";

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

  async load(signal) {
    const own = ++this.#number;
    try {
      const { approvals } = await call(`/v1/approvals${this.#status === "" ? "" : `?status=${this.#status}`}`);
      if (own !== this.#number || signal?.aborted) return;
      this.node.replaceChildren(rows(approvals.filter(({ status }) => status !== "pending")));
    } catch (error) {
      if (own === this.#number) this.node.replaceChildren(failure(error, () => void this.load(signal)));
    }
  }
}

function rows(approvals) {
  if (approvals.length === 0) return element("p", { className: "calm bare" }, "Nothing here yet.");
  return table(
    "Decided approvals, newest first",
    [
      { label: "Asked", cell: ({ created_at: at }) => element("time", { dateTime: at, title: fullTime(at) }, dayTime(at)) },
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
      { label: "Note", cell: ({ note }) => (note ? agentText(note) : "") },
    ],
    approvals,
  );
}
