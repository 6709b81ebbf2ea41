// One policy: its text, what a change would do to recent calls, and its versions.
import { ask } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { fullTime, plural } from "../parts/format.js";
import { timeOf } from "../parts/labels.js";
import { loading } from "../parts/states.js";
import { card, table } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { link } from "../shell/routes.js";
import { differenceView } from "./difference.js";
import { state } from "./policies.js";
import { PolicyEditor } from "./policy-editor.js";

const NEW = `{
  "name": "my-policy",
  "rules": [
    {
      "rule_id": "ask-before-payments",
      "match": { "tools": ["stripe"], "verbs": ["WRITE"] },
      "action": "REQUIRE_APPROVAL"
    }
  ]
}
`;

export async function showPolicy(host, { route, signal }) {
  const back = element("a", { className: "button", href: link("policies") }, "All policies");
  if (route.id === "new") {
    const editor = new PolicyEditor(NEW, {}, (applied) => {
      notice(`Version ${applied.version} holds from the next call on.`, "good", { next: true });
      location.hash = link("policies", applied.policy_id);
    });
    host.append(heading("New policy", { end: [back] }), editor.node);
    signal.addEventListener("abort", () => editor.stop());
    return {};
  }
  const content = element("div", { className: "stack" }, loading());
  const title = heading("Policy", { end: [back] });
  host.append(title, content);
  const load = async () => {
    const path = `/v1/policies/${encodeURIComponent(route.id)}/versions`;
    const policy = await call(path);
    const { text } = await call(`${path}/${policy.version}`);
    if (signal.aborted) return;
    title.querySelector("h1").replaceChildren(agentText(policy.name));
    const editor = new PolicyEditor(text, policy, (applied) => {
      notice(
        applied.changed ? `Version ${applied.version} holds from the next call on.` : "Nothing has changed: this is what holds.",
        "good",
      );
      void load();
    });
    signal.addEventListener("abort", () => editor.stop());
    content.replaceChildren(summary(policy, load), editor.node, versions(policy, text, load));
  };
  await load().catch((error) => {
    content.replaceChildren();
    throw error;
  });
  return {};
}

function summary(policy, reload) {
  const take = element("button", { type: "button", className: "small danger" }, "Take it back");
  take.addEventListener("click", async () => {
    const done = await ask({
      title: "Take this policy back?",
      content: [
        element(
          "p",
          {},
          element("b", {}, agentText(policy.name)),
          " does not hold any more, from the next call on. Its versions stay, and each can be restored.",
        ),
      ],
      confirm: "Take it back",
      danger: true,
      submit: () => call(`/v1/policies/${policy.policy_id}`, undefined, "DELETE"),
    });
    if (done) await reload();
  });
  return element(
    "div",
    { className: "card pad standing" },
    state(policy),
    element("span", {}, `version ${policy.version}, ${plural(policy.rules, "rule")}, environment `, agentText(policy.env_name)),
    element("span", { className: "muted" }, "changed ", timeOf(policy.updated_at, fullTime)),
    policy.active ? take : null,
  );
}

function versions(policy, current, reload) {
  const shown = element("div", {});
  const compare = async (version) => {
    const { text } = await call(`/v1/policies/${policy.policy_id}/versions/${version}`);
    shown.replaceChildren(differenceView(text, current, `Version ${version} beside version ${policy.version}`));
    shown.querySelector("h3").focus();
  };
  const restore = async (version) => {
    const done = await ask({
      title: `Restore version ${version}?`,
      content: [element("p", {}, "Its text becomes a new version, which holds from the next call on.")],
      confirm: "Restore it",
      submit: () => call(`/v1/policies/${policy.policy_id}/rollback`, { version }),
    });
    if (!done) return;
    notice(`Version ${version} holds again.`, "good");
    await reload();
  };
  const button = (text, version, action) => {
    const made = element("button", { type: "button", className: "small", "aria-label": `${text} version ${version}` }, text);
    made.addEventListener("click", () => void action(version).catch((error) => notice(error.message, "bad")));
    return made;
  };
  const list = table(
    "Versions, newest first",
    [
      {
        label: "Version",
        cell: ({ version, restored_from: from }) => [
          String(version),
          from ? element("span", { className: "muted" }, `, restored from ${from}`) : null,
        ],
      },
      { label: "Rules", className: "numeric", cell: ({ rules }) => String(rules) },
      { label: "Since", cell: ({ at }) => timeOf(at) },
      {
        label: "",
        className: "act",
        cell: ({ version }) =>
          version === policy.version
            ? element("span", { className: "muted" }, "this one")
            : [button("Compare", version, compare), button("Restore", version, restore)],
      },
    ],
    policy.versions,
  );
  return card("Versions", element("div", {}, list, shown));
}
