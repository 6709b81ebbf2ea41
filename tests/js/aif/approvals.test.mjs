// Approvals of the older protocol: asked for, waited for, executed.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import * as interven from "../../../dist/index.js";
import { gateway, http } from "./gateway.mjs";

const agentSecret = "unlikely secret of an agent";
const ID = "0b0c0d0e-1111-4222-8333-444455556666";
const client = (url, more) =>
  new interven.AifClient({ gatewayUrl: url, agentId: "agent-1", agentSecret, maxRetries: 0, ...more });
const thrown = (promise) =>
  promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
const status = (word, more) => http(200, { approval_id: ID, status: word, ...more });

test("a call that needs a person, and what is done about it", async (t) => {
  const answers = [
    http(202, { decision: "REQUIRE_APPROVAL", reason_codes: ["NEW_DESTINATION"], approval_id: ID }),
    status("pending", { remaining_seconds: 3_000 }),
    http(500, "{}"),
    status("approved", { decision: "APPROVED", remaining_seconds: 2_990 }),
    http(200, { decision: "ALLOW", reason_codes: [], upstream_response: { status: 200, body: "done" } }),
  ];
  const { url, requests } = await gateway(t, (_request, index) => answers[index]);
  const aif = client(url, { telemetryUrl: url });
  const answer = await aif.invoke({ toolName: "github", method: "POST", urlPath: "/x", body: {} });
  assert.deepEqual([answer.needsApproval, answer.allowed, answer.approvalId], [true, false, ID]);
  const approved = await aif.waitForApproval(answer.approvalId, { timeoutMs: 60_000, pollIntervalMs: 2_500 });
  assert.deepEqual([approved.status, approved.terminal, approved.remainingSeconds], ["approved", true, 2_990]);
  const done = await aif.executeApproval(ID, { credentialType: "pat", credentialToken: "a token", scopes: ["repo"] });
  assert.deepEqual(done.upstreamResponse, { status: 200, body: "done" });
  assert.deepEqual(
    requests.map(({ method, path }) => `${method} ${path}`),
    ["POST /invoke", ...Array(3).fill(`GET /approvals/${ID}/status`), `POST /approvals/${ID}/execute`],
  );
  const { body, headers } = requests.at(-1);
  assert.deepEqual(JSON.parse(body), { credential_token: "a token", credential_type: "pat", scopes: ["repo"] });
  assert.equal(headers["x-aif-signature"], createHmac("sha256", agentSecret).update(body).digest("base64"));
});

/** Answers to a poll, and what becomes of waiting. */
const ENDS = {
  denied: [status("denied"), "ERR_INTERVEN_APPROVAL_DENIED"],
  expired: [status("expired"), "ERR_INTERVEN_APPROVAL_EXPIRED"],
  "executed already": [status("executed"), "ERR_INTERVEN_APPROVAL_DENIED"],
  "another approval": [http(200, { approval_id: "another", status: "approved" }), "ERR_INTERVEN_GATEWAY"],
  "no approval named": [http(200, { status: "approved" }), "ERR_INTERVEN_GATEWAY"],
  "approved and denied": [status("approved", { decision: "DENY" }), "ERR_INTERVEN_GATEWAY"],
  "approved and over": [status("approved", { remaining_seconds: 0 }), "ERR_INTERVEN_GATEWAY"],
  "approved under 404": [http(404, { approval_id: ID, status: "approved" }), "ERR_INTERVEN_GATEWAY"],
  "approved under 401": [http(401, { approval_id: ID, status: "approved" }), "ERR_INTERVEN_AUTHENTICATION"],
  "an unknown word": [status("APPROVED"), "ERR_INTERVEN_GATEWAY"],
  "a key twice": [http(200, `{"approval_id":"${ID}","status":"denied","status":"approved"}`), "ERR_INTERVEN_GATEWAY"],
  "no JSON": [http(200, "approved"), "ERR_INTERVEN_GATEWAY"],
};

for (const [name, [bytes, code]] of Object.entries(ENDS)) {
  test(`waiting ends: ${name}`, async (t) => {
    const { url, requests } = await gateway(t, () => bytes);
    const error = await thrown(client(url, { telemetryUrl: url }).waitForApproval(ID));
    assert.equal(error.code, code, error.stack);
    assert.equal(requests.length, 1);
  });
}

test("an end can also be an answer", async (t) => {
  const { url } = await gateway(t, () => status("denied"));
  const ended = await client(url, { telemetryUrl: url }).waitForApproval(ID, { raiseOnTerminal: false });
  assert.deepEqual([ended.status, ended.terminal], ["denied", true]);
});

test("an outage is waited out, but not for longer than was said", async (t) => {
  const { url } = await gateway(t, () => http(500, { approval_id: ID, status: "approved" }));
  const error = await thrown(client(url, { telemetryUrl: url }).waitForApproval(ID, { maxWaitMs: 300 }));
  assert.deepEqual([error.code, error.approvalId], ["ERR_INTERVEN_APPROVAL_TIMEOUT", ID]);
  const signal = AbortSignal.timeout(50);
  assert.equal(await thrown(client(url, { telemetryUrl: url }).waitForApproval(ID, { signal })), signal.reason);
});

test("ids that would be other paths are asked nobody", async (t) => {
  const { url, requests } = await gateway(t, () => status("approved"));
  for (const id of ["", "../../v1/credentials/slack?x=", "a/b", "a b", "%2e%2e", undefined, null, 7, "a".repeat(129)]) {
    for (const method of ["pollApproval", "waitForApproval", "executeApproval"])
      assert.ok((await thrown(client(url)[method](id))) instanceof interven.InvalidRequestError, `${method} ${id}`);
  }
  assert.equal(requests.length, 0);
});

test("questions about approvals go to port 4100 where the gateway has port 4000", async () => {
  const asked = [];
  const fetch = async (url) => {
    asked.push(url);
    return Response.json({ approval_id: ID, status: "pending" });
  };
  for (const gatewayUrl of ["http://localhost:4000", "https://gateway.example/aif/", "http://127.0.0.1:4001"])
    await client(gatewayUrl, { fetch }).pollApproval(ID);
  const path = `/approvals/${ID}/status`;
  assert.deepEqual(asked, [`http://localhost:4100${path}`, `https://gateway.example/aif${path}`, `http://127.0.0.1:4001${path}`]);
});
