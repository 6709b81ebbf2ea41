// One call: what was decided and why, and everything that became of it.
import { agentText, element } from "../parts/dom.js";
import { bytes, decisionLabel, fullTime, toolName } from "../parts/format.js";
import { Refresh } from "../parts/refresh.js";
import { loading } from "../parts/states.js";
import { card, fields } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { link } from "../shell/routes.js";
import { contributions, findings, rules } from "./evidence.js";
import { timeline } from "./timeline.js";

export const trace = {
  title: "Decision",

  async show(host, { route, signal }) {
    const content = element("div", { className: "stack" }, loading());
    const back = element("a", { href: link("decisions"), className: "button" }, "All decisions");
    const head = heading("Decision", { end: [back] });
    host.append(head, content);
    const load = async () => {
      const { records } = await call(`/v1/traces/${encodeURIComponent(route.id)}`);
      if (!signal.aborted) content.replaceChildren(...view(route.id, records));
    };
    const refresh = new Refresh(() => load().catch(() => {}), { signal });
    await load().catch((error) => {
      content.replaceChildren();
      throw error;
    });
    const concerns = (data) => data?.trace_id === route.id && refresh.now();
    return { open: refresh.now, decision: concerns, approval: concerns };
  },
};

function view(id, records) {
  const decided = records.filter((record) => record.kind === "decision").map(({ at, body }) => ({ at, ...body.report, ...body }));
  const decision = decided.find((one) => one.source !== "consume") ?? decided[0];
  const told = card("What happened", timeline(records), { className: "timeline-card" });
  if (decision === undefined) return [told, raw(records)];
  return [
    summary(decision),
    element(
      "div",
      { className: "columns" },
      element(
        "div",
        { className: "stack" },
        card("Found", findings(decision)),
        ...storedBody(decision),
        card("Why", why(decision)),
        raw(records),
      ),
      element("div", { className: "stack" }, told, card("The call", facts(id, decision))),
    ),
  ];
}

function summary(decision) {
  const agent = element("a", { href: link("decisions", undefined, { agent: decision.agent_id }) }, agentText(decision.agent_id));
  return element(
    "div",
    { className: "card pad summary" },
    element("span", { className: `pill ${decision.decision}` }, decisionLabel(decision.decision)),
    element(
      "p",
      { className: "line mono wrap", dir: "ltr" },
      element("b", {}, agentText(decision.method)),
      " ",
      agentText(decision.host),
    ),
    element(
      "p",
      { className: "muted" },
      agentText(toolName(decision)),
      " · agent ",
      agent,
      " · ",
      element("time", { dateTime: decision.at }, fullTime(decision.at)),
    ),
  );
}

function why(decision) {
  const codes = decision.reason_codes.map((code) => element("span", { className: "tag" }, agentText(code)));
  return element(
    "div",
    { className: "pad stack" },
    codes.length > 0
      ? element("div", { className: "tags" }, ...codes)
      : element("p", { className: "muted" }, "No reason against it."),
    contributions(decision),
    rules(decision),
  );
}

const ACTIONS = {
  forward: "sent",
  refuse: "not sent",
  hold: "waits for a person",
  answer: "answered to the client, which sends by itself",
};
const SOURCES = {
  scan: "POST /v1/scan",
  proxy: "/proxy/",
  consume: "use of an approval",
  tools: "/v1/tools",
  inbound: "/inbound",
  a2a: "POST /v1/a2a/scan",
};

function facts(id, decision) {
  const resource = Object.entries(decision.resource ?? {}).map(([name, value]) => `${name} ${value}`);
  const mono = (text) => (text ? element("span", { className: "mono" }, agentText(text)) : null);
  const approval = decision.approval_id && element("a", { href: link("approvals", decision.approval_id) }, "Open the approval");
  return element(
    "div",
    { className: "pad" },
    fields(
      [
        ["Outcome", `${ACTIONS[decision.action] ?? decision.action}${decision.mode === "monitor" ? " (monitor mode)" : ""}`],
        ["Came in by", SOURCES[decision.source] ?? agentText(decision.source)],
        ["Verb", agentText(decision.verb)],
        ["Kinds", agentText((decision.categories ?? []).join(", "))],
        ["Resource", resource.length > 0 ? agentText(resource.join(", ")) : null],
        ["Reaches", decision.destinations?.length > 0 ? agentText(decision.destinations.join(", ")) : null],
        ["Gives to", decision.principals > 0 ? `${decision.principals}, ${decision.external_principals} of them outside` : null],
        ["Data", agentText((decision.classifications ?? []).join(", "))],
        [
          "Source",
          decision.source_trace
            ? element("a", { href: link("decisions", decision.source_trace) }, "the response it carries a piece of")
            : null,
        ],
        [
          "Read",
          `${bytes(decision.coverage?.bytes ?? 0)}${decision.coverage?.skipped?.length > 0 ? `, not: ${decision.coverage.skipped.join(", ")}` : ""}`,
        ],
        ["Approval", approval],
        ["Trace", mono(id)],
        ["Digest", mono(decision.digest)],
        ["Policy version", mono(decision.policy_version)],
      ].filter(([, value]) => !(value instanceof DocumentFragment && value.childNodes.length === 0)),
    ),
  );
}

function storedBody({ body: stored }) {
  if (stored === undefined) return [];
  const note = `${bytes(stored.bytes)}, redacted${stored.truncated ? ", the end is left out" : ""}`;
  const content =
    stored.text === undefined
      ? element(
          "p",
          { className: "pad muted" },
          "The body is not text, or could not be inspected to its end: only its length is kept.",
        )
      : element("pre", { className: "body bare", tabIndex: 0, dir: "ltr" }, agentText(stored.text, { lines: true }));
  return [card("Body", content, { end: element("span", { className: "muted small" }, note) })];
}

function raw(records) {
  return element(
    "details",
    { className: "card pad raw" },
    element("summary", {}, "Entries of the record, as JSON"),
    element("pre", { tabIndex: 0, dir: "ltr" }, agentText(JSON.stringify(records, null, 2), { lines: true })),
  );
}
