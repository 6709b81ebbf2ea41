// The approvals that wait: the one list that every page needs, if only to count it.
import { approvalPages } from "./approval-pages.js";
import { announce } from "./notices.js";

/** Kept in step with the gateway; `onChange(approval)` is called after each change, without an approval after a reload. */
export class Pending {
  #approvals = new Map();
  #early;
  #return;

  constructor(onChange) {
    this.onChange = onChange;
  }

  /** Those for now, oldest first. */
  get list() {
    return this.#sorted().filter((approval) => !isAside(approval));
  }

  /** Those that somebody has put aside until later, oldest first. */
  get aside() {
    return this.#sorted().filter(isAside);
  }

  /** Reads the list. Events that come meanwhile are newer than it, so they wait. */
  async load() {
    const early = [];
    this.#early = early;
    try {
      const all = new Map();
      for await (const page of approvalPages({ status: "pending" }))
        for (const approval of page) all.set(approval.approval_id, approval);
      // Another reading has begun since, and knows more.
      if (this.#early !== early) return;
      this.#approvals = all;
    } finally {
      if (this.#early === early) {
        this.#early = undefined;
        for (const approval of early) this.#take(approval);
        this.#changed();
      }
    }
  }

  /** Takes one approval in its present state. */
  update(approval) {
    if (this.#early) return this.#early.push(approval);
    const isNew = approval.status === "pending" && !this.#approvals.has(approval.approval_id);
    this.#take(approval);
    if (isNew) announce(`New approval: ${approval.agent_id} asks to send ${approval.preview.method} to ${approval.report.host}`);
    this.#changed(approval);
  }

  #sorted() {
    return [...this.#approvals.values()].sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  /** What is put aside comes back by itself. */
  #changed(approval) {
    clearTimeout(this.#return);
    const next = Math.min(...this.aside.map((one) => Date.parse(one.deferred_until)));
    if (Number.isFinite(next)) this.#return = setTimeout(() => this.#changed(), next - Date.now() + 50);
    this.onChange(approval);
  }

  #take(approval) {
    if (approval.status === "pending") this.#approvals.set(approval.approval_id, approval);
    else this.#approvals.delete(approval.approval_id);
  }
}

/** Whether somebody has put it aside until later. */
export const isAside = ({ deferred_until: until }) => until !== null && Date.parse(until) > Date.now();
