// Tools that the gateway calls for agents, and whether it holds a credential for them. A credential goes in, and never comes out.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { plural, whole } from "../parts/format.js";
import { tags, timeOf } from "../parts/labels.js";
import { empty, inCard, loader, loading } from "../parts/states.js";
import { card, table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";

export const tools = {
  title: "Tools",

  async show(host, { signal }) {
    const list = element("div", {}, loading());
    const add = element("button", { type: "button" }, "Credential for another host");
    const search = input("Find a tool", { type: "search", name: "find", placeholder: "slack" });
    let held = [];
    const find = search.querySelector("input");
    const read = async () => {
      const [{ tools: all }, { credentials }] = await Promise.all([call("/v1/tools"), call("/v1/credentials")]);
      held = merged(all, credentials);
      return view();
    };
    const load = loader(list, signal, read, inCard);
    const view = () => {
      const fits = ({ tool }) => tool.includes(find.value.trim().toLowerCase());
      const set = held.filter(({ credential }) => credential).filter(fits);
      const others = held.filter(({ credential }) => !credential).filter(fits);
      return element(
        "div",
        { className: "stack" },
        card("With a credential", set.length > 0 ? rows(set, load) : none()),
        card(
          "Without",
          others.length > 0 ? rows(others, load, { used: false }) : element("p", { className: "pad muted" }, "None."),
        ),
      );
    };
    find.addEventListener("input", () => list.replaceChildren(view()));
    add.addEventListener("click", () => void setCredential(undefined, load));
    host.append(
      heading("Tools", {
        lead: "Calls that the gateway makes for agents, with credentials that they never see.",
        end: [add],
      }),
      element("div", { className: "filters" }, search),
      list,
    );
    await load();
    return { open: load };
  },
};

const none = () =>
  empty(
    "No credential yet",
    "Set one below, or on the command line. Agents then call the tool through the gateway, and policies decide each call:",
    `curl -sS ${location.origin}/v1/tools/slack/post_message \\\n  -H 'content-type: application/json' -d '{"channel":"#ops","text":"deployed"}'`,
  );

/** Tools with what is known of their credential; those that are named by hosts come with the credentials alone. */
function merged(all, credentials) {
  const known = new Map(credentials.map((credential) => [credential.tool, credential]));
  return all.map((tool) => ({ ...known.get(tool.tool), ...tool }));
}

const USE = [
  { label: "Credential", cell: state },
  { label: "Calls", className: "numeric", cell: ({ calls }) => whole(calls) },
  {
    label: "Last used",
    cell: ({ last_used_at: at }) => (at ? timeOf(at) : "–"),
  },
];

/** Without a credential there is no use of it to show. */
function rows(list, reload, { used = true } = {}) {
  return table(
    "Tools",
    [
      {
        label: "Tool",
        cell: ({ tool, base }) => [
          element("b", { className: "wrap" }, agentText(tool)),
          element("div", { className: "muted small wrap" }, base === null ? "no address: set --tool-url" : agentText(base)),
        ],
      },
      { label: "Operations", cell: operations },
      ...(used ? USE : []),
      { label: "", className: "act", cell: (tool) => actions(tool, reload) },
    ],
    list,
  );
}

function operations({ operations: names }) {
  return element("details", {}, element("summary", { "data-row": "" }, plural(names.length, "operation")), tags(names, "div"));
}

function state({ usable, last_four: end, origins = [] }) {
  const pill = usable
    ? element("span", { className: "pill good" }, "Set")
    : element("span", { className: "pill wait" }, "Set for another host");
  return [
    pill,
    end ? element("span", { className: "mono muted" }, ` …${end}`) : null,
    element("div", { className: "muted small wrap" }, agentText(origins.join(", "))),
  ];
}

function actions({ tool, credential, base }, reload) {
  const set = element(
    "button",
    { type: "button", className: "small", "aria-label": `${credential ? "Replace" : "Set"} the credential of ${tool}` },
    credential ? "Replace" : "Set",
  );
  set.addEventListener("click", () => void setCredential(tool, reload, base));
  if (!credential) return set;
  const remove = element(
    "button",
    { type: "button", className: "small danger", "aria-label": `Remove the credential of ${tool}` },
    "Remove",
  );
  remove.addEventListener("click", () => void removeCredential(tool, reload));
  return [set, remove];
}

async function setCredential(tool, reload, base) {
  const secret = input(
    "Credential",
    { name: "credential", type: "password", required: true, autocomplete: "new-password" },
    "As the service gives it. It is sealed, and shown to nobody again.",
  );
  const content =
    tool === undefined
      ? [
          input(
            "Host",
            { name: "host", required: true, placeholder: "api.example.com" },
            "For http.request to exactly this host.",
          ),
          secret,
          input("Header (optional)", { name: "header", placeholder: "authorization" }),
          input("Before the credential (optional)", { name: "prefix", placeholder: "Bearer " }),
        ]
      : [
          secret,
          // Every customer of such a service has a host of their own.
          base === null
            ? input("Its address", { name: "origin", required: true, placeholder: "https://example.atlassian.net" })
            : null,
        ].filter(Boolean);
  const done = await ask({
    title: tool === undefined ? "Credential for a host" : `Credential of ${tool}`,
    content,
    confirm: "Set the credential",
    submit: (values) =>
      call(`/v1/credentials/${encodeURIComponent(tool ?? `http:${values.get("host").trim()}`)}`, wanted(values)),
  });
  if (!done) return;
  notice("The credential is set. Calls of the tool are made with it from now on.", "good");
  await reload();
}

function wanted(values) {
  const given = (name) => (values.get(name) ? { [name]: values.get(name) } : {});
  return {
    credential: values.get("credential"),
    ...given("header"),
    ...given("prefix"),
    ...(values.get("origin") ? { origins: [values.get("origin").trim()] } : {}),
  };
}

async function removeCredential(tool, reload) {
  const done = await ask({
    title: "Remove this credential?",
    content: [
      element(
        "p",
        {},
        "Calls of ",
        element("b", { className: "wrap" }, agentText(tool)),
        " fail until another one is set. The service itself still takes it: revoke it there.",
      ),
    ],
    confirm: "Remove it",
    danger: true,
    submit: () => call(`/v1/credentials/${encodeURIComponent(tool)}`, undefined, "DELETE"),
  });
  if (!done) return;
  notice("The credential is removed.");
  await reload();
}
