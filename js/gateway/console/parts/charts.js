// Small drawings of numbers, each with a sentence that says the same and a table that holds it.
import { drawn, element } from "./dom.js";
import { whole } from "./format.js";

let number = 0;

/**
 * Stacked bars over time. `steps` are `{ label, values: [{ name, className, count }] }`; `said` is the sentence, `ends` the
 * labels below, from left to right.
 */
export function stackedBars({ steps, said, ends, columns }) {
  const most = Math.max(1, ...steps.map(total));
  const bars = steps.map((step, index) => {
    let top = 100;
    const parts = step.values
      .filter(({ count }) => count > 0)
      .map(({ className, count }) => {
        // Something never looks like nothing.
        const height = Math.max(1.2, (count / most) * 100);
        top -= height;
        return drawn("rect", { class: className, x: index + 0.14, width: 0.72, y: Math.max(0, top), height });
      });
    return drawn(
      "g",
      {},
      drawn("title", {}, `${step.label}: ${step.values.map(({ name, count }) => `${count} ${name}`).join(", ")}`),
      drawn("rect", { class: "hit", x: index, width: 1, y: 0, height: 100 }),
      ...parts,
    );
  });
  const grid = [0, 50, 100].map((y) => drawn("line", { class: "grid", x1: 0, x2: steps.length, y1: y, y2: y }));
  const drawing = drawn(
    "svg",
    { viewBox: `0 0 ${steps.length} 100`, preserveAspectRatio: "none", class: "bars" },
    ...grid,
    ...bars,
  );
  return chart({
    said,
    drawing: element(
      "div",
      { className: "plot" },
      element("span", { className: "scale" }, whole(most)),
      drawing,
      element("div", { className: "ends" }, ...ends.map((text) => element("span", {}, text))),
    ),
    head: ["Time", ...columns],
    rows: steps.filter((step) => total(step) > 0).map((step) => [step.label, ...step.values.map(({ count }) => whole(count))]),
  });
}

/** Bars that lie; `items` are `{ label, count, className? }`. */
export function lyingBars({ items, said, head }) {
  const most = Math.max(1, ...items.map(({ count }) => count));
  const rows = items.map(({ label, count, className = "" }) =>
    element(
      "div",
      { className: "lying" },
      element("span", { className: "name" }, label),
      element("span", { className: "amount" }, whole(count)),
      bar(count / most, className),
    ),
  );
  return chart({
    said,
    drawing: element("div", { className: "plot" }, ...rows),
    head,
    rows: items.map(({ label, count }) => [typeof label === "string" ? label : label.cloneNode(true), whole(count)]),
  });
}

/** A bar that lies, filled to this part of it, from 0 to 1; whoever cannot see it has the number beside it. */
export function bar(part, className = "") {
  return drawn(
    "svg",
    { viewBox: "0 0 100 6", preserveAspectRatio: "none", class: className, "aria-hidden": "true" },
    drawn("rect", { class: "rail", width: 100, height: 6 }),
    drawn("rect", { class: "fill", width: part * 100, height: 6 }),
  );
}

const total = (step) => step.values.reduce((sum, { count }) => sum + count, 0);

function chart({ said, drawing, head, rows }) {
  const id = `chart-${++number}`;
  const label = (text) => element("th", { scope: "col" }, text);
  const inside = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head.map(label))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))))),
  );
  // Whoever cannot see the drawing has the sentence and the table.
  drawing.setAttribute("aria-hidden", "true");
  return element(
    "figure",
    { className: "chart", "aria-labelledby": id },
    drawing,
    element("figcaption", { id }, said),
    element(
      "details",
      {},
      element("summary", {}, "As a table"),
      element("div", { className: "scroll table", tabIndex: 0, role: "group", ariaLabel: "Table of the chart" }, inside),
    ),
  );
}
