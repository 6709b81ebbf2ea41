// The record: its entries, what proves it, and getting it out.
import { input } from "../parts/dialog.js";
import { agentText, element } from "../parts/dom.js";
import { bytes, dayTime, fullTime, whole } from "../parts/format.js";
import { saveAnswer, saveText } from "../parts/save.js";
import { copyButton, loader, loading } from "../parts/states.js";
import { card, fields } from "../parts/table.js";
import { call } from "../shell/api.js";
import { heading } from "../shell/heading.js";
import { notice } from "../shell/notices.js";
import { AuditEntries } from "./audit-entries.js";

const FORMATS = [
  ["ndjson", "JSON lines"],
  ["csv", "CSV"],
  ["splunk", "Splunk HEC"],
  ["datadog", "Datadog"],
  ["ocsf", "OCSF"],
];
const EXTENSIONS = { csv: "csv" };

export const audit = {
  title: "Audit",

  async show(host, { route, signal }) {
    const head = element("div", {}, loading());
    const entries = new AuditEntries(route.filters.kind ?? "");
    host.append(
      heading("Audit", { lead: "Every decision and everything people did, in a chain of hashes that only grows." }),
      element(
        "div",
        { className: "columns" },
        card("Head of the record", head),
        element("div", { className: "stack" }, card("Export decisions", exporter()), card("Backup", backup())),
      ),
      card("Entries", entries.node, { end: entries.filter }),
    );
    const load = loader(head, signal, async () => headView(await call("/v1/audit/head")));
    const both = () => Promise.all([load(), entries.load(signal)]);
    await both();
    return { open: () => void both() };
  },
};

function headView(mark) {
  const command = "npx interven audit verify --data-dir .interven --head head.json";
  const save = element("button", { type: "button", className: "small" }, "Save the head");
  save.addEventListener("click", () => saveText(`${JSON.stringify(mark, null, 2)}\n`, "head.json"));
  const mono = (text) => element("span", { className: "mono wrap" }, text);
  return element(
    "div",
    { className: "pad stack" },
    fields([
      ["Entries up to", whole(mark.seq)],
      ["Signed", fullTime(mark.at)],
      ["Hash", mono(mark.hash)],
      ["Public key", mono(mark.public_key)],
      ["Signature", mono(mark.signature)],
    ]),
    element(
      "p",
      { className: "muted" },
      "Keep a head elsewhere: whoever changes the record later, with the key or without it, cannot make it fit. Check the record against it with",
    ),
    element("div", { className: "secret" }, element("code", {}, command), copyButton(command)),
    element("div", {}, save),
  );
}

function exporter() {
  const format = input("Format", { tag: "select", name: "format" });
  format.querySelector("select").append(...FORMATS.map(([value, label]) => element("option", { value }, label)));
  const save = element("button", { type: "submit" }, "Save as a file");
  const form = element(
    "form",
    { className: "pad stack" },
    element(
      "div",
      { className: "filters" },
      format,
      input("From", { type: "date", name: "since" }),
      input("Until, not included", { type: "date", name: "until" }),
    ),
    element("div", {}, save),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = new FormData(form);
    const query = new URLSearchParams([...values].filter(([, value]) => value !== ""));
    const name = values.get("format");
    save.disabled = true;
    try {
      await saveAnswer(`/v1/decisions/export?${query}`, `interven-decisions.${EXTENSIONS[name] ?? "ndjson"}`);
    } catch (error) {
      notice(error.message, "bad");
    }
    save.disabled = false;
  });
  return form;
}

function backup() {
  const button = element("button", { type: "button" }, "Make a backup now");
  const said = element(
    "p",
    { className: "muted", role: "status" },
    "A consistent copy of everything but the key that signs, into the data directory. Copy it elsewhere.",
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "Copying…";
    try {
      const copy = await call("/v1/backup", {});
      said.replaceChildren(
        "Written: ",
        element("span", { className: "mono wrap" }, agentText(copy.file)),
        `, ${bytes(copy.bytes)}, ${dayTime(new Date().toISOString())}.`,
      );
    } catch (error) {
      said.textContent = error.message;
    }
    button.disabled = false;
  });
  return element("div", { className: "pad stack" }, said, element("div", {}, button));
}
