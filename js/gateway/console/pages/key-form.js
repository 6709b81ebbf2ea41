// Makes a key, and shows it this once.
import { ask, input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { call } from "../shell/api.js";
import { showSecret } from "./shown-once.js";

const VERBS = ["READ", "WRITE", "ADMIN"];

/** Asks for what the key is for; resolves to whether one was made. */
export async function makeKey() {
  let made;
  const ephemeral = element(
    "div",
    { className: "filters", hidden: true },
    input("Good for (seconds)", { name: "ttl_seconds", type: "number", min: 1, max: 86_400, value: "600" }),
    input("Calls", { name: "max_uses", type: "number", min: 1, max: 1000, value: "1" }),
  );
  const kind = choices("Kind", "radio", "kind", [
    ["live", "Until it is revoked"],
    ["ephemeral", "For a short time and few calls"],
  ]);
  kind.addEventListener("change", (event) => {
    ephemeral.hidden = event.target.value !== "ephemeral";
  });
  await ask({
    title: "New key",
    content: [
      kind,
      ephemeral,
      input(
        "Agent",
        { name: "agent_id", maxLength: 200, placeholder: "billing-bot", required: true },
        "Whoever holds the key is this agent. No personal data.",
      ),
      input("Description (optional)", { name: "description", maxLength: 200 }),
      input(
        "Tools (optional)",
        { name: "tools", placeholder: "slack, github" },
        "Names from the decisions, separated by commas. Empty allows all.",
      ),
      choices(
        "Verbs (none allows all)",
        "checkbox",
        "verbs",
        VERBS.map((verb) => [verb, verb]),
      ),
      input(
        "Addresses (optional)",
        { name: "ip_allowlist", placeholder: "10.0.0.0/8, 2001:db8::/32" },
        "It can be used from these only.",
      ),
    ],
    confirm: "Make the key",
    submit: async (values) => {
      const path = values.get("kind") === "ephemeral" ? "/v1/keys/ephemeral" : "/v1/keys";
      made = await call(path, wanted(values));
    },
  });
  if (made) show(made);
  return made !== undefined;
}

/** What the form says, as the API takes it: what is empty is left out. */
function wanted(values) {
  const list = (name) =>
    values
      .get(name)
      .split(/[\s,]+/)
      .filter((text) => text !== "");
  const [tools, verbs, addresses] = [list("tools"), values.getAll("verbs"), list("ip_allowlist")];
  const scope = { ...(tools.length > 0 ? { tools } : {}), ...(verbs.length > 0 ? { verbs } : {}) };
  const description = values.get("description").trim();
  return {
    agent_id: values.get("agent_id").trim(),
    ...(description === "" ? {} : { description }),
    ...(Object.keys(scope).length > 0 ? { scope } : {}),
    ...(addresses.length > 0 ? { ip_allowlist: addresses } : {}),
    ...(values.get("kind") === "ephemeral"
      ? { ttl_seconds: Number(values.get("ttl_seconds")), max_uses: Number(values.get("max_uses")) }
      : {}),
  };
}

function show({ key, agent_id: agent }) {
  showSecret("The key of this agent", key, [
    "Copy it now: it is not kept, and cannot be shown again. ",
    element("b", { className: "wrap" }, agentText(agent)),
    " sends it as ",
    element("code", {}, "Authorization: Bearer …"),
    ", and to /proxy/ as ",
    element("code", {}, "X-Interven-Key"),
    ".",
  ]);
}

function choices(title, type, name, options) {
  return element(
    "fieldset",
    { className: "field" },
    element("legend", {}, title),
    element(
      "div",
      { className: "choices" },
      ...options.map(([value, label], index) =>
        element("label", {}, element("input", { type, name, value, checked: type === "radio" && index === 0 }), label),
      ),
    ),
  );
}
