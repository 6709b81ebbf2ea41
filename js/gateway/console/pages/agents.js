// Agents: what they did, how far they are trusted, and the switch that stops one.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { dayTime, fullTime, whole } from "../parts/format.js";
import { Refresh } from "../parts/refresh.js";
import { empty, failure, loading } from "../parts/states.js";
import { table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { link } from "../shell/routes.js";

/** Counts change with every call: read again so long after the last one. */
const REFRESH_MS = 3000;

export const agents = {
  title: "Agents",

  async show(host, { signal }) {
    const list = element("section", { className: "card", "aria-label": "Agents" }, loading());
    host.append(
      heading("Agents", {
        lead: "Whoever has asked for a call. A stopped agent gets DENY for everything, also what was approved and not used.",
      }),
      list,
    );
    const load = async () => {
      try {
        const answer = await call("/v1/agents");
        if (!signal.aborted) list.replaceChildren(rows(answer.agents, refresh.now));
      } catch (error) {
        if (!signal.aborted) list.replaceChildren(failure(error, refresh.now));
      }
    };
    const refresh = new Refresh(load, {
      signal,
      wait: () => REFRESH_MS,
      // A row that somebody is on stays where it is.
      may: () => !list.contains(document.activeElement),
    });
    refresh.now();
    return { open: refresh.now, decision: refresh.soon };
  },
};

function rows(all, reload) {
  if (all.length === 0)
    return empty(
      "No agents yet",
      "An agent appears with its first call, or with its first key. It names itself in X-Interven-Agent-Id until there are keys; after that its key says who it is.",
      `curl -sS ${location.origin}/proxy/https://api.example.com/ -H 'x-interven-agent-id: my-agent'`,
    );
  return table(
    "Agents, last seen first",
    [
      { label: "Agent", cell: name },
      { label: "Status", cell: status },
      { label: "Trust", cell: trust },
      { label: "Calls", className: "numeric", cell: ({ calls }) => whole(calls) },
      { label: "Denied", className: "numeric", cell: ({ denied }) => whole(denied) },
      { label: "Last seen", cell: ({ last_seen: at }) => element("time", { dateTime: at, title: fullTime(at) }, dayTime(at)) },
      { label: "", className: "act", cell: (agent) => action(agent, reload) },
    ],
    all,
  );
}

function name({ agent_id: id, agent_name: called }) {
  const open = element(
    "a",
    { href: link("decisions", undefined, { agent: id, range: "30d" }), "data-row": "", className: "wrap" },
    agentText(id),
  );
  return called && called !== id ? [open, element("div", { className: "muted small" }, agentText(called))] : open;
}

function status({ status: word, note }) {
  const stopped = word === "stopped";
  return [
    element("span", { className: `pill ${stopped ? "bad" : "good"}` }, stopped ? "Stopped" : "Active"),
    note ? element("div", { className: "muted small" }, agentText(note)) : null,
  ];
}

function trust({ trust: value }) {
  if (value === null) return element("span", { className: "muted" }, "not kept");
  const meter = element("meter", { min: 0, max: 1, low: 0.35, high: 0.5, optimum: 1, value, "aria-label": "Trust" });
  return element("div", { className: "trust" }, element("span", { className: "number" }, value.toFixed(2)), meter);
}

function action(agent, reload) {
  const stopped = agent.status === "stopped";
  const button = element(
    "button",
    { type: "button", className: `small ${stopped ? "" : "danger"}` },
    stopped ? "Let it go on" : "Stop",
  );
  button.setAttribute("aria-label", `${button.textContent}: ${agent.agent_id}`);
  button.addEventListener("click", () => void (stopped ? start(agent, reload) : stop(agent, reload)));
  return button;
}

async function stop({ agent_id: id }, reload) {
  const done = await ask({
    title: "Stop this agent?",
    content: [
      element(
        "p",
        {},
        "From now on every call of ",
        element("b", { className: "wrap" }, agentText(id)),
        " is denied, in monitor mode too. What waits for approval is denied as well. You can let it go on later.",
      ),
      input("Note (optional)", { name: "note", maxLength: 1000 }),
    ],
    confirm: "Stop the agent",
    danger: true,
    submit: (values) =>
      call(`/v1/agents/${encodeURIComponent(id)}/stop`, values.get("note").trim() === "" ? {} : { note: values.get("note") }),
  });
  if (!done) return;
  notice("The agent is stopped. A call whose last check had passed is on its way.");
  reload();
}

async function start({ agent_id: id }, reload) {
  const done = await ask({
    title: "Let this agent go on?",
    content: [
      element(
        "p",
        {},
        "Calls of ",
        element("b", { className: "wrap" }, agentText(id)),
        " are decided by the policies again. What was denied stays denied.",
      ),
    ],
    confirm: "Let it go on",
    submit: () => call(`/v1/agents/${encodeURIComponent(id)}/start`, {}),
  });
  if (!done) return;
  notice("The agent goes on.", "good");
  reload();
}
