// The approvals inbox: requests that wait for a person.
import { call } from "./api.js";
import { agentText, byId, element } from "./dom.js";
import { editor } from "./edit.js";
import { clockTime, remaining } from "./format.js";
import { requestView } from "./request-view.js";

/** Keeps the cards in step with the pending approvals. */
export class Inbox {
  #cards = new Map();

  /** `onSignedOut` is called when the gateway no longer takes the credential. */
  constructor(onSignedOut) {
    this.onSignedOut = onSignedOut;
    setInterval(() => this.#tick(), 1000);
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows exactly these pending approvals, oldest first. */
  replace(approvals) {
    const ids = new Set(approvals.map((approval) => approval.approval_id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#remove(id);
    for (const approval of [...approvals].reverse()) this.update(approval);
  }

  /** Takes one approval in its present state. */
  update(approval) {
    const { approval_id: id, status } = approval;
    if (status !== "pending") this.#remove(id);
    else if (this.#cards.get(id)?.version !== approval.preview.edited_version || !this.#cards.has(id)) {
      const card = this.#card(approval);
      const before = this.#cards.get(id);
      this.#cards.set(id, card);
      if (before === undefined) byId("inbox").append(card.node);
      else before.node.replaceWith(card.node);
    }
    this.#summary();
  }

  /** Moves to one approval, or says what became of it. */
  async show(id) {
    const card = this.#cards.get(id);
    if (card) {
      card.node.scrollIntoView({ block: "start" });
      card.node.focus();
      return;
    }
    const { approvals } = await call("/v1/approvals");
    const found = approvals.find((approval) => approval.approval_id === id);
    notice(found ? `The request of this link is ${found.status}.` : "The request of this link is not known here.");
  }

  #card(approval) {
    const countdown = element("span", { className: "countdown" });
    const note = element("input", { id: `note-${approval.approval_id}`, maxLength: 1000, autocomplete: "off" });
    const approve = element("button", { type: "button", className: "approve" }, "Approve");
    const deny = element("button", { type: "button", className: "deny" }, "Deny");
    const buttons = [approve, deny];
    const edit = editor(approval, (error) => (error.status === 401 ? this.onSignedOut() : notice(error.message, "bad")));
    approve.addEventListener("click", () => {
      if (edit.unsaved()) return notice("The body was changed and not saved: save it, and approve what is shown then.", "bad");
      this.#decide(approval, "approve", note.value, buttons);
    });
    deny.addEventListener("click", () => this.#decide(approval, "deny", note.value, buttons));
    const title = element("strong", { id: `agent-${approval.approval_id}` }, agentText(approval.agent_id));
    const node = element(
      "article",
      { className: "card request", tabIndex: -1 },
      element(
        "div",
        { className: "who" },
        element("span", { className: "pill REQUIRE_APPROVAL" }, "Needs approval"),
        element("span", {}, "Agent ", title, ` asks to send · ${clockTime(approval.created_at)}`),
        countdown,
      ),
      ...requestView(approval),
      ...edit.nodes,
      element(
        "div",
        { className: "act" },
        element("div", { className: "note" }, element("label", { htmlFor: note.id }, "Note (optional)"), note),
        deny,
        approve,
      ),
    );
    node.setAttribute("aria-label", `${approval.preview.method} ${approval.report.host}, agent ${approval.agent_id}`);
    const version = approval.preview.edited_version;
    const card = { node, countdown, approve, deny, version, expiresAt: Date.parse(approval.expires_at) };
    showCountdown(card);
    return card;
  }

  async #decide(approval, verb, note, buttons) {
    // A disabled button drops the focus; the card keeps it until it goes, and hands it on.
    this.#cards.get(approval.approval_id)?.node.focus({ preventScroll: true });
    for (const button of buttons) button.disabled = true;
    try {
      await call(`/v1/approvals/${approval.approval_id}/${verb}`, note.trim() === "" ? {} : { note });
      notice(
        verb === "approve"
          ? `Approved. The same request of this agent goes through once within 10 minutes.`
          : `Denied. The same request of this agent stays denied for 10 minutes.`,
        verb === "approve" ? "good" : "",
      );
      this.#remove(approval.approval_id, true);
      this.#summary();
    } catch (error) {
      if (error.status === 401) return this.onSignedOut();
      notice(error.message, "bad");
      for (const button of buttons) button.disabled = false;
    }
  }

  #remove(id, moveFocus = false) {
    const card = this.#cards.get(id);
    if (!card) return;
    this.#cards.delete(id);
    const hadFocus = moveFocus || card.node.contains(document.activeElement);
    const next = card.node.nextElementSibling ?? card.node.previousElementSibling;
    card.node.remove();
    if (hadFocus) (next ?? byId("main")).focus({ preventScroll: true });
  }

  #summary() {
    const count = this.#cards.size;
    const badge = byId("inbox-count");
    badge.textContent = String(count);
    badge.classList.toggle("some", count > 0);
    byId("inbox-empty").hidden = count > 0;
    byId("keys").hidden = count === 0;
    document.title = count > 0 ? `(${count}) interven` : "interven";
  }

  #tick() {
    for (const card of this.#cards.values()) showCountdown(card);
  }

  /** A and D only move to a button: one key must never send anything. */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) return;
    const cards = [...this.#cards.values()];
    if (cards.length === 0) return;
    const at = cards.findIndex((card) => card.node.contains(document.activeElement));
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      const next = at === -1 ? 0 : Math.min(cards.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)));
      cards[next].node.focus();
      cards[next].node.scrollIntoView({ block: "nearest" });
    } else if (at !== -1 && key === "a") cards[at].approve.focus();
    else if (at !== -1 && key === "d") cards[at].deny.focus();
    else return;
    event.preventDefault();
  }
}

function showCountdown({ countdown, expiresAt }) {
  const seconds = Math.max(0, Math.round((expiresAt - Date.now()) / 1000));
  countdown.textContent = seconds > 0 ? `expires in ${remaining(seconds)}` : "expired";
  countdown.classList.toggle("soon", seconds < 300);
}

function notice(text, kind = "") {
  const node = byId("notice");
  node.textContent = text;
  node.className = `notice ${kind}`;
  node.hidden = false;
}
