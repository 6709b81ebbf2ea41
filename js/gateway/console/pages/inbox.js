// The cards of what waits, and of what is put aside.
import { byId, element } from "../parts/dom.js";
import { notice } from "../shell/notices.js";
import { ApprovalCard } from "./approval-card.js";
import { Selection } from "./selection.js";

/** Cards beyond so many are drawn when they are asked for. */
const DRAWN = 200;

/** Keeps the cards in step with the pending approvals, oldest first. */
export class Inbox {
  #cards = new Map();
  #most = DRAWN;
  #given = [[], []];
  #list = element("div", { id: "inbox", className: "stack" });
  #empty = element("p", { className: "calm" }, "Nothing is waiting. Requests that need a person appear here at once.");
  #more = element("button", { type: "button" });
  #asideList = element("div", { className: "stack" });
  #asideTitle = element("summary");
  #aside = element("details", { className: "aside" }, this.#asideTitle, this.#asideList);
  #ticking = setInterval(() => this.#tick(), 1000);
  #selection;

  constructor(onChange) {
    this.onChange = onChange;
    this.#selection = new Selection(this.#cards);
    this.#more.addEventListener("click", () => {
      this.#most += DRAWN;
      this.replace(...this.#given);
    });
    this.node = element(
      "section",
      { className: "stack", "aria-label": "Waiting" },
      this.#selection.bar,
      this.#list,
      this.#more,
      this.#empty,
      this.#aside,
    );
  }

  stop = () => clearInterval(this.#ticking);

  /** Those that wait for somebody now, and those that are put aside. */
  replace(waiting, aside) {
    this.#given = [waiting, aside];
    const drawn = waiting.slice(0, this.#most);
    const ids = new Set([...drawn, ...aside].map((approval) => approval.approval_id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#remove(id);
    for (const approval of drawn) this.#take(approval, this.#list);
    for (const approval of aside) this.#take(approval, this.#asideList);
    this.#more.hidden = waiting.length <= drawn.length;
    this.#more.textContent = `Show ${Math.min(DRAWN, waiting.length - drawn.length)} more of ${waiting.length}`;
    this.#empty.hidden = waiting.length > 0;
    this.#list.hidden = waiting.length === 0;
    this.#aside.hidden = aside.length === 0;
    this.#asideTitle.textContent = `Put aside (${aside.length})`;
    this.#selection.refresh();
  }

  /** Moves to one approval; whether it waits. */
  show(id) {
    const found = this.#cards.get(id);
    if (found && this.#asideList.contains(found.node)) this.#aside.open = true;
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

  #take(approval, list) {
    const { approval_id: id } = approval;
    const before = this.#cards.get(id);
    if (before?.take(approval)) {
      if (!list.contains(before.node)) this.#move(before.node, list);
      return;
    }
    const made = new ApprovalCard(approval, this.onChange, this.#selection.box(approval));
    this.#cards.set(id, made);
    if (before === undefined || !list.contains(before.node)) {
      before?.node.remove();
      list.append(made.node);
    } else before.node.replaceWith(made.node);
  }

  /** To the other list; the focus goes to what was beside it. */
  #move(node, list) {
    this.#handOn(node);
    list.append(node);
  }

  #remove(id) {
    const { node } = this.#cards.get(id);
    this.#cards.delete(id);
    this.#selection.forget(id);
    this.#handOn(node);
  }

  #handOn(node) {
    const hadFocus = node.contains(document.activeElement);
    const next = node.nextElementSibling ?? node.previousElementSibling;
    node.remove();
    if (hadFocus) (next ?? byId("main")).focus({ preventScroll: true });
  }

  #tick() {
    for (const one of this.#cards.values()) one.tick();
  }
}
