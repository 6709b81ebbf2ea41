// Builds elements from text only: nothing an agent wrote is ever parsed as markup.
import { pieces } from "./visible.js";

/** An element with properties and children; strings become text nodes. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text from an agent, with every character that does not show itself written out. */
export function agentText(text, { lines = false } = {}) {
  const fragment = document.createDocumentFragment();
  for (const piece of pieces(text, lines)) {
    fragment.append(
      piece.hidden ? element("span", { className: "codepoint", title: "invisible character" }, piece.text) : piece.text,
    );
  }
  return fragment;
}

/** The element with an id that the page is known to have. */
export const byId = (id) => document.getElementById(id);
