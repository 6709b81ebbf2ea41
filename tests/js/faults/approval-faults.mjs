// What can go wrong while a call waits for a person, and when what the person allowed is used. Nothing of this sends anything.

import { APPROVAL, http } from "./raw-gateway.mjs";

const approved = (changes) => ({ approval_id: APPROVAL, status: "approved", remaining_seconds: 600, ...changes });

const POLLS = {
  "status executed": approved({ status: "executed" }),
  "status in upper case": approved({ status: "APPROVED" }),
  "status null": approved({ status: null }),
  "status unknown": approved({ status: "ok" }),
  "status in an array": approved({ status: ["approved"] }),
  "approved, and decision DENY": approved({ decision: "DENY" }),
  "approved, and decision denied": approved({ decision: "denied" }),
  "approved, and decision a number": approved({ decision: 1 }),
  "another approval's id": approved({ approval_id: "a-2" }),
  "no id": approved({ approval_id: undefined }),
  "approved, no time left": approved({ remaining_seconds: 0 }),
  "approved, time over": approved({ remaining_seconds: -5 }),
  "approved, expired long ago": approved({ remaining_seconds: undefined, expires_at: "2020-01-01T00:00:00.000Z" }),
  "approved twice": `{"status":"denied",${JSON.stringify(approved({})).slice(1)}`,
  "in an array": [approved({})],
  "not JSON": "approved",
  empty: "",
  "pending for ever": approved({ status: "pending" }),
  denied: approved({ status: "denied" }),
  expired: approved({ status: "expired" }),
};

const CONSUMES = {
  "another approval's id": { approval_id: "a-2", status: "executed" },
  "no id": { status: "executed" },
  "status approved": { approval_id: APPROVAL, status: "approved" },
  "no status": { approval_id: APPROVAL },
  "executed twice": `{"status":"denied","approval_id":"${APPROVAL}","status":"executed"}`,
  empty: "",
  "not JSON": "executed",
};

/** Each with a body that says approved, or executed. */
const STATUSES = {
  poll: [201, 202, 204, 304, 400, 401, 403, 404, 410, 429, 500, 503],
  consume: [201, 202, 204, 400, 401, 403, 404, 409, 410, 429, 500, 503],
};

/** Ends with the client's own deadline. */
const HANGS = "no answer";

const CONNECTION = {
  closed: (socket) => socket.end(),
  reset: (socket) => socket.resetAndDestroy(),
  [HANGS]: () => {},
  "cut off": (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"approval_id":"a-1",'),
  "redirect to another host": (socket, { elsewhere, right }) =>
    socket.end(http(right, { status: 307, headers: { location: `${elsewhere}/` } })),
};

const named = (step, entries) => entries.map(([name, serve]) => [`${step}: ${name}`, { step, hangs: name === HANGS, serve }]);
const bodies = (table) => Object.entries(table).map(([name, body]) => [name, (socket) => socket.end(http(body))]);
const statuses = (list) =>
  list.map((status) => [
    `status ${status}`,
    (socket, { right }) =>
      socket.end(
        [204, 304].includes(status) ? http("", { status, headers: { "content-length": undefined } }) : http(right, { status }),
      ),
  ]);

/** Name → `{ step, serve }`. */
export const approvalFaults = Object.fromEntries([
  ...named("poll", [...bodies(POLLS), ...statuses(STATUSES.poll), ...Object.entries(CONNECTION)]),
  ...named("consume", [...bodies(CONSUMES), ...statuses(STATUSES.consume), ...Object.entries(CONNECTION)]),
]);
