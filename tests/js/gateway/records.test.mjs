import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

/** Everything that the administrator can read of a gateway. */
async function everything(gateway) {
  const lists = await Promise.all(["/v1/decisions?limit=1000", "/v1/approvals"].map((path) => gateway.admin("GET", path)));
  return JSON.stringify([...lists.map((one) => one.text), gateway.log]);
}

test("a secret that stands in a name, a note or a method is not stored, logged or shown", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const key = fakeAwsKey();
  const events = await fetch(`${gateway.base}/v1/events`, { headers: { authorization: `Bearer ${ADMIN}` } });
  const url = "http://127.0.0.1/held";
  const scans = [
    { method: "POST", url, agent_id: `bot ${key}` },
    { method: "POST", url, agent_name: `bot ${fakeSsn()} ${key}` },
    { method: key, url },
    { method: key, url: "https://api.example.com/" },
  ];
  for (const value of scans) assert.equal((await gateway.scan({ ...value, body: {} })).status, 200);
  const agent = `${"x".repeat(190)} ${key}`;
  const held = await gateway.proxy(`${upstream.url}/x`, { headers: { "x-interven-agent-id": agent }, body: "hello" });
  assert.equal(held.status, 202);
  const decided = await gateway.admin("POST", `/v1/approvals/${held.json.approval_id}/approve`, {
    note: `it is ${key}, of ${fakeSsn()}`,
  });
  assert.match(decided.json.note, /^it is \[AWS_ACCESS_KEY_ID:1\], of \[/);
  const lists = await everything(gateway);
  await gateway.gateway.close(0);
  const seen = lists + (await events.text());
  assert.ok(seen.includes("[AWS_ACCESS_KEY_ID:1]"));
  assert.ok(!seen.includes(fakeSsn()));
  // Nor the part of it that is left when a name is cut.
  assert.ok(!seen.includes(key.slice(0, 8)));
});

test("agents are told apart by the name they have, not by what is shown of it", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const send = (agent) => gateway.proxy(`${upstream.url}/x`, { headers: { "x-interven-agent-id": agent }, body: "hello" });
  const [ann, bob] = ["ann", "bob"].map((name) => `${name}@corp-mail.com`);
  const { approval_id: id } = (await send(ann)).json;
  assert.equal((await gateway.admin("POST", `/v1/approvals/${id}/approve`, {})).json.agent_id, "[EMAIL:1]");
  assert.equal((await send(bob)).status, 202);
  assert.equal((await send(ann)).status, 200);
});

test("a call with a thousand findings is kept with a hundred and their count", async (t) => {
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK });
  const body = { people: Array.from({ length: 1000 }, (_, index) => ["536", "22", 1000 + index].join("-")) };
  for (const url of ["https://api.example.com/", "http://127.0.0.1/held"])
    await gateway.scan({ method: "POST", url, body, request_digest: "0".repeat(64) });
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  const { approvals } = (await gateway.admin("GET", "/v1/approvals")).json;
  for (const report of [...decisions, approvals[0].report]) {
    assert.equal(report.findings.length, 100);
    assert.equal(report.findings_total, 1000);
  }
  assert.ok(!approvals[0].preview.body.includes("536-22"), "what is shown is redacted beyond what is counted");
});

test("the list of decisions ends where it would be too long, and says so", async (t) => {
  const gateway = await startRunning(t);
  const body = { ["k".repeat(200)]: Array.from({ length: 100 }, (_, index) => `a${index}@corp-mail.com`) };
  await gateway.scan({ method: "POST", url: "https://api.example.com/", body });
  const [{ seq: _seq, ...one }] = await gateway.store.listDecisions({ limit: 1 });
  assert.equal((await gateway.admin("GET", "/v1/decisions")).json.truncated, false);
  await Promise.all(Array.from({ length: 200 }, () => gateway.store.recordDecision(one)));
  const answer = await gateway.admin("GET", "/v1/decisions?limit=1000");
  assert.ok(answer.text.length < 4.5 * 1024 * 1024);
  assert.equal(answer.json.truncated, true);
  assert.equal(answer.json.decisions[0].seq, 201);
});

test("credentials in the query are hidden from whoever looks at a held call", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const names = ["access_token", "token", "sig", "signature", "key", "api_key", "apikey", "password", "secret"];
  names.push("client_secret", "code", "X-Amz-Signature", "X-Amz-Security-Token", "ACCESS_TOKEN", "api%5Fkey", "Api-Key");
  const value = (index) => `opaque${index}value`;
  const query = names.map((name, index) => `${name}=${value(index)}`).join("&");
  const answer = await gateway.proxy(`${upstream.url}/x?page=2&${query}&postcode=10115&empty=&token=`);
  assert.equal(answer.status, 202, answer.text);
  await gateway.scan({ method: "GET", url: `http://127.0.0.1/held?page=2&token=%5BCREDENTIAL%5D#access_token=opaquefragment` });
  const [scanned, proxied] = (await gateway.admin("GET", "/v1/approvals")).json.approvals;
  assert.equal(
    scanned.preview.url,
    "http://127.0.0.1/held?page=2&token=%5BCREDENTIAL%5D#access_token=[credential: 14 characters]",
  );
  assert.ok(proxied.preview.url.startsWith(`${upstream.url}/x?page=2&access_token=[credential: 12 characters]&token=[cred`));
  assert.ok(proxied.preview.url.endsWith("&postcode=10115&empty=&token="), proxied.preview.url);
  assert.ok(!(await everything(gateway)).includes("opaque"));
  const { approval_id: id } = answer.json;
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  await gateway.proxy(`${upstream.url}/x?page=2&${query}&postcode=10115&empty=&token=`);
  assert.ok(upstream.received[0].url.includes(value(0)), "they are sent as they are");
});

test("headers that carry a credential by their name are hidden from whoever decides", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const names = ["authorization", "x-authorization", "cookie", "x-api-key", "x-functions-key", "sessiontoken", "passwd"];
  const headers = { ...Object.fromEntries(names.map((name) => [name, "opaque"])), "x-kept": "yes" };
  assert.equal((await gateway.proxy(`${upstream.url}/x`, { headers, body: "hello" })).status, 202);
  const [approval] = (await gateway.admin("GET", "/v1/approvals")).json.approvals;
  const shown = Object.fromEntries(approval.preview.headers);
  for (const name of names) assert.equal(shown[name], "[credential: 6 characters]", name);
  assert.equal(shown["x-kept"], "yes");
  assert.ok(!(await everything(gateway)).includes("opaque"));
});

test("a secret in the name of a header is in no answer, no record and no log", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const key = fakeAwsKey();
  const events = await fetch(`${gateway.base}/v1/events`, { headers: { authorization: `Bearer ${ADMIN}` } });
  const answers = [
    await gateway.proxy(`${upstream.url}/x`, { headers: { [fakeSsn()]: "a", "x-note": key }, body: "hello" }),
    await gateway.scan({ method: "POST", url: "https://api.example.com/", headers: { [fakeSsn()]: key }, body: { [key]: key } }),
  ];
  assert.deepEqual([answers[0].status, answers[1].json.decision], [403, "DENY"]);
  assert.match(answers[0].text, /in the header name/);
  const lists = await everything(gateway);
  await gateway.gateway.close(0);
  const seen =
    lists + (await events.text()) + answers.map(({ text }) => text).join("") + gateway.log.map((l) => JSON.stringify(l));
  assert.ok(!seen.toLowerCase().includes(key.toLowerCase()) && !seen.includes(fakeSsn()));
});
