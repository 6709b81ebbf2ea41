// Words to the person: a notice above the page, and what is only said to a screen reader.
import { byId } from "../parts/dom.js";

let stays = false;

/** Shows a notice; `kind` is `good`, `bad` or nothing. With `next` it belongs to the page that is led to now. */
export function notice(text, kind = "", { next = false } = {}) {
  stays = next;
  const node = byId("notice");
  node.textContent = text;
  node.className = `notice ${kind}`;
  node.hidden = false;
}

export function clearNotice() {
  if (!stays) byId("notice").hidden = true;
  stays = false;
}

/** Says something politely to whoever listens instead of looking. */
export function announce(text) {
  byId("announcements").textContent = text;
}
