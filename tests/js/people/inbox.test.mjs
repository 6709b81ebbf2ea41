import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, fakeAwsKey, fakeSsn, HOLD_LOOPBACK, manualClock, startRunning, startUpstream } from "../gateway/running.mjs";
import { notesThrough } from "./notes.mjs";

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

async function inbox(t, options = {}) {
  const upstream = await startUpstream(t);
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now, ...options });
  const { send, hold, act } = notesThrough(gateway, upstream);
  const list = async (query = "") => (await gateway.admin("GET", `/v1/approvals${query}`)).json;
  const ids = async (query) => (await list(query)).approvals.map((one) => one.approval_id);
  const record = async () =>
    (await gateway.store.readEntries({ limit: 1000 })).map(({ kind, body }) => ({ kind, ...JSON.parse(body) }));
  return { upstream, clock, gateway, send, hold, act, list, ids, record };
}

test("a decision says why, by whom, and holds no secret", async (t) => {
  const { gateway, hold, act, record } = await inbox(t);
  const secret = fakeAwsKey();
  const id = await hold();
  const denied = (await act(id, "deny", { note: `it is ${secret}`, reason: `for ${fakeSsn()}` })).json;
  assert.deepEqual([denied.status, denied.decided_by], ["denied", "administrator"]);
  assert.ok(!denied.reason.includes(fakeSsn()) && denied.reason.startsWith("for "));
  const entry = (await record()).find(({ kind }) => kind === "approval.denied");
  assert.deepEqual([entry.actor, entry.decided_by, entry.reason], ["administrator", "administrator", denied.reason]);
  assert.ok(!JSON.stringify(await record()).includes(secret));
  const wrong = [{ reason: "x".repeat(101) }, { reason: 7 }, { note: [] }, { noet: "x" }, { edited_version: 1 }];
  const other = await hold("other");
  for (const body of wrong) {
    const answer = await act(other, "approve", body);
    assert.equal(answer.status, 400);
    assert.ok(answer.json.error.message.includes(`'${Object.keys(body)[0]}'`), answer.json.error.message);
  }
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 1);
});

test("an approval is extended within a day of life, while it is pending", async (t) => {
  const { clock, gateway, hold, act, send } = await inbox(t);
  const id = await hold();
  const before = clock.now();
  assert.equal((await act(id, "extend", { seconds: 3600 })).json.expires_at, new Date(before + 2 * HOUR).toISOString());
  for (const seconds of [0, 59, 86_401, 1.5, "60", null, undefined, -60])
    assert.equal((await act(id, "extend", { seconds })).status, 400, String(seconds));
  assert.match((await act(id, "extend", { seconds: 22 * 3600 + 1 })).json.error.message, /'seconds' can be at most 79200 /);
  assert.equal((await act(id, "extend", { seconds: 22 * 3600 })).status, 200);
  assert.equal((await act(id, "extend", { seconds: 60 })).status, 400);
  clock.advance(24 * HOUR - 1);
  assert.equal((await send()).json.approval_id, id, "the same call still joins it");
  clock.advance(1);
  assert.equal((await act(id, "extend", { seconds: 60 })).json.error.code, "APPROVAL_NOT_PENDING");
  assert.equal((await gateway.call("GET", `/v1/approvals/${id}/status`)).json.status, "expired");
  const approved = await hold("two");
  await act(approved, "approve");
  assert.equal((await act(approved, "extend", { seconds: 60 })).status, 409, "a grant is not");
});

test("many extensions at once add up to a day and no more", async (t) => {
  const { clock, hold, act, list } = await inbox(t);
  const id = await hold();
  const answers = await Promise.all(Array.from({ length: 40 }, () => act(id, "extend", { seconds: 3600 })));
  assert.equal(answers.filter((one) => one.status === 200).length, 23);
  assert.equal((await list()).approvals[0].expires_at, new Date(clock.now() + 24 * HOUR).toISOString());
});

test("what is put aside leaves the inbox until its time, and expires all the same", async (t) => {
  const { clock, gateway, hold, act, ids, send, upstream } = await inbox(t);
  const [aside, other] = [await hold("aside"), await hold("other")];
  assert.equal(
    (await act(aside, "defer", { seconds: 1800 })).json.deferred_until,
    new Date(clock.now() + 30 * MINUTE).toISOString(),
  );
  assert.deepEqual(await ids("?status=pending&deferred=false"), [other]);
  assert.deepEqual(await ids("?deferred=true"), [aside]);
  assert.deepEqual(await ids("?status=pending"), [other, aside], "without the filter it is there");
  assert.equal((await send("aside")).json.approval_id, aside);
  for (const body of [
    {},
    { seconds: 60, until: null },
    { seconds: 3600 },
    { seconds: 0 },
    { until: "soon" },
    { until: "2020-01-01" },
    { until: new Date(clock.now() + 2 * HOUR).toISOString() },
  ])
    assert.equal((await act(aside, "defer", body)).status, 400, JSON.stringify(body));
  clock.advance(30 * MINUTE);
  assert.deepEqual(await ids("?deferred=true"), [], "its time has come");
  await act(aside, "defer", { until: new Date(clock.now() + 10 * MINUTE).toISOString() });
  assert.deepEqual(await ids("?deferred=true"), [aside]);
  assert.equal((await act(aside, "defer", { until: null })).json.deferred_until, null);
  assert.deepEqual(await ids("?deferred=true"), []);
  await act(aside, "defer", { seconds: 60 });
  await act(aside, "approve");
  assert.equal((await send("aside")).status, 200, "it can be decided at any time");
  assert.equal(upstream.received.length, 1);
  await act(other, "defer", { seconds: 29 * 60 });
  clock.advance(30 * MINUTE);
  assert.equal((await gateway.call("GET", `/v1/approvals/${other}/status`)).json.status, "expired");
  assert.equal((await act(other, "defer", { seconds: 60 })).status, 409);
});

test("a batch decides each by itself, and says what became of each", async (t) => {
  const { gateway, hold, act, record } = await inbox(t);
  const batch = (value) => gateway.admin("POST", "/v1/approvals/batch", value);
  const made = [];
  for (const text of ["one", "two", "three", "four"]) made.push(await hold(text));
  const [one, two, three, four] = made;
  await act(two, "approve");
  const unknown = crypto.randomUUID();
  const answer = await batch({ ids: [one, two, unknown, three], decision: "deny", note: "all of it", reason: "not_expected" });
  assert.equal(answer.status, 200);
  assert.deepEqual(
    answer.json.results.map((result) => [result.approval_id, result.ok, result.status ?? result.error.code]),
    [
      [one, true, "denied"],
      [two, false, "APPROVAL_NOT_PENDING"],
      [unknown, false, "APPROVAL_NOT_FOUND"],
      [three, true, "denied"],
    ],
  );
  assert.deepEqual([answer.json.decided, answer.json.failed], [2, 2]);
  assert.equal((await record()).filter(({ kind, reason }) => kind === "approval.denied" && reason === "not_expected").length, 2);
  for (const value of [
    { ids: [four, four], decision: "deny" },
    { ids: [], decision: "deny" },
    { ids: Array.from({ length: 101 }, () => crypto.randomUUID()), decision: "deny" },
    { ids: ["x"], decision: "deny" },
    { ids: [four], decision: "approved" },
    { ids: [four], decision: "constructor" },
    { ids: four, decision: "deny" },
    { ids: [four], decision: "deny", all: true },
  ])
    assert.equal((await batch(value)).status, 400, JSON.stringify(value));
  assert.equal((await batch({ ids: [four], decision: "approve" })).json.results[0].status, "approved");
});

test("a batch does not approve what is risky", async (t) => {
  const { gateway, hold, act, list } = await inbox(t);
  const id = await hold(`ssn ${fakeSsn()}`);
  assert.equal((await list()).approvals[0].report.risk_band, "HIGH");
  const batch = (decision) => gateway.admin("POST", "/v1/approvals/batch", { ids: [id], decision });
  assert.equal((await batch("approve")).json.results[0].error.code, "RISK_TOO_HIGH");
  assert.equal((await act(id, "approve")).json.status, "approved", "by itself it can be");
  const other = await hold(`ssn ${fakeSsn()} again`);
  assert.equal((await gateway.admin("POST", "/v1/approvals/batch", { ids: [other], decision: "deny" })).json.decided, 1);
});

test("grants are listed and taken back, and then never used", async (t) => {
  const { upstream, clock, gateway, hold, act, send, record } = await inbox(t);
  const [used, revoked, deleted, kept] = [await hold("used"), await hold("revoked"), await hold("deleted"), await hold("kept")];
  for (const id of [used, revoked, deleted, kept]) await act(id, "approve", { note: "fine" });
  await send("used");
  const grants = async () => (await gateway.admin("GET", "/v1/grants")).json.grants.map((grant) => grant.grant_id);
  assert.deepEqual((await grants()).sort(), [revoked, deleted, kept].sort());
  const answer = await gateway.admin("POST", `/v1/grants/${revoked}/revoke`, {
    note: "on second thought",
    reason: "wrong_recipient",
  });
  assert.deepEqual([answer.json.status, answer.json.reason], ["denied", "wrong_recipient"]);
  assert.equal(answer.json.revoked_at, new Date(clock.now()).toISOString());
  assert.equal((await gateway.admin("DELETE", `/v1/grants/${deleted}`)).status, 200);
  assert.deepEqual(await grants(), [kept]);
  for (const text of ["revoked", "deleted"]) assert.equal((await send(text)).status, 403, "it is a denial");
  clock.advance(10 * MINUTE);
  assert.equal((await send("revoked")).status, 202, "and asked about anew when that has passed");
  assert.equal(upstream.received.length, 1);
  assert.deepEqual(await grants(), [], "the last one ran out");
  for (const id of [used, revoked, kept])
    assert.equal((await gateway.admin("POST", `/v1/grants/${id}/revoke`, {})).json.error.code, "NO_GRANT");
  const told = (await record()).filter(({ kind }) => kind === "approval.revoked");
  assert.deepEqual(
    told.map((entry) => [entry.actor, entry.note, entry.decided_by]),
    [
      ["administrator", "on second thought", "administrator"],
      ["administrator", null, "administrator"],
    ],
  );
});

test("fifty who use a grant and one who takes it back: used once or not at all", async (t) => {
  const { upstream, gateway, hold, act, send } = await inbox(t);
  for (let round = 0; round < 5; round++) {
    const text = `round ${round}`;
    const id = await hold(text);
    await act(id, "approve");
    const before = upstream.received.length;
    const uses = Array.from({ length: 50 }, () => send(text));
    const revoking = gateway.admin("DELETE", `/v1/grants/${id}`);
    const [revoked, ...answers] = await Promise.all([revoking, ...uses]);
    const sent = upstream.received.length - before;
    assert.equal(answers.filter((one) => one.status === 200).length, sent);
    assert.equal(sent, revoked.status === 200 ? 0 : 1);
  }
});

test("fifty approvers at once make one decision", async (t) => {
  const { gateway, hold, act, record } = await inbox(t);
  const id = await hold();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      index % 3 === 0
        ? gateway.admin("POST", "/v1/approvals/batch", { ids: [id], decision: index % 2 ? "approve" : "deny" })
        : act(id, index % 2 ? "approve" : "deny", { note: String(index) }),
    ),
  );
  const won = answers.filter(({ status, json }) => status === 200 && (json.results?.[0].ok ?? true));
  assert.equal(won.length, 1);
  const decided = (await record()).filter(({ kind }) => kind === "approval.approved" || kind === "approval.denied");
  assert.equal(decided.length, 1);
});

test("the list is filtered and paged", async (t) => {
  const { clock, hold, act, list, ids } = await inbox(t);
  const made = [];
  for (let index = 0; index < 7; index++) {
    made.push(await hold(`text ${index}`, index % 2 ? "odd" : "even"));
    if (index % 3 === 0) clock.advance(SECOND);
  }
  const newest = made.toReversed();
  await act(made[0], "deny");
  assert.deepEqual(await ids("?agent=odd"), [made[5], made[3], made[1]]);
  assert.deepEqual(await ids("?agent=even&status=denied"), [made[0]]);
  const at = clock.now();
  assert.deepEqual(await ids(`?since=${at}`), []);
  assert.deepEqual(await ids(`?since=${at - SECOND}`), [made[6], made[5], made[4]]);
  assert.deepEqual(await ids(`?until=${at - 2 * SECOND}`), [made[0]]);
  const seen = [];
  let next = "";
  do {
    const page = await list(`?limit=2${next && `&after=${next}`}`);
    seen.push(...page.approvals.map((one) => one.approval_id));
    next = page.next ?? "";
  } while (next);
  assert.deepEqual(seen, newest);
  for (const query of [
    "?status=open",
    "?deferred=yes",
    "?limit=0",
    "?limit=1001",
    "?after=x",
    `?after=${crypto.randomUUID()}`,
    "?since=then",
    "?agent=",
    "?page=2",
    "?status=pending&status=denied",
  ])
    assert.equal((await list(query)).error.code.slice(0, 7), "INVALID", query);
});

test("whoever asks cannot answer: no agent's key opens any of this", async (t) => {
  const { gateway, hold, list } = await inbox(t);
  const id = await hold();
  const { key } = (await gateway.admin("POST", "/v1/keys", { agent_id: "agent-1" })).json;
  const json = { "content-type": "application/json" };
  const routes = [
    ...["approve", "deny", "extend", "defer", "edit"].map((verb) => ["POST", `/v1/approvals/${id}/${verb}`]),
    ["POST", "/v1/approvals/batch", { ids: [id], decision: "approve" }],
    ["GET", "/v1/approvals"],
    ["GET", "/v1/grants"],
    ["POST", `/v1/grants/${id}/revoke`],
    ["DELETE", `/v1/grants/${id}`],
  ];
  for (const [method, path, body = {}] of routes) {
    const text = method === "GET" ? undefined : JSON.stringify(body);
    for (const headers of [{}, { authorization: `Bearer ${key}` }, { "x-interven-key": key }]) {
      const answer = await gateway.call(method, path, { headers: { ...json, ...headers }, body: text });
      assert.equal(answer.json.error.code, "ADMIN_CREDENTIAL_REQUIRED", `${method} ${path}`);
    }
    const foreign = [{ origin: "https://evil.example" }, { host: "evil.example" }, { "sec-fetch-site": "cross-site" }];
    for (const headers of foreign) {
      const answer = await gateway.call(method, path, {
        headers: { authorization: `Bearer ${ADMIN}`, ...json, ...headers },
        body: text,
      });
      assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}`);
    }
    if (method !== "POST") continue;
    const form = { authorization: `Bearer ${ADMIN}`, "content-type": "application/x-www-form-urlencoded" };
    assert.equal((await gateway.call(method, path, { headers: form, body: text })).status, 415, path);
  }
  assert.deepEqual(
    (await list()).approvals.map((one) => one.status),
    ["pending"],
  );
});

test("what was looked at is what is approved", async (t) => {
  const { gateway, act } = await inbox(t);
  const digest = "a".repeat(64);
  const scanned = await gateway.scan({ method: "POST", url: "http://127.0.0.1/held", body: { a: 1 }, request_digest: digest });
  const id = scanned.json.approval_id;
  const first = (await act(id, "edit", { body: '{"a":2}' })).json.preview.edited_version;
  const second = (await act(id, "edit", { body: '{"a":3}' })).json.preview.edited_version;
  for (const edited_version of [null, first])
    assert.equal((await act(id, "approve", { edited_version })).json.error.code, "EDITED_MEANWHILE");
  assert.equal((await act(id, "approve", { edited_version: second })).json.status, "approved");
});

test("stopping an agent says who and why", async (t) => {
  const { gateway, hold, list } = await inbox(t);
  await hold();
  await gateway.admin("POST", "/v1/agents/agent-1/stop", { note: "it loops" });
  const [approval] = (await list()).approvals;
  assert.deepEqual([approval.status, approval.reason, approval.decided_by], ["denied", "agent_stopped", "administrator"]);
});
