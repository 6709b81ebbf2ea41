// Makes an inbound route.
import { ask, input } from "../parts/dialog.js";
import { element } from "../parts/dom.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";

const KINDS = [
  ["key", "It has a key"],
  ["fixed", "It is always the same"],
  ["header", "A header names it"],
];

/** Asks for what it leads to; resolves to whether one was made. */
export async function addRoute() {
  const fixed = input("Agent", { name: "agent_id", maxLength: 200, placeholder: "billing-bot" });
  const header = input("Header", { name: "header", placeholder: "x-agent" });
  const from = input(
    "Served to (optional)",
    { name: "allow_from", placeholder: "10.0.3.0/24" },
    "Addresses and ranges. Empty: this machine only.",
  );
  const kind = element(
    "fieldset",
    { className: "field" },
    element("legend", {}, "Who calls"),
    element(
      "div",
      { className: "choices" },
      ...KINDS.map(([value, label], index) =>
        element("label", {}, element("input", { type: "radio", name: "by", value, checked: index === 0 }), label),
      ),
    ),
  );
  const choose = (by) => {
    fixed.hidden = by !== "fixed";
    header.hidden = by !== "header";
    from.hidden = by === "key";
  };
  kind.addEventListener("change", (event) => choose(event.target.value));
  choose("key");
  const done = await ask({
    title: "New route",
    content: [
      input("Prefix", { name: "prefix", required: true, placeholder: "billing" }, "The address is /inbound/PREFIX/."),
      input("Leads to", { name: "upstream_url", type: "url", required: true, placeholder: "https://api.example.com/v1" }),
      kind,
      fixed,
      header,
      from,
      input("Tool (optional)", { name: "tool", placeholder: "stripe" }, "What policies call it. Empty: by the host."),
      input(
        "Headers to add (optional)",
        { tag: "textarea", name: "headers", rows: 2, spellcheck: false, placeholder: "authorization: Bearer …" },
        "One on a line. They are sealed, and shown to nobody again.",
      ),
    ],
    confirm: "Make the route",
    submit: (values) => call("/v1/inbound-routes", wanted(values)),
  });
  if (done) notice("The route is made. It is served from now on.", "good");
  return done !== null;
}

/** What the form says, as the API takes it: what is empty is left out. */
function wanted(values) {
  const text = (name) => values.get(name).trim();
  const headers = pairs(text("headers"));
  return {
    prefix: text("prefix"),
    upstream_url: text("upstream_url"),
    agent: caller(values.get("by"), text),
    ...(text("tool") === "" ? {} : { tool: text("tool") }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
  };
}

function caller(by, text) {
  if (by === "key") return { by };
  const from = text("allow_from")
    .split(/[\s,]+/)
    .filter((one) => one !== "");
  const own = by === "fixed" ? { agent_id: text("agent_id") } : { header: text("header") };
  return { by, ...own, ...(from.length === 0 ? {} : { allow_from: from }) };
}

function pairs(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const list = lines.map((line) => {
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error("Each header is written as a name, a colon and a value.");
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  if (new Set(list.map(([name]) => name)).size < list.length) throw new Error("A header stands there twice.");
  return list;
}
