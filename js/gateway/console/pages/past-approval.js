// A request that was decided, as it was shown to whoever decided.
import { agentText, element } from "../parts/dom.js";
import { fullTime, span } from "../parts/format.js";
import { tag } from "../parts/labels.js";
import { requestView } from "../parts/request-view.js";
import { link } from "../shell/routes.js";
import { REASONS } from "./denial.js";

/** What became of an approval, and the look of it. */
export const STATUSES = {
  approved: ["good", "Approved, not used yet"],
  executed: ["good", "Approved and sent"],
  denied: ["bad", "Denied"],
  expired: ["", "Expired"],
};

/** Seconds until somebody decided; `undefined` where nobody did. */
export function waited({ created_at: created, decided_at: decided }) {
  return decided ? (Date.parse(decided) - Date.parse(created)) / 1000 : undefined;
}

/** What was said along with the decision. */
export function why({ reason, note }) {
  const given = reason ? tag(Object.hasOwn(REASONS, reason) ? REASONS[reason] : reason) : null;
  return [given, given && note ? " " : null, note ? agentText(note) : null].filter(Boolean);
}

export function pastApproval(approval) {
  const [look, text] = STATUSES[approval.status] ?? ["", approval.status];
  const seconds = waited(approval);
  return element(
    "article",
    { className: "card request past", tabIndex: -1, "aria-label": `${text}: ${approval.preview.method} ${approval.report.host}` },
    element(
      "div",
      { className: "who" },
      element("span", { className: `pill ${look}` }, text),
      element(
        "span",
        {},
        "Agent ",
        element("strong", {}, agentText(approval.agent_id)),
        ` asked on ${fullTime(approval.created_at)}`,
        seconds === undefined ? "" : `; decided after ${span(seconds)}`,
      ),
      element("a", { href: link("decisions", approval.trace_id), className: "small" }, "What happened"),
    ),
    approval.note || approval.reason ? element("p", { className: "told" }, why(approval)) : null,
    ...requestView(approval),
  );
}
