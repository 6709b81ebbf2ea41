// Faults × what to do about them × runtimes. Whether a call was sent is asked of the server that it would have reached.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freePort } from "../gateway/running.mjs";
import { awsKey, LOCAL, ssn } from "../portable/values.mjs";
import { startServer } from "../replay/server.mjs";
import { answerFaults } from "./answer-faults.mjs";
import { approvalFaults } from "./approval-faults.mjs";
import { startRawGateway } from "./raw-gateway.mjs";
import { onRuntime, RUNTIMES, row } from "./runtimes.mjs";
import { transportFaults } from "./transport-faults.mjs";

const FAULTS = Object.entries({ ...transportFaults, ...answerFaults, ...approvalFaults }).map(([name, fault], at) => ({
  ...{ name, path: `f${at}`, step: "scan" },
  ...fault,
}));

const NOTE = { note: "hello", list: [1, { a: "b" }] };
const HOLD = { name: "hold", rules: [{ rule_id: "hold", action: "REQUIRE_APPROVAL" }] };

/** What a client is told to do about faults, what it sends, and what the server may see of it under a fault that opens. */
const MODES = {
  closed: { failMode: "closed", body: () => NOTE },
  open: { failMode: "open", body: () => NOTE, opens: JSON.stringify(NOTE) },
  "open, held here": { failMode: "open", body: () => NOTE, policy: HOLD },
  "open, denied here": { failMode: "open", body: () => ({ ...NOTE, note: awsKey() }) },
  "open, redacted here": {
    ...{ failMode: "open", body: () => ({ ...NOTE, note: ssn() }) },
    opens: JSON.stringify({ ...NOTE, note: "[US_SSN:1]" }),
  },
};

let [gateway, server, closedPort] = [];
const cells = new Map();

before(async () => {
  [gateway, server, closedPort] = await Promise.all([startRawGateway(FAULTS), startServer(), freePort()]);
});
after(() => {
  gateway.stop();
  server.stop();
});

function gatewayUrl({ path, port }, id) {
  if (port === "closed") return `http://127.0.0.1:${closedPort}`;
  return `${port === "https" ? gateway.base.replace("http:", "https:") : gateway.base}/${path}/${id}`;
}

/** One call for every fault and mode. */
function callsOn(runtime) {
  return FAULTS.flatMap((fault, at) =>
    Object.entries(MODES).map(([mode, { failMode, policy, body }], column) => {
      const id = `${runtime}-${at}-${column}`;
      // Where an answer comes, a deadline that passes on a slow machine would be another fault.
      const timeoutMs = !fault.hangs ? 20_000 : fault.step === "scan" ? 400 : 4_000;
      const times = { timeoutMs, maxRetries: 0, approvalTimeoutMs: 6_000 };
      const options = { ...LOCAL, ...times, env: {}, gatewayUrl: gatewayUrl(fault, id), failMode, ...(policy && { policy }) };
      return { id, fault, mode, url: `${server.base}/echo?id=${id}`, body: JSON.stringify(body()), options };
    }),
  );
}

async function received(id) {
  return (await (await fetch(`${server.base}/__log?id=${id}`)).json()).map(({ body }) => body);
}

for (const runtime of RUNTIMES) {
  test(`faults on ${runtime}`, async (t) => {
    const calls = callsOn(runtime);
    const results = await onRuntime(t, runtime, { program: "tests/js/faults/calls.mjs", calls });
    if (results === undefined) return;
    const ends = new Map(results.map(({ id, ended }) => [id, ended]));
    assert.equal(ends.size, calls.length);
    const wrong = [];
    for (const { id, fault, mode } of calls) {
      const sent = await received(id);
      const ended = ends.get(id);
      const problem = problemOf(fault, MODES[mode], sent, ended);
      if (problem) wrong.push(`${fault.name} × ${mode}: ${problem} (${ended}, ${sent.length} received)`);
      const cell = `${fault.name}/${mode}`;
      cells.set(cell, { ...cells.get(cell), [runtime]: problem ? "WRONG" : sent.length > 0 ? "sent" : "refused" });
    }
    assert.deepEqual(wrong, []);
    assert.equal(gateway.seen.elsewhere, 0, "a redirect of the gateway was followed");
  });
}

function problemOf({ opens, may }, { opens: expected }, sent, ended) {
  if (sent.length === 0) {
    if (opens && !may && expected !== undefined) return "refused, though the fault leaves it to the local verdict";
    return /^ERR_INTERVEN_/.test(ended) ? undefined : "not an error of this package";
  }
  if (!opens || expected === undefined) return "sent";
  return sent.length === 1 && sent[0] === expected ? undefined : "sent, but not what was scanned";
}

test("the matrix is whole", () => {
  assert.ok(FAULTS.length >= 40, `only ${FAULTS.length} faults`);
  row(`${FAULTS.length} faults of a gateway, on ${RUNTIMES.join(", ")}`, ...Object.keys(MODES));
  row("---", ...Object.keys(MODES).map(() => "---"));
  for (const { name } of FAULTS) row(name, ...Object.keys(MODES).map((mode) => summary(cells.get(`${name}/${mode}`) ?? {})));
  const all = [...cells].flatMap(([cell, by]) => Object.values(by).map((end) => [cell.endsWith("/closed"), end]));
  const closed = all.filter(([isClosed]) => isClosed);
  row(
    `under closed: ${closed.length} calls, ${closed.filter(([, end]) => end !== "refused").length} sent`,
    ...Object.keys(MODES).map(() => ""),
  );
  assert.ok(closed.length > 0);
});

/** One word where all runtimes agree. */
function summary(by) {
  const ends = [...new Set(Object.values(by))];
  if (ends.length <= 1) return ends[0] ?? "not run";
  return Object.entries(by)
    .map(([runtime, end]) => `${runtime} ${end}`)
    .join(", ");
}
