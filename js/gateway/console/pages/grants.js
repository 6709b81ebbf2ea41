// What was approved and not used yet, and taking it back.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { clockTime } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";
import { card, table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";
import { link } from "../shell/routes.js";
import { said } from "./denial.js";

/** A card that is there while there are any. */
export class Grants {
  #content = element("div");
  #number = 0;
  node = card("Approved, not used yet", this.#content);

  constructor() {
    this.node.hidden = true;
  }

  async load(signal) {
    const own = ++this.#number;
    try {
      const { grants } = await call("/v1/grants?limit=1000");
      if (own !== this.#number || signal?.aborted) return;
      this.node.hidden = grants.length === 0;
      this.#content.replaceChildren(rows(grants, () => this.load(signal)));
    } catch (error) {
      if (own === this.#number && !signal?.aborted) notice(error.message, "bad");
    }
  }
}

const rows = (grants, reload) =>
  table(
    "Approved and not used yet",
    [
      {
        label: "Request",
        cell: ({ grant_id: id, preview, report }) =>
          element("a", { href: link("approvals", id), "data-row": "" }, agentText(`${preview.method} ${report.host}`)),
      },
      { label: "Agent", cell: ({ agent_id: agent }) => agentText(agent) },
      { label: "By", cell: ({ decided_by: who }) => (who ? agentText(who) : "–") },
      {
        label: "Good until",
        cell: ({ expires_at: at }) => timeOf(at, clockTime),
      },
      { label: "", className: "act", cell: (grant) => revoke(grant, reload) },
    ],
    grants,
  );

function revoke({ grant_id: id, preview, report, agent_id: agent }, reload) {
  const button = element("button", { type: "button", className: "small danger" }, "Take back");
  button.setAttribute("aria-label", `Take back: ${preview.method} ${report.host} of ${agent}`);
  button.addEventListener("click", async () => {
    const done = await ask({
      title: "Take this approval back?",
      content: [
        element(
          "p",
          {},
          element("b", { className: "mono wrap" }, agentText(`${preview.method} ${report.host}`)),
          " of agent ",
          agentText(agent),
          " is denied then, unless it was sent meanwhile.",
        ),
        input("Note (optional)", { name: "note", maxLength: 1000 }),
      ],
      confirm: "Take it back",
      danger: true,
      submit: (values) => call(`/v1/grants/${id}/revoke`, said(Object.fromEntries(values))),
    });
    if (!done) return;
    notice("The approval is taken back.");
    await reload();
  });
  return button;
}
