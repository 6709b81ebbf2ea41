// The approvals inbox: requests that wait for a person, and what became of the others.
import { element } from "../parts/dom.js";
import { Refresh } from "../parts/refresh.js";
import { card } from "../parts/table.js";
import { approvalPages } from "../shell/approval-pages.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { ApprovalHistory } from "./approval-history.js";
import { Grants } from "./grants.js";
import { Inbox } from "./inbox.js";
import { pastApproval } from "./past-approval.js";

/** Many are decided together. */
const TOGETHER_MS = 100;

export const approvals = {
  title: "Approvals",

  async show(host, { route, pending, signal }) {
    const inbox = new Inbox((approval) => pending.update(approval));
    const grants = new Grants();
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
      grants.node,
      card("Decided", history.node, { end: history.switch }),
    );
    const refresh = () => {
      inbox.replace(pending.list, pending.aside);
      keys.hidden = pending.list.length === 0;
    };
    const open = async (id) => {
      past.replaceChildren();
      if (id === undefined || inbox.show(id)) return;
      const found = await find(id);
      if (!found) return notice("The request of this link is not known here.", "bad");
      past.replaceChildren(pastApproval(found));
      past.querySelector("article").focus();
    };
    refresh();
    signal.addEventListener("abort", inbox.stop);
    const decided = new Refresh(() => Promise.all([history.load(signal), grants.load(signal)]), {
      signal,
      wait: () => TOGETHER_MS,
    });
    decided.now();
    void open(route.id).catch((error) => notice(error.message, "bad"));
    return {
      route(next) {
        void open(next.id).catch((error) => notice(error.message, "bad"));
        return true;
      },
      pending(approval) {
        refresh();
        if (approval && approval.status !== "pending") decided.soon();
      },
      open: decided.now,
      key: (key) => inbox.key(key),
    };
  },
};

async function find(id) {
  for await (const page of approvalPages()) {
    const found = page.find((approval) => approval.approval_id === id);
    if (found) return found;
  }
  return undefined;
}
