// One request that waits: what will be sent, how long it waits, and the two answers.
import { bodyEditor } from "../parts/body-editor.js";
import { ask, input } from "../parts/dialog.js";
import { agentText, byId, element } from "../parts/dom.js";
import { clockTime, remaining, span } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";
import { requestView } from "../parts/request-view.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";
import { isAside } from "../shell/pending.js";
import { link } from "../shell/routes.js";
import { reasonChoice, said } from "./denial.js";
import { askUntilWhen } from "./put-aside.js";

const HOUR_SECONDS = 3600;

export class ApprovalCard {
  #approval;
  #countdown = element("span", { className: "countdown" });
  #note;
  #onChange;
  #edit;
  #aside = element("button", { type: "button", className: "quiet" });
  approve = element("button", { type: "button", className: "approve" }, "Approve");
  deny = element("button", { type: "button", className: "danger" }, "Deny");

  /** `onChange` is told what the approval has become; `choice` is the box by which it is chosen among others, if it can be. */
  constructor(approval, onChange, choice = null) {
    this.#approval = approval;
    this.#onChange = onChange;
    const edit = bodyEditor(approval, onChange, complain);
    this.#edit = edit;
    this.openEditor = edit.open;
    this.#note = element("input", { id: `note-${approval.approval_id}`, maxLength: 1000, autocomplete: "off" });
    this.approve.addEventListener("click", () => {
      if (edit.unsaved()) notice("The body was changed and not saved: save it, and approve what is shown then.", "bad");
      else void this.#decide("approve", { note: this.#note.value }).catch(complain);
    });
    this.deny.addEventListener("click", () => void this.#confirmDenial());
    const extend = element("button", { type: "button", className: "quiet" }, "Wait an hour longer");
    extend.addEventListener("click", () => void this.#extend().catch(complain));
    this.#aside.addEventListener("click", () => void this.#putAside().catch(complain));
    const trace = element("a", { href: link("decisions", approval.trace_id), className: "small" }, "Why it waits");
    this.node = element(
      "article",
      { className: "card request", tabIndex: -1, "data-row": "" },
      element(
        "div",
        { className: "who" },
        choice,
        element("span", { className: "pill REQUIRE_APPROVAL" }, "Needs approval"),
        element(
          "span",
          {},
          "Agent ",
          element("strong", {}, agentText(approval.agent_id)),
          " asks to send · ",
          timeOf(approval.created_at, clockTime),
        ),
        trace,
        element("span", { className: "waits" }, this.#countdown, extend, this.#aside),
      ),
      ...requestView(approval),
      ...edit.nodes,
      element(
        "div",
        { className: "act" },
        element("div", { className: "field note" }, element("label", { htmlFor: this.#note.id }, "Note (optional)"), this.#note),
        this.deny,
        this.approve,
      ),
    );
    this.node.setAttribute("aria-label", `${approval.preview.method} ${approval.report.host}, agent ${approval.agent_id}`);
    this.#tell();
  }

  get approval() {
    return this.#approval;
  }

  /** Whether somebody has begun to change the body here. */
  get unsaved() {
    return this.#edit.unsaved();
  }

  /** Takes the present state in, where the request is the one that is shown; a note and a chosen view stay then. */
  take(approval) {
    if (this.#approval.preview.edited_version !== approval.preview.edited_version) return false;
    this.#approval = approval;
    this.#tell();
    return true;
  }

  tick() {
    const seconds = Math.max(0, Math.round((Date.parse(this.#approval.expires_at) - Date.now()) / 1000));
    this.#countdown.textContent = seconds > 0 ? `expires in ${remaining(seconds)}` : "expired";
    this.#countdown.classList.toggle("soon", seconds < 300);
  }

  #tell() {
    const { deferred_until: until } = this.#approval;
    this.#aside.textContent = isAside(this.#approval) ? `Take back (aside until ${clockTime(until)})` : "Put aside";
    this.tick();
  }

  async #extend() {
    this.#onChange(await call(`/v1/approvals/${this.#approval.approval_id}/extend`, { seconds: HOUR_SECONDS }));
    notice("The request waits an hour longer.");
  }

  async #putAside() {
    const moved = isAside(this.#approval)
      ? await call(`/v1/approvals/${this.#approval.approval_id}/defer`, { until: null })
      : await askUntilWhen(this.#approval);
    if (moved) this.#onChange(moved);
  }

  async #confirmDenial() {
    const note = input(
      "Note (optional)",
      { name: "note", maxLength: 1000, value: this.#note.value },
      "Kept in the record and shown to whoever asks what became of it.",
    );
    const { preview, agent_id: agent, report } = this.#approval;
    const denied = await ask({
      title: "Deny this request?",
      content: [
        element(
          "p",
          {},
          element("b", { className: "mono wrap" }, agentText(`${preview.method} ${report.host}`)),
          " by agent ",
          agentText(agent),
          ". The same request stays denied for a while.",
        ),
        reasonChoice(),
        note,
      ],
      confirm: "Deny the request",
      danger: true,
      submit: (values) => this.#decide("deny", Object.fromEntries(values)),
    });
    // The card that the dialog would give the focus back to is gone.
    if (denied && !this.node.isConnected) (document.querySelector("#inbox .request") ?? byId("main")).focus();
  }

  async #decide(verb, words) {
    const { approval_id: id } = this.#approval;
    // A disabled button drops the focus; the card keeps it until it goes, and hands it on.
    if (verb === "approve") this.node.focus({ preventScroll: true });
    for (const button of [this.approve, this.deny]) button.disabled = true;
    try {
      // What is decided is what is shown here.
      const seen = { edited_version: this.#approval.preview.edited_version ?? null };
      const decided = await call(`/v1/approvals/${id}/${verb}`, { ...seen, ...said(words) });
      this.#onChange(decided);
      if (verb === "deny") notice("Denied. The same request of this agent stays denied for a while.");
      else notice(`Approved. The same request of this agent goes through once within ${goodFor(decided)}.`, "good");
    } catch (error) {
      for (const button of [this.approve, this.deny]) button.disabled = false;
      throw error;
    }
  }
}

const goodFor = ({ decided_at: decided, expires_at: expires }) => span((Date.parse(expires) - Date.parse(decided)) / 1000);

const complain = (error) => notice(error.message, "bad");
