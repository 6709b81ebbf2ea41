// Questions before something happens. Closing a dialog gives the focus back to where it was.
import { element } from "./dom.js";

let number = 0;

/**
 * Asks; resolves to the form's values by name, or to `null` when it is dismissed. `submit(values)` may throw, which is
 * shown in the dialog.
 */
export function ask({ title, content = [], confirm, danger = false, submit = async () => {} }) {
  const id = `dialog-${++number}`;
  const problem = element("p", { className: "error", role: "alert", hidden: true });
  const cancel = element("button", { type: "button" }, "Cancel");
  const accept = element("button", { type: "submit", className: danger ? "danger solid" : "primary" }, confirm);
  const form = element(
    "form",
    { className: "inside" },
    element("h2", { id }, title),
    ...content,
    problem,
    element("div", { className: "buttons" }, cancel, accept),
  );
  const dialog = element("dialog", { "aria-labelledby": id }, form);
  return new Promise((resolve) => {
    let values = null;
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = new FormData(form);
      accept.disabled = true;
      try {
        await submit(given);
        values = given;
        dialog.close();
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
        accept.disabled = false;
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(values);
    });
    open(dialog);
  });
}

/** Tells something, with a button that closes it. */
export function tell({ title, content, close = "Close" }) {
  const id = `dialog-${++number}`;
  const button = element("button", { type: "button", className: "primary" }, close);
  const dialog = element(
    "dialog",
    { "aria-labelledby": id },
    element(
      "div",
      { className: "inside" },
      element("h2", { id }, title),
      ...content,
      element("div", { className: "buttons" }, button),
    ),
  );
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  open(dialog);
  return dialog;
}

/** A labelled input of a form. */
export function input(label, properties, hint) {
  const id = `input-${++number}`;
  const { tag = "input", ...more } = properties;
  const node = element(tag, { id, autocomplete: "off", ...more });
  if (hint) node.setAttribute("aria-describedby", `${id}-hint`);
  return element(
    "div",
    { className: "field" },
    element("label", { htmlFor: id }, label),
    node,
    hint ? element("span", { className: "muted small", id: `${id}-hint` }, hint) : null,
  );
}

function open(dialog) {
  document.body.append(dialog);
  dialog.showModal();
}
