// Two texts, line by line.
import { agentText, element } from "../parts/dom.js";

const MOST_LINES = 3000;
const CONTEXT = 3;

/** Lines as `{ sign, text }`: `-` of the first text alone, `+` of the second, a space for both. */
export function differences(before, after) {
  const [one, other] = [before.split("\n"), after.split("\n")];
  if (one.length * other.length > MOST_LINES ** 2)
    return [...one.map((text) => ({ sign: "-", text })), ...other.map((text) => ({ sign: "+", text }))];
  // Lengths of what both have in common from each pair of lines on.
  const width = other.length + 1;
  const common = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      common[i * width + j] =
        one[i] === other[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const lines = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      lines.push({ sign: " ", text: one[i] });
      i++;
      j++;
    } else if (i < one.length && (j === other.length || common[(i + 1) * width + j] >= common[i * width + j + 1]))
      lines.push({ sign: "-", text: one[i++] });
    else lines.push({ sign: "+", text: other[j++] });
  }
  return lines;
}

const SAID = { "-": "removed: ", "+": "added: " };

export function differenceView(before, after, title) {
  const lines = differences(before, after);
  const near = (index) => lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== " ");
  const rows = [];
  for (const [index, { sign, text }] of lines.entries()) {
    if (!near(index)) {
      if (index === 0 || near(index - 1)) rows.push(element("span", { className: "gap" }, "⋯\n"));
      continue;
    }
    const className = sign === "+" ? "added" : sign === "-" ? "removed" : "";
    rows.push(
      element(
        "span",
        { className },
        element("span", { className: "unseen" }, SAID[sign] ?? ""),
        `${sign} `,
        agentText(text, { lines: true }),
        "\n",
      ),
    );
  }
  const same = lines.every(({ sign }) => sign === " ");
  return element(
    "div",
    { className: "pad stack" },
    element("h3", { tabIndex: -1 }, title),
    same
      ? element("p", { className: "muted" }, "They are the same.")
      : element("pre", { className: "difference", tabIndex: 0 }, ...rows),
  );
}
