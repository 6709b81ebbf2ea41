// A person changes the body of a call before approving it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { IntervenClient } from "../../../dist/index.js";
import { quick } from "../approvals/quick.mjs";
import { fakeAwsKey, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

async function waiting(t, body, headers = { "content-type": "application/json" }) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: quick.now, lifetimes: { grantMs: 86_400_000 } });
  let pending;
  const asked = new Promise((resolve) => {
    pending = resolve;
  });
  const own = { allowPrivate: [upstream.host], gatewayUrl: gateway.base, agentId: "agent-1", clock: quick.clock };
  const client = new IntervenClient({ ...own, onPending: pending });
  const sent = client.fetch(`${upstream.url}/notes`, { method: "POST", headers, body });
  sent.catch(() => {});
  const { approvalId } = await asked;
  const post = (verb, value = {}) => gateway.admin("POST", `/v1/approvals/${approvalId}/${verb}`, value);
  return { upstream, gateway, sent, post, approvalId };
}

test("what is edited is shown, approved and sent, with the values that were only hidden", async (t) => {
  const mail = ["jo.doe", "corp-mail.com"].join("@");
  const { upstream, sent, post } = await waiting(
    t,
    JSON.stringify({ to: mail, amount: 500, id: 1 }).replace("1}", "90071992547409931}"),
  );
  const edited = await post("edit", { body: '{"to":"[EMAIL:1]","amount":5,"id":90071992547409931}' });
  assert.equal(edited.status, 200, edited.text);
  assert.match(edited.json.preview.body, /"amount":5,/);
  assert.ok(!edited.text.includes(mail));
  assert.equal((await post("approve")).status, 200);
  assert.equal((await sent).status, 200);
  assert.equal(upstream.received[0].body, `{"to":"${mail}","amount":5,"id":90071992547409931}`);
  assert.equal((await post("edit", { body: "{}" })).status, 409);
});

test("an edit that would be denied, or is of another kind, is refused and changes nothing", async (t) => {
  const { upstream, sent, post } = await waiting(t, JSON.stringify({ note: "hello" }));
  for (const [body, status] of [
    [JSON.stringify({ note: fakeAwsKey() }), 409],
    ["[]", 400],
    ["no json", 400],
    [{ note: "x" }, 400],
    [undefined, 400],
  ])
    assert.equal((await post("edit", { body })).status, status, String(body).slice(0, 9));
  await post("approve");
  await sent;
  assert.equal(upstream.received[0].body, '{"note":"hello"}');
});

test("text is edited as text, and redacted where the policies redact it", async (t) => {
  const { upstream, sent, post } = await waiting(t, "pay 500", { "content-type": "text/plain" });
  const ssn = ["536", "22", "8145"].join("-");
  const edited = await post("edit", { body: `pay 5 to ${ssn}` });
  assert.equal(edited.json.preview.body, "pay 5 to [US_SSN:1]", edited.text);
  await post("approve");
  await sent;
  assert.equal(upstream.received[0].body, "pay 5 to [US_SSN:1]");
});

test("an edited approval is used only by who knows of the edit, and calls without a digest are not edited", async (t) => {
  const { gateway, post, approvalId } = await waiting(t, JSON.stringify({ note: "hello" }));
  await post("edit", { body: '{"note":"bye"}' });
  await post("approve");
  const [{ digest }] = (await gateway.admin("GET", "/v1/approvals")).json.approvals;
  const used = await gateway.call("POST", `/v1/approvals/${approvalId}/consume`, {
    ...{
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ request_digest: digest.replace("client:", "") }),
    },
  });
  assert.deepEqual([used.status, used.json.error.code], [409, "EDIT_MISMATCH"]);
  const older = await gateway.scan({ method: "POST", url: "http://127.0.0.1:9/x", body: { a: 1 } });
  const refused = await gateway.admin("POST", `/v1/approvals/${older.json.approval_id}/edit`, { body: '{"a":2}' });
  assert.deepEqual([refused.status, refused.json.error.code], [409, "EDIT_UNSUPPORTED"]);
});
