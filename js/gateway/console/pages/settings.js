// How this gateway was started, how it does, and how the console looks.
import { agentText, element } from "../parts/dom.js";
import { bytes, fullTime, plural, span, whole } from "../parts/format.js";
import { tags } from "../parts/labels.js";
import { inCard, loader, loading } from "../parts/states.js";
import { card, fields } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { setTheme, THEMES, theme } from "../shell/theme.js";
import { metricsView, readMetrics } from "./metrics.js";

const THEME_NAMES = { system: "As the system", light: "Light", dark: "Dark" };

export const settings = {
  title: "Settings",

  async show(host, { signal }) {
    const content = element("div", { className: "stack" }, loading());
    host.append(
      heading("Settings", {
        lead: "What is set when the gateway starts. Change it with the options of interven gateway, or in its configuration file.",
      }),
      content,
    );
    const read = async () => view(...(await Promise.all([call("/v1/settings"), call("/v1/usage"), readMetrics()])));
    const load = loader(content, signal, read, inCard);
    await load();
    return { open: load };
  },
};

function view(set, usage, metrics) {
  return [
    element("div", { className: "columns even" }, card("Gateway", gateway(set)), card("Limits", limits(set, usage))),
    element(
      "div",
      { className: "columns even" },
      card("Switched on", switches(set)),
      card("Since the start", metricsView(metrics)),
    ),
    card("Theme", themes()),
  ];
}

function gateway({ version, mode, policy_version: policy, started_at: started }) {
  const state = element(
    "span",
    { className: `pill ${mode === "enforce" ? "good" : "wait"}` },
    mode === "enforce" ? "Enforcing" : "Monitor: nothing is stopped",
  );
  return element(
    "div",
    { className: "pad" },
    fields([
      ["Version", version],
      ["Mode", state],
      ["Policy version", element("span", { className: "mono wrap" }, agentText(policy))],
      ["Started", fullTime(started)],
    ]),
  );
}

function limits({ limits: most, lifetimes }, usage) {
  return element(
    "div",
    { className: "pad" },
    fields([
      ["Body", bytes(most.max_body_bytes)],
      ["Scans a minute", `${whole(most.scans_per_minute)}; ${whole(usage.current_rate_per_min)} in the last one`],
      ["Scans this month", whole(usage.scans_used)],
      ["Refused in 24 hours", plural(usage.rate_limit_hits_24h, "scan")],
      ["Prompts of an agent", `${whole(most.prompts_per_minute)} a minute`],
      ["An approval waits", span(lifetimes.pending_seconds)],
      ["Once approved", `good for ${span(lifetimes.grant_seconds)}, once`],
      ["A denial stands", span(lifetimes.denial_seconds)],
      ["Upstream headers", `within ${span(most.upstream_timeout_ms / 1000)}`],
    ]),
  );
}

function switches(set) {
  const list = (items, none) => (items.length === 0 ? element("span", { className: "muted" }, none) : tags(items));
  const tools = Object.entries(set.tool_origins).map(([tool, origin]) => `${tool} ${origin}`);
  return element(
    "div",
    { className: "pad" },
    fields([
      ["Keys", onOff(set.keys_required, "every agent needs one", "not until the first one is made")],
      ["Memory", onOff(set.memory, "destinations, rates, trust")],
      ["Vault", onOff(set.vault, "seals what is read again")],
      ["Older protocol", onOff(set.legacy_hmac, "agents sign with HMAC secrets", "")],
      ["Bodies in the record", onOff(set.store_bodies === "redacted", "redacted", "none is kept")],
      ["Retention", set.retain_days === null ? "the record is kept for ever" : plural(set.retain_days, "day")],
      ["Private hosts", list(set.allow_private, "none may be reached")],
      ["Reached at", set.public_url ? element("span", { className: "mono wrap" }, agentText(set.public_url)) : ""],
      ["Other names", list(set.public_hosts, "none")],
      ["Addresses of tools", list(tools, "the vendors’ own")],
    ]),
  );
}

function onOff(on, yes, no) {
  const text = on ? yes : no;
  return element(
    "span",
    {},
    element("span", { className: `pill ${on ? "good" : ""}` }, on ? "On" : "Off"),
    text ? element("span", { className: "muted" }, ` ${text}`) : null,
  );
}

function themes() {
  const radios = THEMES.map((name) => {
    const radio = element("input", { type: "radio", name: "theme", value: name, checked: theme() === name });
    radio.addEventListener("change", () => setTheme(name));
    return element("label", {}, radio, THEME_NAMES[name]);
  });
  return element(
    "fieldset",
    { className: "pad field" },
    element("legend", { className: "unseen" }, "Theme"),
    element("div", { className: "choices" }, ...radios),
  );
}
