// Putting a request aside: it comes back by itself, before it expires.
import { ask } from "../parts/dialog.js";
import { element } from "../parts/dom.js";
import { clockTime, span } from "../parts/format.js";
import { call } from "../shell/api.js";
import { notice } from "../shell/notices.js";

const MINUTES = [10, 30, 60, 240, 720];

/** Asks until when, and does it; resolves to the approval as it is then, or to nothing. */
export async function askUntilWhen({ approval_id: id, expires_at: expires }) {
  const left = (Date.parse(expires) - Date.now()) / 60_000;
  const choices = MINUTES.filter((minutes) => minutes < left);
  if (choices.length === 0) {
    notice("It expires too soon to be put aside. Let it wait longer first.", "bad");
    return undefined;
  }
  const options = choices.map((minutes) => element("option", { value: String(minutes * 60) }, span(minutes * 60)));
  let moved;
  await ask({
    title: "Put this request aside?",
    content: [
      element("p", {}, "It comes back to the waiting ones by itself, and does not count among them meanwhile."),
      element(
        "div",
        { className: "field" },
        element("label", { htmlFor: "aside-for" }, "For"),
        element("select", { id: "aside-for", name: "seconds" }, ...options),
        element("span", { className: "muted small" }, `It expires at ${clockTime(expires)}.`),
      ),
    ],
    confirm: "Put it aside",
    submit: async (values) => {
      moved = await call(`/v1/approvals/${id}/defer`, { seconds: Number(values.get("seconds")) });
    },
  });
  return moved;
}
