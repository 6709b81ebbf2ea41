// What is shown where there is nothing, nothing yet, or nothing but an error.
import { element } from "./dom.js";

export const loading = () => element("p", { className: "loading", role: "status" }, "Loading…");

/** Says why there is nothing, and what to run so that there is something. */
export function empty(title, text, command) {
  const parts = [element("h3", {}, title), element("p", {}, text)];
  if (command) parts.push(element("pre", { className: "sample", tabIndex: 0 }, command), copyButton(command, "Copy command"));
  return element("div", { className: "empty" }, ...parts);
}

/** An error with what to do about it, and a way to try again. */
export function failure(error, again) {
  const button = again && element("button", { type: "button", className: "small" }, "Try again");
  button?.addEventListener("click", again);
  return element(
    "div",
    { className: "empty", role: "alert" },
    element("h3", {}, "This could not be loaded"),
    element("p", {}, error.message),
    button,
  );
}

/** A failure where no card is around it. */
export const inCard = (node) => element("div", { className: "card" }, node);

/**
 * Reads a part of a page and shows it in `host`, unless `signal` says that the page is gone. `read` resolves to a node or a list
 * of them; where it throws, the failure is shown as `wrap` returns it.
 */
export function loader(host, signal, read, wrap = (node) => node) {
  const load = async () => {
    try {
      const shown = await read();
      if (!signal.aborted) host.replaceChildren(...[shown].flat());
    } catch (error) {
      if (!signal.aborted) host.replaceChildren(wrap(failure(error, load)));
    }
  };
  return load;
}

export function copyButton(text, label = "Copy") {
  const button = element("button", { type: "button", className: "small" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      // Browsers give the clipboard to pages of this machine and to https: only.
      button.textContent = "Select and copy it";
    }
  });
  return button;
}
