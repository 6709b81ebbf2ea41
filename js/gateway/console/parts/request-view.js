// One request as it will be sent: what a person reads before approving it.
import { agentText, element } from "./dom.js";
import { bytes, plural } from "./format.js";
import { formattedJson } from "./formatted-json.js";
import { tag } from "./labels.js";
import { decodedHost } from "./punycode.js";
import { oddities } from "./visible.js";

/** The parts of a preview, top to bottom. */
export function requestView(approval) {
  const { preview, report } = approval;
  return [
    requestLine(preview),
    reasons(report),
    ...warnings(preview),
    told(report),
    headers(preview),
    body(preview),
    digest(approval),
  ].filter(Boolean);
}

function requestLine(preview) {
  const { before, host, after } = splitUrl(preview.url);
  return element(
    "p",
    { className: "line", dir: "ltr" },
    element("span", { className: "method" }, agentText(preview.method)),
    " ",
    agentText(before),
    element("span", { className: "host" }, agentText(host)),
    agentText(after),
  );
}

function splitUrl(url) {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(url);
  return match ? { before: match[1], host: match[2], after: match[3] } : { before: "", host: "", after: url };
}

function reasons(report) {
  const rules = report.matched_rules.map((rule) => `rule ${rule.policy} / ${rule.rule_id}`);
  const words = [...report.reason_codes, ...rules, `risk ${report.risk_band.toLowerCase()}`];
  return element("div", { className: "tags why" }, ...words.map(tag));
}

function warnings(preview) {
  const texts = [[preview.url], [preview.method], ...preview.headers.flat().map((text) => [text])];
  if (preview.body_encoding === "utf8") texts.push([preview.body, true]);
  const odd = texts.map(([text, lines]) => oddities(text, lines));
  const sum = (name) => odd.reduce((total, one) => total + one[name], 0);
  const list = [];
  if (sum("unseen") > 0) {
    list.push(`${plural(sum("unseen"), "character")} of this request would not show; written out as ‹U+…› below.`);
  }
  if (sum("alike") > 0) {
    list.push(`${plural(sum("alike"), "character")} of this request can be taken for others; named with ‹U+…› below.`);
  }
  const international = decodedHost(splitUrl(preview.url).host);
  if (international !== undefined)
    list.push(
      element(
        "span",
        {},
        "The host is an international name. Browsers may show it as ",
        element("b", { dir: "ltr" }, agentText(international)),
        ": check that it is not a look-alike.",
      ),
    );
  if (preview.body_encoding === "base64") list.push("The body is not text. It is shown in base64: you cannot see what it means.");
  if (preview.omitted_bytes > 0) list.push(`The last ${bytes(preview.omitted_bytes)} of the body are not shown.`);
  return list.map((text) => element("p", { className: "warning", role: "note" }, text));
}

function told(report) {
  const hidden = report.findings.filter((finding) => !finding.in_place && !finding.placeholder && !finding.allowed);
  const own = report.findings.filter((finding) => finding.in_place);
  const sentences = [];
  if (hidden.length > 0) sentences.push(`Found and hidden before sending: ${kinds(hidden)}.`);
  if (own.length > 0) sentences.push(`Sent as the call’s own credential, not shown: ${kinds(own)}.`);
  return sentences.length > 0 ? element("p", { className: "told" }, agentText(sentences.join(" "))) : null;
}

function kinds(findings) {
  const counts = new Map();
  for (const { rule_id: rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => (count === 1 ? rule : `${count} × ${rule}`)).join(", ");
}

function headers(preview) {
  if (preview.headers.length === 0) return null;
  const rows = preview.headers.flatMap(([name, value]) => [
    element("dt", {}, agentText(name)),
    element("dd", { dir: "ltr" }, agentText(value)),
  ]);
  return element(
    "details",
    { className: "part", open: preview.headers.length <= 8 },
    element("summary", {}, `Headers (${preview.headers.length})`),
    element("dl", { className: "fields mono" }, ...rows),
  );
}

function body(preview) {
  if (preview.body_bytes === 0) return element("p", { className: "told" }, "No body.");
  const text = element("pre", { className: "body", tabIndex: 0, dir: "ltr" }, agentText(preview.body, { lines: true }));
  const title = element("div", { className: "part-title" }, element("h3", {}, `Body, ${bytes(preview.body_bytes)}`));
  const formatted = preview.body_encoding === "utf8" && preview.omitted_bytes === 0 ? formattedJson(preview.body) : undefined;
  if (formatted !== undefined) title.append(viewSwitch(text, preview.body, formatted));
  return element("div", { className: "part" }, title, text);
}

function viewSwitch(text, exact, formatted) {
  const buttons = [
    ["Exact", exact],
    ["Formatted", formatted],
  ].map(([label, content]) => {
    const button = element("button", { type: "button" }, label);
    button.setAttribute("aria-pressed", String(content === exact));
    button.addEventListener("click", () => {
      text.replaceChildren(agentText(content, { lines: true }));
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
    return button;
  });
  return element("div", { className: "switch", role: "group", ariaLabel: "How the body is shown" }, ...buttons);
}

function digest(approval) {
  const [, stated] = /^client:(.*)$/.exec(approval.digest) ?? [];
  // What an approval is for may say besides whose credential the call bears.
  const exact = approval.digest.replace(/^held:.*:/, "");
  const text = stated === undefined ? `SHA-256 of the exact request  ${exact}` : `SHA-256, as the client states it  ${stated}`;
  return element("p", { className: "digest" }, agentText(text));
}
