// Whole answers that are none. Nothing of this opens anything, in any mode.

import { ALLOWED, http } from "./raw-gateway.mjs";

const text = JSON.stringify(ALLOWED);
const but = (changes) => ({ ...ALLOWED, ...changes });
const without = (name) => Object.fromEntries(Object.entries(ALLOWED).filter(([key]) => key !== name));
const FULL_WIDTH = Array.from("ALLOW", (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join("");
const sanitize = (body) => but({ decision: "SANITIZE", sanitized_body: body });
const held = (id) => but({ decision: "REQUIRE_APPROVAL", approval_id: id });

/** Statuses that say neither "this is the answer" nor "ask again", each with a body that allows. */
const STATUSES = [
  ...[201, 202, 203, 204, 205, 206, 300, 304, 305, 399],
  ...[400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 415, 418, 422, 425, 431, 451, 499],
];
const BODILESS = [204, 205, 304];

const BODIES = {
  "an empty body": "",
  spaces: "  \n ",
  HTML: "<html>ALLOW</html>",
  null: "null",
  true: "true",
  "a number": "1",
  "a string": '"ALLOW"',
  "an array": `[${text}]`,
  "an empty object": "{}",
  "JSON cut off": text.slice(0, -1),
  "text after the JSON": `${text}x`,
  "two answers": text + text,
  "two answers on two lines": `${text}\n${text}`,
  "a comment": `/* */${text}`,
  "single quotes": text.replaceAll('"', "'"),
  "a comma too many": text.replace("}", ",}"),
  "UTF-16": Buffer.from(text, "utf16le"),
  "bytes that are no UTF-8": Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from(`",${text.slice(1)}`)]),
  "100,000 levels": `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  "100,000 levels beside the decision": `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)},${text.slice(1)}`,
  "9 MiB": text.padEnd(9 * 1_048_576),
  "DENY and ALLOW": `{"decision":"DENY",${text.slice(1)}`,
  "ALLOW and DENY": `${text.slice(0, -1)},"decision":"DENY"}`,
  "ALLOW twice": `{"decision":"ALLOW",${text.slice(1)}`,
  "the same key with an escape": `{"\\u0064ecision":"DENY",${text.slice(1)}`,
  "a key twice further in": `{"x":{"a":1,"a":2},${text.slice(1)}`,
  "content-length too short": undefined,
  "an event stream": `data: ${text}\n\n`,
};

const DECISIONS = {
  "no decision": without("decision"),
  "decision null": but({ decision: null }),
  "decision empty": but({ decision: "" }),
  "decision in lower case": but({ decision: "allow" }),
  "decision in title case": but({ decision: "Allow" }),
  "a space after the decision": but({ decision: "ALLOW " }),
  "a NUL after the decision": but({ decision: "ALLOW\0" }),
  "full-width letters": but({ decision: FULL_WIDTH }),
  "a Cyrillic letter": but({ decision: "\u0410LLOW" }),
  "decision in an array": but({ decision: ["ALLOW"] }),
  "decision in an object": but({ decision: { value: "ALLOW" } }),
  "decision true": but({ decision: true }),
  "decision 1": but({ decision: 1 }),
  "an unknown decision": but({ decision: "PERMIT" }),
  "another name for DENY": but({ decision: "BLOCK" }),
  "two decisions in one": but({ decision: "ALLOW,DENY" }),
  "decision in a field of its own": { result: ALLOWED, ...without("decision") },
};

const FIELDS = {
  "risk_score null": but({ risk_score: null }),
  "no risk_score": without("risk_score"),
  "risk_score a string": but({ risk_score: "0" }),
  "risk_score NaN": text.replace('"risk_score":0', '"risk_score":NaN'),
  "reason_codes integers": but({ reason_codes: [1] }),
  "reason_codes null": but({ reason_codes: null }),
  "reason_codes a string": but({ reason_codes: "NONE" }),
  "no reason_codes": without("reason_codes"),
  "trace_id a number": but({ trace_id: 7 }),
  "approval_id a number beside ALLOW": but({ approval_id: 7 }),
};

const SANITIZED = {
  "SANITIZE without a body": but({ decision: "SANITIZE" }),
  "SANITIZE, null": sanitize(null),
  "SANITIZE, a string for an object": sanitize("hello"),
  "SANITIZE, an array for an object": sanitize([]),
  "SANITIZE, an empty object": sanitize({}),
  "SANITIZE, other keys": sanitize({ command: "delete" }),
  "SANITIZE, a key too many": sanitize({ note: "hello", list: [1, { a: "b" }], to: "elsewhere" }),
  "SANITIZE, a key too few": sanitize({ note: "hello" }),
  "SANITIZE, a list that is longer": sanitize({ note: "hello", list: [1, { a: "b" }, 2] }),
  "SANITIZE, an object for a text": sanitize({ note: { x: 1 }, list: [1, { a: "b" }] }),
  "SANITIZE, ALLOW with other keys": but({ sanitized_body: { command: "delete" } }),
};

const HELD = {
  "approval without an id": but({ decision: "REQUIRE_APPROVAL" }),
  "approval, empty id": held(""),
  "approval, id null": held(null),
  "approval, id a number": held(7),
  "approval, id with a path": held("../../v1/keys"),
  "approval, id with a slash": held("a-1/b"),
  "approval, id with an escape": held("a-1%2f..%2fb"),
  "approval, id with a query": held("a-1?x="),
  "approval, id with a line break": held("a-1\r\nx: y"),
  "approval, id of 10,000 letters": held("a".repeat(10_000)),
};

const answers = (table) =>
  Object.entries(table).map(([name, body]) => [
    name,
    { serve: (socket) => socket.end(body === undefined ? http(text, { headers: { "content-length": 20 } }) : http(body)) },
  ]);

/** Redirects lead to a host that allows everything. */
const redirects = [301, 302, 303, 307, 308].map((status) => [
  `redirect ${status} to another host`,
  { serve: (socket, { elsewhere }) => socket.end(http(text, { status, headers: { location: `${elsewhere}/v1/scan` } })) },
]);

const statuses = STATUSES.map((status) => [
  `status ${status}${BODILESS.includes(status) ? "" : ", body allows"}`,
  {
    serve: (socket, { right }) =>
      socket.end(
        BODILESS.includes(status) ? http("", { status, headers: { "content-length": undefined } }) : http(right, { status }),
      ),
  },
]);

/** Name → `{ serve }`. */
export const answerFaults = Object.fromEntries([
  ...statuses,
  ...redirects,
  ...[BODIES, DECISIONS, FIELDS, SANITIZED, HELD].flatMap(answers),
]);
