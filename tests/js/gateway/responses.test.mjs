import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeAwsKey, manualClock, startRunning, temporaryDirectory } from "./running.mjs";

const READ = { method: "GET", url: "https://api.example.com/v1/customers" };
const WRITE = { method: "POST", url: "https://paste.example.net/new" };
const NO_RULES = { name: "p", rules: [] };
/** Sensitive, and long enough that a piece of it is recognised. */
const customers = () => ({
  note: `internal only: ${["ada", "northwind-post.com"].join("@")} prefers the quarterly report on paper and pays late since spring`,
});

async function reading(t, options = {}) {
  const clock = manualClock();
  const gateway = await startRunning(t, { policy: NO_RULES, now: clock.now, ...options });
  const read = async (body, agent = "a", more = {}) => {
    const { trace_id } = (await gateway.scan({ ...READ, agent_id: agent })).json;
    const answer = await gateway.post("/v1/scan/response", { trace_id, response_body: body, ...more });
    return { trace_id, answer };
  };
  return { clock, gateway, read };
}

const ofTrace = async (gateway, id) =>
  (await gateway.admin("GET", `/v1/traces/${id}`)).json.records.filter(({ kind }) => kind === "response");

test("a response is looked at and kept by its trace, never its text", async (t) => {
  const { gateway, read } = await reading(t);
  const { trace_id, answer } = await read(customers(), "a", { response_status: 200 });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json.data_classes.toSorted(), ["INTERNAL", "PII"]);
  assert.ok(answer.json.fields_redacted_count >= 1);
  assert.match(answer.json.content_fingerprint, /\w{8,}/);
  const { data_classes, fields_redacted_count, content_fingerprint } = answer.json;
  const kept = await ofTrace(gateway, trace_id);
  const { actor, agent_id, ...found } = kept[0].body;
  assert.deepEqual([kept.length, actor, agent_id], [1, "agent", "a"]);
  for (const [name, value] of Object.entries({ response_status: 200, data_classes, fields_redacted_count, content_fingerprint }))
    assert.deepEqual(found[name], value, name);
  assert.ok(!JSON.stringify(kept).includes("quarterly"));
  for (const body of [`key ${fakeAwsKey()}`, [{ key: fakeAwsKey() }]]) {
    assert.deepEqual((await read(body)).answer.json.data_classes, ["SECRETS"]);
  }
});

test("what was read and is written elsewhere is noticed across calls, and across restarts", async (t) => {
  const dataDir = temporaryDirectory(t);
  const { clock, gateway, read } = await reading(t, { dataDir });
  const { note } = customers();
  const before = (await gateway.scan({ ...WRITE, body: { text: note } })).json;
  assert.ok(!before.signals.includes("read_then_write"));
  const { trace_id } = await read({ note });
  const after = (await gateway.scan({ ...WRITE, body: { text: `look: ${note.slice(16)}` } })).json;
  assert.ok(after.signals.includes("read_then_write"), after.signals.join());
  assert.equal(after.source_trace, trace_id);
  assert.ok(after.risk_score > before.risk_score);
  await gateway.close();

  const next = await startRunning(t, { policy: NO_RULES, dataDir, now: clock.now });
  assert.equal((await next.scan({ ...WRITE, body: { text: note } })).json.source_trace, trace_id);
  clock.advance(61 * 60_000);
  assert.equal((await next.scan({ ...WRITE, body: { text: note } })).json.source_trace, undefined);
});

test("a response belongs to a trace of the agent that says so", async (t) => {
  const { gateway } = await reading(t);
  const make = async (id) => (await gateway.admin("POST", "/v1/keys", { agent_id: id })).json.key;
  const [mine, theirs] = [await make("mine"), await make("theirs")];
  const { trace_id } = (await gateway.scan(READ, mine)).json;
  const tell = (key, trace = trace_id) => gateway.post("/v1/scan/response", { trace_id: trace, response_body: "x" }, key);
  assert.deepEqual([(await tell(theirs)).status, (await tell(mine, crypto.randomUUID())).status], [404, 404]);
  assert.equal((await tell(mine)).status, 200);
  assert.equal((await ofTrace(gateway, trace_id)).length, 1);
});

test("fields of a response are checked by name", async (t) => {
  const { gateway, read } = await reading(t);
  const { trace_id } = await read("x");
  const good = { trace_id, response_body: "x" };
  const cases = [
    [{ ...good, trace_id: undefined }, "'trace_id' must be"],
    [{ ...good, trace_id: "../x" }, "'trace_id' must be"],
    [{ ...good, response_body: undefined }, "'response_body' must be"],
    [{ ...good, response_body: 7 }, "'response_body' must be"],
    [{ ...good, response_body: null }, "'response_body' must be"],
    [{ ...good, response_status: "200" }, "'response_status' must be"],
    [{ ...good, response_status: 99 }, "'response_status' must be"],
    [[], "The body must be a JSON object"],
  ];
  for (const [value, message] of cases) {
    const answer = await gateway.post("/v1/scan/response", value);
    assert.equal(answer.status, 400, message);
    assert.ok(answer.json.error.message.startsWith(message), answer.json.error.message);
  }
  const raw = (body) => gateway.call("POST", "/v1/scan/response", { headers: { "content-type": "application/json" }, body });
  assert.match((await raw(`{"trace_id":"${trace_id}","response_body":"a","response_body":"b"}`)).text, /given twice/);
  assert.equal((await raw("nope")).status, 400);
  assert.equal((await gateway.post("/v1/scan/response", { ...good, response_body: "x".repeat(256 * 1024) })).status, 413);
});
