// A result as a table for a terminal.

import { cell } from "./units.mjs";

export function text({ tables, machine, node, load, busy }) {
  const lines = tables.flatMap(({ title, columns, rows, note }) => ["", title, ...grid(columns, rows), ...(note ? [note] : [])]);
  lines.push("", `${machine}, Node.js ${node}`);
  if (busy) lines.push(`The machine was busy (load ${load}): times are worse, and ratios less certain, than on an idle one.`);
  return `${lines.join("\n")}\n`;
}

function grid(columns, rows) {
  const cells = [columns, ...rows.map((row) => row.map((value, index) => cell(value, columns[index])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const pad = (value, index) => (index === 0 ? value.padEnd(widths[index]) : value.padStart(widths[index]));
  return cells.map((row) => `  ${row.map(pad).join("  ")}`);
}
