// The approvals inbox: requests that wait for a person, and what became of the others.
import { byId, element } from "../parts/dom.js";
import { card } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { ApprovalCard } from "./approval-card.js";
import { ApprovalHistory } from "./approval-history.js";
import { pastApproval } from "./past-approval.js";

export const approvals = {
  title: "Approvals",

  async show(host, { route, pending, signal }) {
    const inbox = new Inbox((approval) => pending.update(approval));
    const history = new ApprovalHistory();
    const keys = element(
      "p",
      { className: "muted small keys" },
      ...["J", "K"].map((key) => element("kbd", {}, key)),
      " move ",
      ...[
        ["A", " approve "],
        ["D", " deny "],
        ["E", " change"],
      ].flatMap(([key, text]) => [element("kbd", {}, key), text]),
    );
    const past = element("div", { className: "stack" });
    host.append(
      heading("Approvals", { lead: "Requests that wait for you, shown exactly as they would be sent.", end: [keys] }),
      past,
      inbox.node,
      card("Decided", history.node, { end: history.switch }),
    );
    const refresh = () => {
      inbox.replace(pending.list);
      keys.hidden = pending.list.length === 0;
    };
    const open = async (id) => {
      past.replaceChildren();
      if (id === undefined || inbox.show(id)) return;
      const { approvals: all } = await call("/v1/approvals");
      const found = all.find((approval) => approval.approval_id === id);
      if (!found) return notice("The request of this link is not known here.", "bad");
      past.replaceChildren(pastApproval(found));
      past.querySelector("article").focus();
    };
    refresh();
    signal.addEventListener("abort", inbox.stop);
    void history.load(signal);
    void open(route.id).catch((error) => notice(error.message, "bad"));
    return {
      route(next) {
        void open(next.id).catch((error) => notice(error.message, "bad"));
        return true;
      },
      pending(approval) {
        refresh();
        if (approval && approval.status !== "pending") void history.load(signal);
      },
      open: () => void history.load(signal),
      key: (key) => inbox.key(key),
    };
  },
};

/** Keeps the cards in step with the pending approvals, oldest first. */
class Inbox {
  #cards = new Map();
  #list = element("div", { id: "inbox", className: "stack" });
  #empty = element("p", { className: "calm" }, "Nothing is waiting. Requests that need a person appear here at once.");
  #ticking = setInterval(() => this.#tick(), 1000);
  node = element("section", { className: "stack", "aria-label": "Waiting" }, this.#list, this.#empty);

  constructor(onChange) {
    this.onChange = onChange;
  }

  stop = () => clearInterval(this.#ticking);

  replace(approvals) {
    const ids = new Set(approvals.map((approval) => approval.approval_id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#remove(id);
    for (const approval of approvals) this.#take(approval);
    this.#empty.hidden = approvals.length > 0;
    this.#list.hidden = approvals.length === 0;
  }

  /** Moves to one approval; whether it waits. */
  show(id) {
    const found = this.#cards.get(id);
    found?.node.scrollIntoView({ block: "start" });
    found?.node.focus();
    return found !== undefined;
  }

  /** A, D and E only move: one key must never send anything. */
  key(key) {
    const found = [...this.#cards.values()].find(({ node }) => node.contains(document.activeElement));
    if (!found || !["a", "d", "e"].includes(key)) return false;
    if (key === "a") found.approve.focus();
    else if (key === "d") found.deny.focus();
    else if (found.openEditor) found.openEditor();
    else notice("The body of this request cannot be changed here. Deny it, and say why in the note.");
    return true;
  }

  #take(approval) {
    const before = this.#cards.get(approval.approval_id);
    if (before?.shows(approval)) return;
    const made = new ApprovalCard(approval, this.onChange);
    this.#cards.set(approval.approval_id, made);
    if (before === undefined) this.#list.append(made.node);
    else before.node.replaceWith(made.node);
  }

  #remove(id) {
    const { node } = this.#cards.get(id);
    this.#cards.delete(id);
    const hadFocus = node.contains(document.activeElement);
    const next = node.nextElementSibling ?? node.previousElementSibling;
    node.remove();
    if (hadFocus) (next ?? byId("main")).focus({ preventScroll: true });
  }

  #tick() {
    for (const one of this.#cards.values()) one.tick();
  }
}
