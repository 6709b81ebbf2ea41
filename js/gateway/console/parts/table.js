// Tables that stay readable on a phone, where each row becomes a card.
import { element } from "./dom.js";

/**
 * A table; `columns` are `{ label, cell(item), className? }`, and a cell is a string, a node or a list of them.
 * Roles are named because a table that is laid out as cards is none for the browser.
 */
export function table(caption, columns, items) {
  const head = columns.map(({ label, className = "" }) =>
    element(
      "th",
      { scope: "col", className, role: "columnheader" },
      label === "" ? element("span", { className: "unseen" }, "Actions") : label,
    ),
  );
  const rows = items.map((item) =>
    element(
      "tr",
      { role: "row" },
      ...columns.map(({ label, cell, className = "" }) =>
        element("td", { className, role: "cell", "data-label": label }, element("div", {}, cell(item))),
      ),
    ),
  );
  return element(
    "div",
    { className: "scroll" },
    element(
      "table",
      { className: "stacks", role: "table" },
      element("caption", { className: "unseen" }, caption),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)),
      element("tbody", { role: "rowgroup" }, ...rows),
    ),
  );
}

/** Names with values, in two columns; empty values are left out. */
export function fields(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return element(
    "dl",
    { className: "fields" },
    ...shown.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

/** A card with a title; `end` stands at the right of it. */
export function card(title, content, { end = null, className = "" } = {}) {
  const id = `title-${++count}`;
  const heading = element("h2", { id }, title);
  const bar = element("div", { className: "title" }, heading, end && element("div", { className: "end" }, end));
  return element("section", { className: `card ${className}`, "aria-labelledby": id }, bar, content);
}

let count = 0;
