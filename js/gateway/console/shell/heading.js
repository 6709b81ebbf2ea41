// The head of a page: its title, what it is for, and what can be done there.
import { element } from "../parts/dom.js";

/** The title takes the focus when a link has led here. */
export function heading(title, { lead = null, end = [] } = {}) {
  return element(
    "header",
    { className: "heading" },
    element("div", {}, element("h1", { tabIndex: -1 }, title), lead && element("p", { className: "lead" }, lead)),
    end.length > 0 ? element("div", { className: "end" }, ...end) : null,
  );
}
