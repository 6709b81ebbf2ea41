import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprovalDeniedError, IntervenBlockedError, IntervenClient } from "../../../dist/index.js";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

async function waiting(t) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK });
  let pending;
  const asked = new Promise((resolve) => (pending = resolve));
  const own = { allowPrivate: [upstream.host], agentId: "agent-1" };
  const client = new IntervenClient({ ...own, gatewayUrl: gateway.base, pollIntervalMs: 2500, onPending: pending });
  const send = (note) =>
    client.fetch(`${upstream.url}/notes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ note }),
    });
  const decide = async (verb) => gateway.admin("POST", `/v1/approvals/${(await asked).approvalId}/${verb}`, {});
  return { upstream, gateway, client, send, decide };
}

test("an agent that waits in client.fetch resumes after the approval, and sends what was shown", async (t) => {
  const { upstream, gateway, send, decide } = await waiting(t);
  const sent = send(`ssn ${fakeSsn()}`);
  assert.equal((await decide("approve")).status, 200);
  const response = await sent;
  assert.equal(response.status, 200);
  assert.equal(upstream.received.length, 1);
  const [approval] = (await gateway.admin("GET", "/v1/approvals")).json.approvals;
  assert.equal(approval.status, "executed");
  assert.deepEqual(JSON.parse(upstream.received[0].body), JSON.parse(approval.preview.body));
  assert.ok(!JSON.stringify((await gateway.admin("GET", "/v1/approvals")).json).includes(fakeSsn()));
});

test("an agent that waits is told of a denial, and nothing is sent", async (t) => {
  const { upstream, send, decide } = await waiting(t);
  const sent = send("hello");
  const failure = assert.rejects(sent, ApprovalDeniedError);
  await decide("deny");
  await failure;
  await assert.rejects(send("hello"), IntervenBlockedError);
  assert.equal(upstream.received.length, 0);
});

test("a secret never reaches the gateway of a client", async (t) => {
  const { upstream, gateway, send } = await waiting(t);
  await assert.rejects(send(fakeAwsKey()), IntervenBlockedError);
  assert.equal(upstream.received.length, 0);
  assert.equal((await gateway.admin("GET", "/v1/decisions")).json.decisions.length, 0);
});
