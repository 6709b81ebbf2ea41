// Many take up the same call at once, and one sends it. INTERVEN_RACES sets how many calls, INTERVEN_RACERS how many for each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprovalUsedError, IntervenClient, MemoryApprovalStore } from "../../../dist/index.js";
import { HOLD_LOOPBACK, startUpstream } from "../gateway/running.mjs";
import { quickened } from "./quick.mjs";
import { started } from "./waiting.mjs";

const RACES = Number(process.env.INTERVEN_RACES ?? 12);
const RACERS = Number(process.env.INTERVEN_RACERS ?? 25);
const LONG = { timeout: 3_000_000 };

/** Long runs say how far they are. */
const said = (n, sent) => (n + 1) % 100 === 0 && console.log(`# ${n + 1} calls, ${sent} executions`);

/** One of the racers sends; the others learn that somebody has. */
async function race(takeUp) {
  const ends = await Promise.allSettled(Array.from({ length: RACERS }, (_, racer) => takeUp(racer)));
  const others = ends.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
  for (const reason of others) assert.ok(reason instanceof ApprovalUsedError, String(reason));
  assert.equal(others.length, RACERS - 1);
}

for (const [name, own] of [
  ["at a gateway", {}],
  ["at a gateway, with a store", { approvalStore: new MemoryApprovalStore() }],
])
  test(`${RACES} calls × ${RACERS} racers ${name}`, LONG, async (t) => {
    // So fast that one poll in two seconds, as the gateway allows, takes racers no time.
    const racing = { ...own, approvalTimeoutMs: 86_400_000 };
    const { upstream, client, call, waiting, approve } = await started(t, racing, quickened(500));
    // Made once: engines cost more than races.
    const clients = Array.from({ length: RACERS }, () => client());
    for (let n = 0; n < RACES; n++) {
      const pending = await waiting({ n });
      const token = await pending.toToken();
      await approve(pending);
      await race((racer) => clients[racer].resume(token, ...call({ n })));
      said(n, upstream.received.length);
    }
    assert.equal(upstream.received.length, RACES);
  });

test(`${RACES} calls × ${RACERS} racers without a gateway`, LONG, async (t) => {
  const upstream = await startUpstream(t);
  const options = { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], tokenKey: "k".repeat(32), waitForApprovals: false };
  const client = new IntervenClient({ ...options, approvalStore: new MemoryApprovalStore() });
  for (let n = 0; n < RACES; n++) {
    const { pending } = await client.fetch(`${upstream.url}/${n}`, { method: "POST", body: "once" }).catch((error) => error);
    const token = await pending.toToken({ payload: true });
    await client.approvals.approve(pending.approvalId);
    await race(() => client.resume(token));
    said(n, upstream.received.length);
  }
  assert.equal(upstream.received.length, RACES);
});
