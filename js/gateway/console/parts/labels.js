// The small marks of a row: when, what was decided, and words that say why.
import { agentText, element } from "./dom.js";
import { DECISIONS, dayTime, decisionLabel, fullTime } from "./format.js";

/** A time as `format` writes it; where that is not all of it, all of it is the title. */
export function timeOf(at, format = dayTime) {
  const whole = format === fullTime ? {} : { title: fullTime(at) };
  return element("time", { dateTime: at, ...whole }, format(at));
}

/** A word of an agent's or of a policy's. */
export const tag = (text) => element("span", { className: "tag" }, agentText(text));

/** Such words, in an element of this name. */
export const tags = (texts, name = "span") => element(name, { className: "tags" }, ...texts.map(tag));

/** A decision, in its colour. */
export function decisionPill(decision) {
  const look = DECISIONS.includes(decision) ? decision : "";
  return element("span", { className: `pill ${look}` }, decisionLabel(decision));
}
