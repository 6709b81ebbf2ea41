// A secret that was just made.
import { tell } from "../parts/dialog.js";
import { element } from "../parts/dom.js";
import { copyButton } from "../parts/states.js";

/** Shows it this once, under what is to be said of it. */
export function showSecret(title, secret, text) {
  tell({
    title,
    content: [
      element("p", {}, ...text),
      element("div", { className: "secret" }, element("code", { id: "new-key" }, secret), copyButton(secret)),
    ],
    close: "I have copied it",
  });
}
