// Secrets that agents of the older protocol sign with: listed, made, shown once, revoked.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { timeOf } from "../parts/labels.js";
import { card, table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";
import { showSecret } from "./shown-once.js";

/** A card of them; `reload` reads the page anew. */
export function hmacSecrets(secrets, reload) {
  const make = element("button", { type: "button", className: "small" }, "New secret");
  make.addEventListener("click", () => void makeSecret(reload));
  const none = element("p", { className: "pad muted" }, "None yet. Agents with published clients sign their calls with one.");
  return card("HMAC secrets", secrets.length === 0 ? none : rows(secrets, reload), { end: make });
}

const rows = (secrets, reload) =>
  table(
    "HMAC secrets, newest first",
    [
      { label: "Agent", cell: ({ agent_id: id }) => element("b", { className: "wrap" }, agentText(id)) },
      {
        label: "Status",
        cell: ({ status }) => element("span", { className: `pill ${status === "active" ? "good" : "bad"}` }, status),
      },
      { label: "Made", cell: ({ created_at: at }) => timeOf(at) },
      { label: "", className: "act", cell: (secret) => revoke(secret, reload) },
    ],
    secrets,
  );

async function makeSecret(reload) {
  let made;
  await ask({
    title: "New HMAC secret",
    content: [
      input(
        "Agent",
        { name: "agent_id", required: true, maxLength: 128, placeholder: "billing-bot" },
        "A secret that it has already is good for nothing from then on.",
      ),
    ],
    confirm: "Make the secret",
    submit: async (values) => {
      made = await call(`/v1/agents/${encodeURIComponent(values.get("agent_id").trim())}/hmac-secret`, {});
    },
  });
  if (!made) return;
  showSecret("The secret of this agent", made.secret, [
    "Copy it now: it cannot be shown again. ",
    element("b", { className: "wrap" }, agentText(made.agent_id)),
    " signs its calls with it.",
  ]);
  await reload();
}

function revoke({ agent_id: id, status }, reload) {
  if (status === "revoked") return "";
  const button = element(
    "button",
    { type: "button", className: "small danger", "aria-label": `Revoke the secret of ${id}` },
    "Revoke",
  );
  button.addEventListener("click", async () => {
    const done = await ask({
      title: "Revoke this secret for good?",
      content: [
        element(
          "p",
          {},
          "Calls that ",
          element("b", { className: "wrap" }, agentText(id)),
          " signs with it are refused from now on.",
        ),
      ],
      confirm: "Revoke the secret",
      danger: true,
      submit: () => call(`/v1/agents/${encodeURIComponent(id)}/hmac-secret/revoke`, {}),
    });
    if (!done) return;
    notice("The secret is revoked.");
    await reload();
  });
  return button;
}
