// Several requests of little risk, decided together. What is risky is looked at one by one.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { plural } from "../parts/format.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";
import { reasonChoice, said } from "./denial.js";

const TOGETHER = ["LOW", "MEDIUM"];
const MOST = 100;

/** Which cards are chosen, and the bar that decides them. */
export class Selection {
  #boxes = new Map();
  #count = element("strong", { role: "status" });
  #all = element("button", { type: "button", className: "small" });
  #clear = element("button", { type: "button", className: "small" }, "Choose none");
  #deny = element("button", { type: "button", className: "small danger" }, "Deny them");
  #approve = element("button", { type: "button", className: "small approve" }, "Approve them");
  bar = element(
    "div",
    { className: "card selection", role: "group", "aria-label": "Decide several" },
    this.#count,
    this.#all,
    this.#clear,
    element("span", { className: "end" }, this.#deny, this.#approve),
  );

  /** `cards` by the id of their approval. */
  constructor(cards) {
    this.cards = cards;
    this.#all.addEventListener("click", () => this.#set(true));
    this.#clear.addEventListener("click", () => this.#set(false));
    this.#deny.addEventListener("click", () => void this.#ask("deny"));
    this.#approve.addEventListener("click", () => void this.#ask("approve"));
  }

  /** The box of a card; nothing where the risk asks for a look of its own. A body that was changed is chosen anew. */
  box({ approval_id: id, report, preview, agent_id: agent }) {
    this.forget(id);
    if (!TOGETHER.includes(report.risk_band)) return null;
    const box = element("input", { type: "checkbox", className: "choice" });
    box.setAttribute("aria-label", `Choose ${preview.method} ${report.host}, agent ${agent}`);
    box.addEventListener("change", () => this.refresh());
    this.#boxes.set(id, box);
    return box;
  }

  forget(id) {
    this.#boxes.delete(id);
  }

  refresh() {
    const chosen = this.#chosen().length;
    const choosable = Math.min(this.#there().length, MOST);
    this.bar.hidden = choosable < 2;
    this.#count.textContent = chosen === 0 ? "None chosen" : `${chosen} chosen`;
    this.#all.textContent = `Choose ${choosable} of low or medium risk`;
    this.#all.hidden = chosen >= choosable;
    this.#clear.hidden = chosen === 0;
    for (const button of [this.#deny, this.#approve]) button.disabled = chosen === 0;
  }

  /** What is put aside is not chosen. */
  #there() {
    return [...this.#boxes].filter(([, box]) => box.closest("#inbox") !== null);
  }

  #chosen() {
    return this.#there()
      .filter(([, box]) => box.checked)
      .map(([id]) => this.cards.get(id));
  }

  #set(checked) {
    let left = MOST;
    for (const [, box] of this.#there()) box.checked = checked && left-- > 0;
    this.refresh();
  }

  async #ask(decision) {
    const cards = this.#chosen();
    if (cards.length > MOST) return notice(`At most ${MOST} are decided together: choose fewer.`, "bad");
    if (cards.some(({ unsaved }) => unsaved))
      return notice("A body was changed and not saved: save it, and choose what is shown then.", "bad");
    const denies = decision === "deny";
    const note = input("Note (optional)", { name: "note", maxLength: 1000 }, "Kept with each of them.");
    await ask({
      title: `${denies ? "Deny" : "Approve"} ${plural(cards.length, "request")}?`,
      content: [list(cards), ...(denies ? [reasonChoice()] : []), note],
      confirm: denies ? "Deny all of these" : "Approve all of these",
      danger: denies,
      submit: (values) => this.#decide(decision, cards, Object.fromEntries(values)),
    });
  }

  async #decide(decision, cards, words) {
    const now = cards.map(({ approval }) => this.cards.get(approval.approval_id));
    if (now.some((card, index) => card !== cards[index]))
      throw new Error("One of them was decided or changed meanwhile. Cancel, and look at what is left.");
    const ids = cards.map(({ approval }) => approval.approval_id);
    const { results, decided, failed } = await call("/v1/approvals/batch", { ids, decision, ...said(words) });
    const did = `${plural(decided, "request")} ${decision === "deny" ? "denied" : "approved"}`;
    const problem = results.find(({ ok }) => !ok)?.error.message;
    notice(failed === 0 ? `${did}.` : `${did}, ${failed} not: ${problem}`, failed === 0 ? "good" : "bad");
  }
}

function list(cards) {
  const lines = cards.map(({ approval: { preview, report, agent_id: agent } }) =>
    element(
      "li",
      {},
      element("b", { className: "mono wrap" }, agentText(`${preview.method} ${report.host}`)),
      " by ",
      agentText(agent),
    ),
  );
  return element("ul", { className: "chosen", tabIndex: 0 }, ...lines);
}
