// The list of pages at the side, or behind a button where the screen is narrow.
import { byId, element } from "../parts/dom.js";
import { icon } from "./icons.js";
import { link } from "./routes.js";

/** Makes the links; `pages` are `[name, { title }]`. */
export function showNavigation(pages) {
  const items = Object.entries(pages).map(([name, { title }]) =>
    element("li", {}, element("a", { href: link(name), id: `nav-${name}` }, icon(name), element("span", {}, title))),
  );
  byId("pages").replaceChildren(...items);
  byId("nav-approvals").append(element("span", { className: "badge", id: "pending-count", hidden: true }));
  const [side, menu] = [byId("side"), byId("menu")];
  const open = (state) => {
    side.classList.toggle("open", state);
    menu.setAttribute("aria-expanded", String(state));
  };
  menu.addEventListener("click", () => open(!side.classList.contains("open")));
  side.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !side.classList.contains("open")) return;
    open(false);
    menu.focus();
  });
  addEventListener("hashchange", () => open(false));
}

/** Marks the page that is shown. */
export function markCurrent(name) {
  for (const other of byId("pages").querySelectorAll("a")) {
    if (other.id === `nav-${name}`) other.setAttribute("aria-current", "page");
    else other.removeAttribute("aria-current");
  }
}

/** Says how many approvals wait. */
export function showPending(count) {
  const badge = byId("pending-count");
  badge.hidden = count === 0;
  badge.replaceChildren(String(count), element("span", { className: "unseen" }, " waiting"));
  const dot = byId("menu-count");
  dot.hidden = count === 0;
  dot.textContent = String(count);
}
