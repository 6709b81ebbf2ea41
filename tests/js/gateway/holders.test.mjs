// One use of an approval, asked for more than once: by who has made it, it is the same use.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { HOLD_LOOPBACK, manualClock, startRunning, temporaryDirectory } from "./running.mjs";

const digest = createHash("sha256").update("what the client holds").digest("hex");
const HELD = { method: "POST", url: "http://127.0.0.1:9/x", body: { note: "a" }, agent_id: "a", request_digest: digest };
const MINE = crypto.randomUUID();

async function approved(t) {
  const clock = manualClock();
  const dataDir = temporaryDirectory(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, dataDir });
  const { approval_id: id } = (await gateway.scan(HELD)).json;
  const path = `/v1/approvals/${id}`;
  assert.equal((await gateway.admin("POST", `${path}/approve`, {})).status, 200);
  const consume = async (own, to = gateway) => {
    const { status, json } = await to.post(`${path}/consume`, { request_digest: digest, ...own });
    return status === 200 ? json.status : json.error.code;
  };
  return { clock, dataDir, gateway, id, path, consume };
}

test("a repeat by the holder is the same use, and by anybody else a second one", async (t) => {
  const { gateway, clock, dataDir, consume, path } = await approved(t);
  const racers = await Promise.all(Array.from({ length: 20 }, (_, n) => consume({ holder: `${MINE}-${n % 4}` })));
  const won = racers.indexOf("executed") % 4;
  for (const [n, end] of racers.entries()) assert.equal(end, n % 4 === won ? "executed" : "APPROVAL_ALREADY_EXECUTED");
  const holder = `${MINE}-${won}`;
  assert.equal(await consume({ holder }), "executed");
  for (const other of [{}, { holder: null }, { holder: crypto.randomUUID() }])
    assert.equal(await consume(other), "APPROVAL_ALREADY_EXECUTED");
  assert.equal(await consume({ holder, request_digest: "0".repeat(64) }), "DIGEST_MISMATCH");
  assert.equal(await consume({ holder, edited_version: "v1" }), "EDIT_MISMATCH");
  // One use is one entry of the record, and nobody is shown the holder.
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.filter(({ source }) => source === "consume").length, 1);
  for (const [method, at] of [
    ["GET", "/v1/approvals"],
    ["GET", "/v1/traces"],
    ["GET", "/v1/decisions"],
  ])
    assert.ok(!(await gateway.admin(method, at)).text.includes(MINE), at);
  assert.ok(!(await gateway.call("GET", `${path}/status`)).text.includes(MINE));
  await gateway.close();
  const next = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now, dataDir });
  assert.equal(await consume({ holder }, next), "executed");
  assert.equal(await consume({}, next), "APPROVAL_ALREADY_EXECUTED");
});

test("an approval that nobody named a holder for is nobody's", async (t) => {
  const { consume } = await approved(t);
  assert.equal(await consume({}), "executed");
  for (const holder of [undefined, null, MINE]) assert.equal(await consume({ holder }), "APPROVAL_ALREADY_EXECUTED");
});

test("what a holder may repeat ends with the grant, and with the agent", async (t) => {
  const { clock, gateway, consume } = await approved(t);
  assert.equal(await consume({ holder: MINE }), "executed");
  await gateway.admin("POST", "/v1/agents/a/stop", {});
  assert.equal(await consume({ holder: MINE }), "AGENT_STOPPED");
  await gateway.admin("POST", "/v1/agents/a/start", {});
  assert.equal(await consume({ holder: MINE }), "executed");
  clock.advance(7 * 86_400_000);
  assert.equal(await consume({ holder: MINE }), "APPROVAL_EXPIRED");
  assert.equal(await consume({ holder: crypto.randomUUID() }), "APPROVAL_ALREADY_EXECUTED");
});

test("a holder is a random name", async (t) => {
  const { consume } = await approved(t);
  for (const holder of ["", "short", "a".repeat(129), "with spaces in it it is", 7, {}, ["a".repeat(20)]])
    assert.equal(await consume({ holder }), "INVALID_REQUEST", String(holder));
  assert.equal(await consume({ holder: MINE }), "executed");
});
