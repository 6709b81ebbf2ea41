/** JSON objects that are sent to the gateway: a name that stands twice, and one that is not known, are refused and never left out. */
import { isRecord } from "../record.js";
import { DuplicateMemberError, topLevelMembers } from "./members.js";
import { recordedLabel } from "./recorded.js";
import { invalid, Refusal } from "./reply.js";

/** The fields of an object. */
export type Fields = Record<string, unknown>;

/** An object, and the source text of each of its members, so that what is scanned are the very bytes that arrived. */
export interface JsonObject {
  fields: Fields;
  members: Map<string, string>;
}

/** Reads one; throws a 400, with `expected` for JSON that is no object and `notJson` for what is no JSON. */
export function jsonObject(text: string, expected: string, notJson = expected): JsonObject {
  let problem = expected;
  try {
    const fields: unknown = JSON.parse(text);
    if (isRecord(fields)) return { fields, members: topLevelMembers(text) };
  } catch (error) {
    if (error instanceof DuplicateMemberError) throw invalid(error.member, "is given twice");
    problem = notJson;
  }
  throw new Refusal(400, "INVALID_REQUEST", problem);
}

/** A text that is stored and shown as it is; throws a 400 for one that is empty, too long, or would have to be redacted. */
export function shownText(value: unknown, name: string, most: number): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > most)
    throw invalid(name, `must be a text of 1 to ${most} characters`);
  refuseHidden(value, name);
  return value;
}

/** Throws a 400 for what would have to be redacted wherever it is stored and shown. */
export function refuseHidden(value: string, name: string): void {
  if (recordedLabel(value) !== value)
    throw invalid(name, "is stored and shown: it may hold no secret, e-mail address or other personal data");
}

/** Throws a 400 for a field that is not in `names`; `within` names the object that the fields are of, such as `agent.`. */
export function onlyKnown(fields: Fields, names: readonly string[], within = ""): void {
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const known = names.length > 0 ? `is not known here; there are ${names.join(", ")}` : "is not known here";
  throw invalid(`${within}${recordedLabel(unknown)}`, known);
}
