/**
 * A message of an approval as an e-mail that only has to be sent: subject, text and HTML. The HTML fetches nothing, and
 * holds one link, to the console. What an agent has written is escaped, and its dots and colons are written in brackets, so
 * that no program makes links of it.
 */
import type { Approval } from "../store/store.js";
import { beginning } from "./readable.js";
import { type Summary, summarize } from "./summary.js";

const LONGEST_REQUEST = 4000;
const LONGEST_SUBJECT = 120;

/** An e-mail without addresses. */
export interface Email {
  subject: string;
  text: string;
  html: string;
}

/** Makes the e-mail. Without `preview` it does not say what the call holds. `link` is the approval in the console. */
export function email(approval: Approval, link: string, preview: boolean): Email {
  const told = summarize(approval, LONGEST_REQUEST);
  const summary: Summary = preview ? told : { ...told, request: "", warnings: [] };
  const [, agent = ""] = summary.facts[0] ?? [];
  return {
    subject: beginning(`[interven] ${summary.title}: ${unlinked(agent)}`, LONGEST_SUBJECT),
    text: plainText(summary, link),
    html: html(summary, link),
  };
}

function plainText({ title, outcome, facts, request, warnings }: Summary, link: string): string {
  const lines = [
    `${title}.`,
    unlinked(outcome),
    "",
    ...facts.map(([name, value]) => `${name}: ${unlinked(value)}`),
    ...(request === ""
      ? []
      : [
          "",
          ...unlinked(request)
            .split("\n")
            .map((line) => `> ${line}`),
        ]),
    ...(warnings.length > 0 ? ["", ...warnings] : []),
    "",
    `In the console: ${link}`,
  ];
  return `${lines.join("\n")}\n`;
}

function html({ title, outcome, facts, request, warnings }: Summary, link: string): string {
  const rows = facts.map(
    ([name, value]) => `<tr><th align="left" valign="top">${escaped(name)}</th><td>${escaped(unlinked(value))}</td></tr>`,
  );
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>`,
    `<h1 style="font-size:1.2em">${escaped(title)}</h1><p>${escaped(unlinked(outcome))}</p>`,
    `<table cellpadding="4">${rows.join("")}</table>`,
    request === "" ? "" : `<pre style="white-space:pre-wrap;word-break:break-word">${escaped(unlinked(request))}</pre>`,
    ...warnings.map((warning) => `<p>${escaped(warning)}</p>`),
    `<p><a href="${escaped(link)}">Open it in the console</a></p></body></html>\n`,
  ].join("");
}

/** Writes what a mail program would make a link of so that it makes none. */
function unlinked(text: string): string {
  return text
    .replace(/\.(?=\p{L})/gu, "[.]")
    .replace(/(?<=\b[A-Za-z][A-Za-z0-9+-]+):(?=\S)/g, "[:]")
    .replaceAll("@", "[@]");
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? "");
}
