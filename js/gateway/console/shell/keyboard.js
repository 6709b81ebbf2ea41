// Keys that work everywhere. One key never sends, approves or denies anything.

import { tell } from "../parts/dialog.js";
import { element } from "../parts/dom.js";
import { link } from "./routes.js";

const PAGES = {
  d: "decisions",
  a: "approvals",
  g: "agents",
  k: "keys",
  u: "audit",
  p: "policies",
  t: "tools",
  i: "inbound",
  s: "settings",
};
const HELP = [
  ["?", "This help"],
  ["J K", "Next, previous request or row"],
  ["Enter", "Open the row"],
  ["A D E", "On a request: go to Approve, to Deny, to the body"],
  ["/", "Go to the filters"],
  ["G then D", "Decisions"],
  ["G then A", "Approvals"],
  ["G then G", "Agents"],
  ["G then K", "Keys"],
  ["G then U", "Audit"],
  ["G then P", "Policies"],
  ["G then T", "Tools"],
  ["G then I", "Inbound"],
  ["G then S", "Settings"],
];

let going = false;

/** Starts listening; `onKey(key)` is asked first and answers whether it has used the key. */
export function listenToKeys(onKey) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (document.querySelector("dialog[open]")) return;
    if (handle(event.key.toLowerCase(), onKey)) event.preventDefault();
  });
}

export function showHelp() {
  const rows = HELP.flatMap(([keys, text]) => [
    element(
      "dt",
      {},
      ...keys
        .split(" ")
        .map((key) => (key === "then" ? element("span", { className: "muted" }, " then ") : element("kbd", {}, key))),
    ),
    element("dd", {}, text),
  ]);
  tell({ title: "Keyboard", content: [element("dl", { className: "fields" }, ...rows)] });
}

function handle(key, onKey) {
  const afterG = going;
  going = false;
  if (afterG && PAGES[key]) {
    location.hash = link(PAGES[key]);
    return true;
  }
  if (onKey(key)) return true;
  if (key === "?") showHelp();
  else if (key === "g") going = true;
  else if (key === "/") return focus(document.querySelector("#page .filters input, #page .filters select"));
  else if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  else return false;
  return true;
}

/** Goes through what a page marks as its rows. */
function move(by) {
  const rows = [...document.querySelectorAll("#page [data-row]")].filter((row) => row.checkVisibility());
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  return focus(rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]);
}

function focus(node) {
  if (!node) return false;
  node.focus();
  node.scrollIntoView({ block: "nearest" });
  return true;
}
