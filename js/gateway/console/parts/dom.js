// Builds elements from text only: nothing an agent wrote is ever parsed as markup.
import { pieces } from "./visible.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties and children; strings become text nodes, `null` nothing. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...present(children));
  return node;
}

/** An element of a drawing. */
export function drawn(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...present(children));
  return node;
}

/** Text from an agent, with every character that does not show itself, or looks like another one, written out. */
export function agentText(text, { lines = false } = {}) {
  const fragment = document.createDocumentFragment();
  for (const piece of pieces(String(text), lines)) {
    fragment.append(
      piece.why === undefined ? piece.text : element("span", { className: "codepoint", title: piece.why }, piece.text),
    );
  }
  return fragment;
}

/** The element with an id that the page is known to have. */
export const byId = (id) => document.getElementById(id);

const present = (children) => children.flat().filter((child) => child !== null && child !== undefined && child !== false);
