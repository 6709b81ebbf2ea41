/** Fields of the JSON objects that people send, checked: what is not understood is refused, not left out. */

import { redactText } from "../../engine.js";
import type { Fields } from "../json-object.js";
import { recordedLabel } from "../recorded.js";
import { invalid } from "../reply.js";
import type { Judgement } from "../store/store.js";

const MAX_NOTE_LENGTH = 1000;
const MAX_REASON_LENGTH = 100;

/** `note` and `reason` as they are stored; throws a 400 that names the field. */
export function words(fields: Fields): Pick<Judgement, "note" | "reason"> {
  const noted = note(fields);
  const reason = text(fields, "reason", MAX_REASON_LENGTH);
  return { note: noted, reason: reason === null || reason === "" ? null : recordedLabel(reason) };
}

/** `note` as it is stored; throws a 400 for what is none. */
export function note(fields: Fields): string | null {
  const given = text(fields, "note", MAX_NOTE_LENGTH);
  return given === null ? null : redactText(given);
}

function text(fields: Fields, name: string, most: number): string | null {
  const value = fields[name] ?? null;
  if (value === null || (typeof value === "string" && value.length <= most)) return value;
  throw invalid(name, `must be a text of at most ${most} characters`);
}

/** A whole number, which has to be given where there is none to take `otherwise`; throws a 400 that names the field. */
export function whole(fields: Fields, name: string, least: number, most: number, otherwise?: number): number {
  const value = fields[name] ?? otherwise;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(name, `must be a whole number from ${least} to ${most}`);
}
