// Policies in force, those of files, and the way to change them.
import { agentText, element } from "../parts/dom.js";
import { whole } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";
import { empty, inCard, loader, loading } from "../parts/states.js";
import { card, table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { link } from "../shell/routes.js";
import { showPolicy } from "./policy.js";

export const policies = {
  title: "Policies",

  show(host, context) {
    return context.route.id === undefined ? list(host, context) : showPolicy(host, context);
  },
};

async function list(host, { signal }) {
  const content = element("div", { className: "stack" }, loading());
  const make = element("a", { className: "button primary", href: link("policies", "new") }, "New policy");
  host.append(
    heading("Policies", {
      lead: "Rules beside the defaults; the strictest of all that match holds. A change holds for the next call.",
      end: [make],
    }),
    content,
  );
  const load = loader(content, signal, async () => view(await call("/v1/policies?all=true")), inCard);
  await load();
  return { open: load };
}

function view({ policies: all, files, environment }) {
  const applied =
    all.length === 0
      ? empty(
          "No policy was applied yet",
          "Write one here and try it on recent calls before it holds, or apply a file:",
          "npx interven policy apply policy.json",
        )
      : table(
          "Policies that were applied",
          [
            {
              label: "Policy",
              cell: ({ policy_id: id, name }) => element("a", { href: link("policies", id), "data-row": "" }, agentText(name)),
            },
            { label: "State", cell: state },
            { label: "Environment", cell: ({ env_name: env }) => agentText(env) },
            { label: "Version", className: "numeric", cell: ({ version }) => whole(version) },
            { label: "Rules", className: "numeric", cell: ({ rules }) => whole(rules) },
            {
              label: "Changed",
              cell: ({ updated_at: at }) => timeOf(at),
            },
          ],
          all,
        );
  const ofFiles = table(
    "Policies of files",
    [
      { label: "Policy", cell: ({ name }) => agentText(name) },
      { label: "File", cell: ({ source }) => element("span", { className: "mono" }, agentText(source)) },
      { label: "Rules", className: "numeric", cell: ({ rules }) => whole(rules) },
    ],
    files,
  );
  return [
    card("Applied", applied, { end: element("span", { className: "muted small" }, "environment ", agentText(environment)) }),
    files.length > 0 ? card("From files, since the start", ofFiles) : null,
  ].filter(Boolean);
}

export function state({ active, in_force: force }) {
  if (force) return element("span", { className: "pill good" }, "In force");
  return element("span", { className: "pill" }, active ? "Elsewhere" : "Taken back");
}
