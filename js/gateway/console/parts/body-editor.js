// Another body for a call that waits. What is saved is shown anew, and only that can be approved.
import { call } from "../shell/api.js";
import { element } from "./dom.js";

/**
 * The part of a card where the body is changed, with nothing in it where it cannot be; `unsaved` tells of a change that
 * nobody sees yet, and `open` leads to the text.
 */
export function bodyEditor(approval, onSaved, onError) {
  const { preview, approval_id: id } = approval;
  if (preview.body_kind === undefined || preview.body_encoding !== "utf8" || preview.omitted_bytes > 0)
    return { nodes: [], unsaved: () => false, open: undefined };
  const text = element("textarea", { id: `body-${id}`, value: preview.body, rows: 6, spellcheck: false });
  const save = element("button", { type: "button" }, "Save the body");
  save.addEventListener("click", async () => {
    save.disabled = true;
    try {
      onSaved(await call(`/v1/approvals/${id}/edit`, { body: text.value }));
    } catch (error) {
      onError(error);
      save.disabled = false;
    }
  });
  const said = preview.edited_version === undefined ? "Change the body" : "Change the body again (it was changed)";
  const label = element("label", { htmlFor: text.id }, "Body. Placeholders stand for values that are hidden here.");
  const node = element("details", { className: "part edit" }, element("summary", {}, said), label, text, save);
  // A text area has line feeds only.
  const before = text.value;
  const open = () => {
    node.open = true;
    text.focus();
  };
  return { nodes: [node], unsaved: () => text.value !== before, open };
}
