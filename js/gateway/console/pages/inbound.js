// Inbound routes: addresses at this gateway that lead to one service, for agents whose base URL can be set.
import { ask } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { tags, timeOf } from "../parts/labels.js";
import { empty, loader, loading } from "../parts/states.js";
import { table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { addRoute } from "./inbound-form.js";

export const inbound = {
  title: "Inbound",

  async show(host, { signal }) {
    const list = element("section", { className: "card", "aria-label": "Inbound routes" }, loading());
    const load = loader(list, signal, async () => rows((await call("/v1/inbound-routes")).inbound_routes, load));
    const add = element("button", { type: "button", className: "primary" }, "New route");
    add.addEventListener("click", async () => {
      if (await addRoute()) await load();
    });
    host.append(
      heading("Inbound", {
        lead: "Addresses that each lead to one service, for agents that can be given a base URL.",
        end: [add],
      }),
      list,
    );
    await load();
    return { open: load };
  },
};

function rows(all, reload) {
  if (all.length === 0)
    return empty(
      "No routes yet",
      "Make one here, then give its address to the agent’s client as the base URL, instead of the service’s own:",
      `curl -sS ${location.origin}/inbound/billing/invoices`,
    );
  return table(
    "Inbound routes",
    [
      {
        label: "Route",
        cell: ({ path, upstream_url: url }) => [
          element("b", { className: "mono wrap" }, agentText(path)),
          element("div", { className: "muted small wrap" }, "to ", agentText(url)),
        ],
      },
      {
        label: "Tool",
        cell: ({ tool }) => (tool === null ? element("span", { className: "muted" }, "by the host") : agentText(tool)),
      },
      { label: "Agent", cell: ({ agent }) => who(agent) },
      { label: "Adds", cell: ({ header_names: names }) => added(names) },
      { label: "Made", cell: ({ created_at: at }) => timeOf(at) },
      { label: "", className: "act", cell: (route) => remove(route, reload) },
    ],
    all,
  );
}

function added(names) {
  if (names.length === 0) return element("span", { className: "muted" }, "nothing");
  return tags(names);
}

function who({ by, agent_id: id, header, allow_from: from }) {
  if (by === "key") return "by its key";
  const said =
    by === "fixed" ? element("b", { className: "wrap" }, agentText(id)) : element("span", {}, "header ", agentText(header));
  return [
    said,
    element("div", { className: "muted small wrap" }, from.length === 0 ? "this machine only" : agentText(from.join(", "))),
  ];
}

function remove({ prefix, path }, reload) {
  const button = element(
    "button",
    { type: "button", className: "small danger", "aria-label": `Remove the route ${prefix}` },
    "Remove",
  );
  button.addEventListener("click", async () => {
    const done = await ask({
      title: "Remove this route?",
      content: [
        element(
          "p",
          {},
          "Calls to ",
          element("b", { className: "mono wrap" }, agentText(path)),
          " are refused from now on. What its headers hold is forgotten.",
        ),
      ],
      confirm: "Remove it",
      danger: true,
      submit: () => call(`/v1/inbound-routes/${encodeURIComponent(prefix)}`, undefined, "DELETE"),
    });
    if (!done) return;
    notice("The route is removed.");
    await reload();
  });
  return button;
}
