// Shows one page at a time, and tells it what happens while it is shown.

import { agents } from "../pages/agents.js";
import { approvals } from "../pages/approvals.js";
import { audit } from "../pages/audit.js";
import { decisions } from "../pages/decisions.js";
import { inbound } from "../pages/inbound.js";
import { keys } from "../pages/keys.js";
import { policies } from "../pages/policies.js";
import { settings } from "../pages/settings.js";
import { tools } from "../pages/tools.js";
import { trace } from "../pages/trace.js";
import { byId, element } from "../parts/dom.js";
import { failure } from "../parts/states.js";
import { markCurrent } from "./navigation.js";
import { clearNotice } from "./notices.js";
import { parse } from "./routes.js";

/** By the name in the address. A page is `{ title, show(host, context) }`; `show` answers what it wants to be told of. */
export const PAGES = { decisions, approvals, agents, keys, policies, tools, inbound, audit, settings };

let shown;

/** Shows what the address names; `focus` moves the focus to its heading, as after a click on a link. */
export async function showPage(shared, { focus = false } = {}) {
  const route = parse(location.hash);
  const name = Object.hasOwn(PAGES, route.page) ? route.page : "decisions";
  const page = name === "decisions" && route.id !== undefined ? trace : PAGES[name];
  markCurrent(name);
  if (shown?.page === page && shown.hooks?.route?.(route)) return;
  leave();
  clearNotice();
  const host = byId("page");
  const leaving = new AbortController();
  const own = { page, leaving, hooks: undefined, early: [] };
  shown = own;
  host.replaceChildren();
  if (focus) scrollTo(0, 0);
  setTitle(shared.pending.list.length);
  try {
    const hooks = (await page.show(host, { route, pending: shared.pending, signal: leaving.signal })) ?? {};
    if (own === shown) take(hooks);
  } catch (error) {
    if (own === shown) {
      take({});
      host.append(
        element(
          "div",
          { className: "card" },
          failure(error, () => void showPage(shared)),
        ),
      );
    }
  }
  if (own === shown && focus) {
    // A page may have led to something of its own.
    if (!host.contains(document.activeElement)) host.querySelector("h1")?.focus({ preventScroll: true });
  }
}

export function leave() {
  shown?.leaving.abort();
  shown = undefined;
}

/** Tells the shown page of an event, or of a stream that stands again (`open`); a page that is not ready is told when it is. */
export function tellPage(type, data) {
  if (shown?.hooks === undefined) shown?.early.push([type, data]);
  else shown.hooks[type]?.(data);
}

function take(hooks) {
  const { early } = shown;
  shown.hooks = hooks;
  for (const [type, data] of early) tellPage(type, data);
}

/** Offers a key to the shown page. */
export const offerKey = (key) => shown?.hooks?.key?.(key) === true;

export function setTitle(pending) {
  const title = shown ? `${shown.page.title} · interven` : "interven";
  document.title = pending > 0 ? `(${pending}) ${title}` : title;
}
