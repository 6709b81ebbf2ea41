// What a person says along with a decision.
import { element } from "../parts/dom.js";

/** Words that can be counted, and how they are read. */
export const REASONS = {
  not_expected: "Not expected",
  wrong_recipient: "Wrong recipient",
  too_much_data: "Too much data",
  suspicious: "Suspicious",
};

/** A choice of one reason, or none. */
export function reasonChoice() {
  const options = Object.entries({ "": "None", ...REASONS }).map(([value, label]) => element("option", { value }, label));
  return element(
    "div",
    { className: "field" },
    element("label", { htmlFor: "denial-reason" }, "Reason (optional)"),
    element("select", { id: "denial-reason", name: "reason" }, ...options),
  );
}

/** `note` and `reason` as the API takes them: what is empty is left out. */
export const said = (words) => Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== ""));
