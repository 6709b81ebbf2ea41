// Results as BENCHMARKS.md.

import { cell } from "./units.mjs";

export function markdown(results) {
  const parts = [
    "# Benchmarks",
    "",
    "Written by `npm run bench -- --write`; `npm run bench -- NAME` runs one, and every run leaves its figures in",
    "`target/bench/NAME.json`. They hold for the machine that is named with them. Where two things are compared, both were",
    "measured in turns in one run: compare figures of one table only. `--quick` takes fewer and shorter rounds, `--peers` installs",
    "other tools to compare with.",
  ];
  for (const result of results) parts.push("", ...section(result));
  return `${parts.join("\n")}\n`;
}

function section({ name, about, machine, node, date, load, busy, quick, tables }) {
  const lines = [`## ${name}: ${about}`, "", `${machine}, Node.js ${node}, ${date.slice(0, 10)}.`];
  if (busy) lines.push(`The machine was busy with other work (load ${load}).`);
  if (quick) lines.push("A quick run: fewer and shorter rounds.");
  for (const { title, columns, rows, note } of tables) {
    lines.push("", `**${title}**`, "", row(columns), row(columns.map((_, index) => (index === 0 ? "---" : "---:"))));
    for (const values of rows) lines.push(row(values.map((value, index) => cell(value, columns[index]))));
    if (note) lines.push("", note);
  }
  return lines;
}

const row = (cells) => `| ${cells.join(" | ")} |`;
