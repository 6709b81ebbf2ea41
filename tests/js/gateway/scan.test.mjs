import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, manualClock, startRunning } from "./running.mjs";

const CALL = { method: "POST", url: "https://api.example.com/v1/notes", headers: { accept: "*/*" }, agent_id: "agent-1" };
const HELD = { ...CALL, url: "http://127.0.0.1/notes", body: { note: "hello" } };

test("every answer has what the published clients read", async (t) => {
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK });
  const bodies = { ALLOW: { note: "hello" }, SANITIZE: { note: fakeSsn() }, DENY: { note: fakeAwsKey() } };
  const answers = await Promise.all(Object.values(bodies).map((body) => gateway.scan({ ...CALL, body })));
  answers.push(await gateway.scan(HELD));
  const expected = [...Object.keys(bodies), "REQUIRE_APPROVAL"];
  for (const [index, answer] of answers.entries()) {
    const body = answer.json;
    assert.equal(answer.status, 200);
    assert.equal(body.decision, expected[index]);
    assert.equal(typeof body.risk_score, "number");
    assert.match(body.risk_band, /^(LOW|MEDIUM|HIGH|CRITICAL)$/);
    for (const list of ["reason_codes", "classifications", "signals"]) assert.ok(Array.isArray(body[list]), list);
    for (const text of ["tool_name", "operation", "trace_id"]) assert.equal(typeof body[text], "string", text);
    assert.match(body.trace_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    assert.equal("sanitized_body" in body, body.decision === "SANITIZE");
    assert.equal("approval_id" in body, body.decision === "REQUIRE_APPROVAL");
  }
  const { approval_id: id, approval_url: url } = answers.at(-1).json;
  assert.ok(url.startsWith("http://localhost:") && url.endsWith(id));
});

test("a redacted body keeps its JSON type and every other digit", async (t) => {
  const gateway = await startRunning(t);
  const ssn = fakeSsn();
  const cases = [
    [{ a: [ssn], n: 1 }, (value) => !Array.isArray(value) && typeof value === "object"],
    [[`ssn ${ssn}`], Array.isArray],
    [`the ssn is ${ssn}`, (value) => typeof value === "string" && value.startsWith("the ssn is ")],
    [`{"ssn":"${ssn}"}`, (value) => typeof value === "string" && typeof JSON.parse(value).ssn === "string"],
    [`ssn=${ssn}&x=1`, (value) => typeof value === "string" && value.endsWith("&x=1")],
  ];
  for (const [body, check] of cases) {
    const answer = await gateway.scan({ ...CALL, body });
    assert.equal(answer.json.decision, "SANITIZE", JSON.stringify(body));
    assert.ok(check(answer.json.sanitized_body), answer.text);
    assert.ok(!answer.text.includes(ssn));
  }
  const digits = '{"method":"POST","url":"https://api.example.com/","body":{"n":12345678901234567890.10,"ssn":"SSN"}}'.replace(
    "SSN",
    ssn,
  );
  const answer = await gateway.call("POST", "/v1/scan", { headers: { "content-type": "application/json" }, body: digits });
  assert.ok(answer.text.includes("12345678901234567890.10"), answer.text);
});

test("what a client could not redact is denied, not sanitized", async (t) => {
  const gateway = await startRunning(t);
  const answer = await gateway.scan({ ...CALL, url: `https://api.example.com/people?ssn=${fakeSsn()}`, body: {} });
  assert.equal(answer.json.decision, "DENY");
  assert.ok(!("sanitized_body" in answer.json));
});

test("invalid fields are refused by name", async (t) => {
  const gateway = await startRunning(t);
  const cases = [
    [{ ...CALL, method: undefined }, "'method' is required"],
    [{ ...CALL, method: 7 }, "'method' must be a non-empty string"],
    [{ ...CALL, method: "PO ST" }, "'method' must be an HTTP method"],
    [{ ...CALL, url: undefined }, "'url' is required"],
    [{ ...CALL, url: "/v1/notes" }, "'url' must be absolute"],
    [{ ...CALL, headers: ["a"] }, "'headers' must be an object"],
    [{ ...CALL, headers: { accept: 1 } }, "'headers.accept' must be a string"],
    [{ ...CALL, agent_id: {} }, "'agent_id' must be a string"],
    [{ ...CALL, agent_id: "x".repeat(201) }, "'agent_id' must be at most 200 characters"],
    [{ ...CALL, runtime_type: 1 }, "'runtime_type' must be a string"],
    [{ ...CALL, request_digest: "zz" }, "'request_digest' must be a SHA-256"],
    [{ ...CALL, decision_floor: "MAYBE" }, "'decision_floor' must be"],
    [{ ...CALL, classifications: ["X"] }, "'classifications' must be a list"],
  ];
  for (const [value, message] of cases) {
    const answer = await gateway.scan(value);
    assert.equal(answer.status, 400, message);
    assert.equal(answer.json.error.code, "INVALID_REQUEST");
    assert.ok(answer.json.error.message.startsWith(message), answer.json.error.message);
  }
  const raw = (body, type = "application/json") => gateway.call("POST", "/v1/scan", { headers: { "content-type": type }, body });
  for (const body of [
    "",
    "nope",
    "[]",
    "null",
    '"x"',
    '{"method":"GET","url":"https://a.example/"',
    Buffer.from([0x7b, 0xff, 0x7d]),
  ]) {
    assert.equal((await raw(body)).status, 400);
  }
  const twice = await raw('{"method":"GET","url":"https://a.example/","body":{"x":1},"b\\u006fdy":{"x":2}}');
  assert.match(twice.json.error.message, /'body' is given twice/);
  assert.equal((await raw("{}", "text/plain")).status, 415);
  assert.equal((await raw("a=b", "application/x-www-form-urlencoded")).status, 415);
  assert.equal((await gateway.admin("GET", "/v1/decisions")).json.decisions.length, 0);
});

test("hostile bodies are answered, and never allowed by accident", async (t) => {
  const gateway = await startRunning(t);
  const raw = (body) => gateway.call("POST", "/v1/scan", { headers: { "content-type": "application/json" }, body });
  const around = (value) => `{"method":"POST","url":"https://api.example.com/","body":${value}}`;
  assert.equal((await raw(around(`"${"x".repeat(256 * 1024)}"`))).status, 413);
  const deep = await raw(around("[".repeat(100_000) + "]".repeat(100_000)));
  assert.equal(deep.json.decision, "DENY");
  const surrogate = await raw(around(`"\\ud800 ${fakeAwsKey()}"`));
  assert.equal(surrogate.json.decision, "DENY");
  for (const url of ["tool://langchain/search", "mcp://files"]) {
    assert.equal((await gateway.scan({ ...CALL, url, body: { q: "hello" } })).json.decision, "ALLOW", url);
    assert.equal((await gateway.scan({ ...CALL, url, body: { q: fakeAwsKey() } })).json.decision, "DENY", url);
  }
});

test("an older client uses an approval by scanning again, once, with the same call", async (t) => {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now });
  const first = (await gateway.scan(HELD)).json;
  assert.equal(first.decision, "REQUIRE_APPROVAL");
  assert.equal((await gateway.scan(HELD)).json.approval_id, first.approval_id);
  await gateway.admin("POST", `/v1/approvals/${first.approval_id}/approve`, {});
  assert.equal((await gateway.scan({ ...HELD, body: { note: "another" } })).json.decision, "REQUIRE_APPROVAL");
  assert.equal((await gateway.scan({ ...HELD, agent_id: "agent-2" })).json.decision, "REQUIRE_APPROVAL");
  const granted = (await gateway.scan(HELD)).json;
  assert.equal(granted.decision, "ALLOW");
  assert.ok(granted.reason_codes.includes("RECENT_APPROVAL_GRANT"));
  const again = (await gateway.scan(HELD)).json;
  assert.equal(again.decision, "REQUIRE_APPROVAL");
  assert.notEqual(again.approval_id, first.approval_id);
});

test("a client with a digest polls, then consumes once, and only for that digest", async (t) => {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now });
  const digest = createHash("sha256").update("what the client holds").digest("hex");
  const other = createHash("sha256").update("something else").digest("hex");
  const json = (value) => ({ headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
  const held = (await gateway.scan({ ...HELD, request_digest: digest })).json;
  const path = `/v1/approvals/${held.approval_id}`;
  const consume = (value) => gateway.call("POST", `${path}/consume`, json({ request_digest: value }));
  const status = async () => {
    clock.advance(2500);
    return (await gateway.call("GET", `${path}/status`)).json;
  };

  assert.deepEqual(
    { ...(await status()), expires_at: 0, remaining_seconds: 0 },
    {
      approval_id: held.approval_id,
      status: "pending",
      decision: null,
      decided_at: null,
      expires_at: 0,
      remaining_seconds: 0,
      poll_guidance: "Ask every 5 seconds, and at most once in 2.",
    },
  );
  assert.equal((await consume(digest)).json.error.code, "APPROVAL_PENDING");
  await gateway.admin("POST", `${path}/approve`, { note: "fine" });
  assert.equal((await status()).status, "approved");
  assert.equal((await gateway.scan({ ...HELD, request_digest: digest })).json.approval_id, held.approval_id);
  assert.equal((await consume(other)).json.error.code, "DIGEST_MISMATCH");
  assert.equal((await consume("short")).status, 400);
  const racers = await Promise.all(Array.from({ length: 20 }, () => consume(digest)));
  assert.deepEqual(
    racers.filter((one) => one.status === 200).map((one) => one.json),
    [{ approval_id: held.approval_id, status: "executed" }],
  );
  assert.equal(racers.filter((one) => one.status === 409 && one.json.error.code === "APPROVAL_ALREADY_EXECUTED").length, 19);
  assert.equal((await status()).status, "executed");
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.filter((one) => one.source === "consume").length, 1);
});

test("polling too fast is answered with 429 and a time to wait", async (t) => {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now: clock.now });
  const { approval_id: id } = (await gateway.scan(HELD)).json;
  const poll = () => gateway.call("GET", `/v1/approvals/${id}/status`);
  assert.equal((await poll()).status, 200);
  clock.advance(1999);
  const fast = await poll();
  assert.equal(fast.status, 429);
  assert.equal(fast.headers["retry-after"], "1");
  clock.advance(1);
  assert.equal((await poll()).status, 200);
});

test("approval ids are checked before they are used", async (t) => {
  const gateway = await startRunning(t);
  for (const id of ["..%2f..%2fv1%2fdecisions", "x", "None", "00000000-0000-4000-8000-00000000000g", "%27%20OR%201=1"]) {
    assert.equal((await gateway.call("GET", `/v1/approvals/${id}/status`)).status, 400, id);
  }
  assert.equal((await gateway.call("GET", `/v1/approvals/${crypto.randomUUID()}/status`)).status, 404);
});
