// The approvals that wait: the one list that every page needs, if only to count it.
import { call } from "./api.js";
import { announce } from "./notices.js";

/** Kept in step with the gateway; `onChange(approval)` is called after each change, without an approval after a reload. */
export class Pending {
  #approvals = new Map();
  #early;

  constructor(onChange) {
    this.onChange = onChange;
  }

  /** Oldest first. */
  get list() {
    return [...this.#approvals.values()].sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  /** Reads the list. Events that come meanwhile are newer than it, so they wait. */
  async load() {
    this.#early = [];
    try {
      const { approvals } = await call("/v1/approvals?status=pending");
      this.#approvals = new Map(approvals.map((approval) => [approval.approval_id, approval]));
    } finally {
      const early = this.#early;
      this.#early = undefined;
      for (const approval of early) this.#take(approval);
    }
    this.onChange();
  }

  /** Takes one approval in its present state. */
  update(approval) {
    if (this.#early) return this.#early.push(approval);
    const isNew = approval.status === "pending" && !this.#approvals.has(approval.approval_id);
    this.#take(approval);
    if (isNew) announce(`New approval: ${approval.agent_id} asks to send ${approval.preview.method} to ${approval.report.host}`);
    this.onChange(approval);
  }

  #take(approval) {
    if (approval.status === "pending") this.#approvals.set(approval.approval_id, approval);
    else this.#approvals.delete(approval.approval_id);
  }
}
