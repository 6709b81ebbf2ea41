// Words to the person: a notice above the page, and what is only said to a screen reader.
import { byId } from "../parts/dom.js";

/** Shows a notice; `kind` is `good`, `bad` or nothing. */
export function notice(text, kind = "") {
  const node = byId("notice");
  node.textContent = text;
  node.className = `notice ${kind}`;
  node.hidden = false;
}

export function clearNotice() {
  byId("notice").hidden = true;
}

/** Says something politely to whoever listens instead of looking. */
export function announce(text) {
  byId("announcements").textContent = text;
}
