// The fenced blocks of a Markdown file, each named by its heading, language and place: `Gateway / sh 2`.

import { readFileSync } from "node:fs";

/** Blocks in order. An indented block is not fenced and is only to be read. */
export function fencedBlocks(file) {
  const blocks = [];
  const counts = new Map();
  let [heading, open] = ["", undefined];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const fence = /^```(\S*)$/.exec(line);
    if (fence && open === undefined) open = { heading, language: fence[1], lines: [] };
    else if (fence) {
      const kind = `${open.heading} / ${open.language}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      blocks.push({ name: `${kind} ${counts.get(kind)}`, language: open.language, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  if (open !== undefined) throw new Error(`${file}: the last block is not closed`);
  return blocks;
}

/** Rows of the table whose first heading cell is `first`, as lists of cells. */
export function tableRows(file, first) {
  const lines = readFileSync(file, "utf8").split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  if (start < 0) throw new Error(`${file} has no table that begins with ${first}`);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** The texts in backticks outside of fenced blocks. */
export const codeIn = (text) => [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
