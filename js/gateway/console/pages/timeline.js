// The entries of a trace as sentences, in their order.
import { agentText, element } from "../parts/dom.js";
import { clockTime, decisionLabel, plural, span } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";

const APPROVAL = {
  "approval.requested": ["wait", "Approval requested"],
  "approval.edited": ["wait", "A person changed the body"],
  "approval.approved": ["good", "Approved by a person"],
  "approval.denied": ["bad", "Denied by a person"],
  "approval.expired": ["", "Expired"],
  "approval.executed": ["good", "Approval used: the call was sent"],
};
const ACTIONS = { forward: "sent", refuse: "not sent", hold: "waits for a person", answer: "answered to the client" };

export function timeline(records) {
  const first = records.length > 0 ? Date.parse(records[0].at) : 0;
  const items = inOrder(records).map((record) => {
    const { kind, at, body } = record;
    const { mark, title, detail } = described(kind, body);
    const since = (Date.parse(at) - first) / 1000;
    return element(
      "li",
      { className: mark },
      element("div", { className: "said" }, element("b", {}, title), ...detail),
      element(
        "div",
        { className: "muted small" },
        timeOf(at, clockTime),
        since > 0 ? ` · after ${span(since)}` : "",
        ` · entry ${record.seq}`,
      ),
    );
  });
  return element("ol", { className: "timeline" }, ...items);
}

/** What was decided and what was asked for are one step of the record, the asking first: people think the other way round. */
function inOrder(records) {
  const isDecision = ({ kind }) => Number(kind !== "decision");
  return records.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || isDecision(a) - isDecision(b) || a.seq - b.seq);
}

function described(kind, body) {
  if (kind === "decision") {
    const { decision } = body.report;
    const verb = body.source === "consume" ? "Decided at the use" : "Scanned";
    return { mark: decision, title: `${verb}: ${decisionLabel(decision)}`, detail: [line(ACTIONS[body.action] ?? body.action)] };
  }
  const [mark, title] = APPROVAL[kind] ?? ["", undefined];
  if (title !== undefined) return { mark, title, detail: body.note ? [line("“", agentText(body.note), "”")] : [] };
  if (kind === "response") {
    const classes = (body.data_classes ?? []).join(", ") || "nothing sensitive";
    const status = body.response_status ? `status ${body.response_status}, ` : "";
    return {
      mark: "",
      title: "Response looked at",
      detail: [line(`${status}${classes}, `, plural(body.fields_redacted_count ?? 0, "field"), " redacted")],
    };
  }
  return {
    mark: "",
    title: agentText(kind.replaceAll(".", " ").replaceAll("_", " ")),
    detail: [line(agentText(`by the ${body.actor ?? "gateway"}`))],
  };
}

const line = (...children) => element("span", { className: "muted" }, ...children);
