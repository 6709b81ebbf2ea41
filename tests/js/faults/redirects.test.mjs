// 25 redirects: no hop that was not scanned, no credential to another origin.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startRecorder } from "./recorder.mjs";
import { onRuntime, RUNTIMES, row } from "./runtimes.mjs";

const cells = new Map();
let [server, other] = [];

before(async () => {
  const answer = (url) => {
    const status = Number(url.searchParams.get("status") ?? 200);
    if (url.pathname === "/loop") return { status, headers: { location: `${url.pathname}${url.search}` } };
    return url.pathname === "/go" ? { status, headers: { location: url.searchParams.get("to") } } : { status: 200, body: "here" };
  };
  [server, other] = [await startRecorder(answer), await startRecorder(answer)];
});
after(() => {
  server.stop();
  other.stop();
});

/** How each kind of place must end, and after how many hops. */
const ENDS = {
  "same host": ["status 200", 2],
  "new host": ["status 200", 2],
  "private address": ["ERR_INTERVEN_BLOCKED", 1],
  downgrade: ["ERR_INTERVEN_REDIRECT", 1],
  loop: ["ERR_INTERVEN_REDIRECT", 6],
};

function problemsOf({ status, where, id, start, ended, scanned, sent }, credentials) {
  const [end, hops] = ENDS[where];
  const problems = [];
  if (ended !== end) problems.push(`ended with ${ended}`);
  if (sent.length !== hops) problems.push(`${sent.length} hops`);
  const arrived = [...server.take(id), ...other.take(id)];
  const connected = where !== "private address" && where !== "downgrade";
  if (arrived.length !== (connected ? hops : 0)) problems.push(`${arrived.length} received`);
  for (const [at, hop] of sent.entries()) {
    const as = scanned[at];
    // Nothing is in a scan but `{}` where there is no body.
    const body = typeof as?.body === "string" ? as.body : "";
    if (as?.url !== hop.url || as.method !== hop.method || body !== hop.body) problems.push(`hop ${at + 1} was not scanned`);
    const keeps = at === 0 || status > 303;
    if ((hop.method === "POST") !== keeps || (hop.body === "hello") !== keeps)
      problems.push(`hop ${at + 1} has another method or body`);
  }
  const foreign = [...sent, ...arrived.map(({ url, headers }) => ({ url, headers: Object.fromEntries(headers) }))].filter(
    ({ url }) => new URL(url).origin !== new URL(start).origin,
  );
  if (where === "new host" && foreign.length !== 2) problems.push("the other host was not reached");
  for (const { headers } of foreign) {
    const carried = credentials.filter((name) => name in headers);
    if (carried.length > 0) problems.push(`${carried.join()} went to another origin`);
  }
  return problems;
}

for (const runtime of RUNTIMES) {
  test(`redirects on ${runtime}`, async (t) => {
    const job = { program: "tests/js/faults/redirects.mjs", server: server.base, otherServer: other.base, runtime };
    const given = await onRuntime(t, runtime, job);
    if (given === undefined) return;
    assert.equal(given.results.length, 25);
    const wrong = [];
    for (const result of given.results) {
      const problems = problemsOf(result, given.credentials);
      wrong.push(...problems.map((problem) => `${result.status} to ${result.where}: ${problem}`));
      const cell = `${result.status}/${result.where}`;
      const ended = problems.length > 0 ? "WRONG" : `${result.ended}, ${result.sent.length} sent`;
      cells.set(cell, new Set([...(cells.get(cell) ?? []), ended]));
    }
    assert.deepEqual(wrong, []);
  });
}

test("twenty-five cells", () => {
  const places = Object.keys(ENDS);
  row(`redirects, on ${RUNTIMES.join(", ")}`, ...places);
  row("---", ...places.map(() => "---"));
  for (const status of [301, 302, 303, 307, 308])
    row(status, ...places.map((where) => [...(cells.get(`${status}/${where}`) ?? [])].join(" or ")));
});
