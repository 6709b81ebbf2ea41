// Keys of agents: who has one, what it may do, making and revoking them.
import { ask } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { tags, timeOf } from "../parts/labels.js";
import { empty, loader, loading } from "../parts/states.js";
import { table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { hmacSecrets } from "./hmac-secrets.js";
import { makeKey } from "./key-form.js";

const LOOKS = { active: "good", expired: "", exhausted: "", revoked: "bad" };

export const keys = {
  title: "Keys",

  async show(host, { signal }) {
    const list = element("section", { className: "card", "aria-label": "Keys" }, loading());
    const secrets = element("div");
    const load = loader(list, signal, async () => {
      const [answer, { legacy_hmac: signed }] = await Promise.all([call("/v1/keys"), call("/v1/settings")]);
      const signing = signed ? [hmacSecrets((await call("/v1/hmac-secrets")).hmac_secrets, load)] : [];
      secrets.replaceChildren(...signing);
      return rows(answer.keys, load);
    });
    const make = element("button", { type: "button", className: "primary" }, "New key");
    make.addEventListener("click", async () => {
      if (await makeKey()) await load();
    });
    host.append(
      heading("Keys", {
        lead: "A key says which agent a call is from. With the first one, every agent needs one, also on this machine.",
        end: [make],
      }),
      list,
      secrets,
    );
    await load();
    return { open: load };
  },
};

function rows(all, reload) {
  if (all.length === 0)
    return empty(
      "No keys yet",
      "While there are none, agents on this machine are served without, and are who they say they are; other machines are refused. Make the first one here, or on the command line:",
      "INTERVEN_ADMIN_TOKEN=… npx interven gateway key create --agent billing-bot > billing-bot.key",
    );
  return table(
    "Keys, newest first",
    [
      {
        label: "Agent",
        cell: ({ agent_id: id, description }) => [
          element("b", { className: "wrap" }, agentText(id)),
          description ? element("div", { className: "muted small" }, agentText(description)) : null,
        ],
      },
      { label: "Key", cell: ({ prefix }) => element("span", { className: "mono" }, `${prefix}…`) },
      { label: "Status", cell: ({ status }) => element("span", { className: `pill ${LOOKS[status] ?? ""}` }, status) },
      { label: "For", cell: scope },
      { label: "Uses", className: "numeric", cell: ({ uses, max_uses: most }) => (most === null ? "any" : `${uses} of ${most}`) },
      { label: "Made", cell: ({ created_at: at }) => timeOf(at) },
      {
        label: "Ends",
        cell: ({ expires_at: at }) => (at === null ? "when revoked" : timeOf(at)),
      },
      { label: "", className: "act", cell: (key) => revoke(key, reload) },
    ],
    all,
  );
}

function scope({ scope: { tools, verbs } = {}, ip_allowlist: addresses = [] }) {
  const parts = [...(tools ?? []), ...(verbs ?? []), ...addresses];
  if (parts.length === 0) return element("span", { className: "muted" }, "everything");
  return tags(parts);
}

function revoke(key, reload) {
  if (key.status === "revoked") return "";
  const button = element(
    "button",
    { type: "button", className: "small danger", "aria-label": `Revoke the key of ${key.agent_id}` },
    "Revoke",
  );
  button.addEventListener("click", async () => {
    const done = await ask({
      title: "Revoke this key for good?",
      content: [
        element(
          "p",
          {},
          "The key ",
          element("span", { className: "mono" }, `${key.prefix}…`),
          " of ",
          element("b", { className: "wrap" }, agentText(key.agent_id)),
          " is refused from now on. That cannot be undone; make another one instead.",
        ),
      ],
      confirm: "Revoke the key",
      danger: true,
      submit: () => call(`/v1/keys/${encodeURIComponent(key.key_id)}/revoke`, {}),
    });
    if (!done) return;
    notice("The key is revoked.");
    await reload();
  });
  return button;
}
