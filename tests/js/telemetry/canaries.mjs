// Values that must not be told to anybody, one for every place that a call has.

import { awsKey } from "../portable/values.mjs";

/** Each is found by no rule, as payload mostly is; but for `key`. */
export const canaries = {
  key: awsKey(),
  ...Object.fromEntries(
    ["user", "path", "query", "fragment", "headerName", "headerValue", "body", "field", "method", "apiKey", "secret", "token"]
      .concat(["answerBody", "answerReason", "answerHeader", "cause", "response", "location", "argument", "upstream"])
      .map((place, index) => [place, `canary${"abcdefghijklmnopqrstuvwxyz"[index]}${index}zebra${place.toLowerCase()}`]),
  ),
};

/** The places of those that a text tells, in any of the usual writings. */
export function told(text) {
  const lower = text.toLowerCase();
  const writings = (value) => [value, Buffer.from(value).toString("base64").slice(0, 16), Buffer.from(value).toString("hex")];
  return Object.entries(canaries)
    .filter(([, value]) => writings(value).some((writing) => lower.includes(writing.toLowerCase())))
    .map(([place]) => place);
}
