import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine } from "../../../dist/gateway/export/csv.js";
import { FLAT_FIELDS, flatEntry } from "../../../dist/gateway/export/flat.js";
import { exportText } from "../../../dist/gateway/export/stream.js";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, manualClock, startRunning, startUpstream } from "../gateway/running.mjs";

const FORMATS = ["ndjson", "csv", "splunk", "datadog", "ocsf"];

/** A gateway with one decision of each kind by two agents, a minute apart. */
async function busy(t) {
  const clock = manualClock();
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now });
  const scan = async (agent_id, url, body) => {
    const { json } = await gateway.scan({ method: "POST", url, agent_id, body });
    clock.advance(60_000);
    return json;
  };
  const start = clock.now();
  const made = [
    await scan("ann", "https://api.example.com/", { note: "hello" }),
    await scan("ann", "https://api.example.com/", { note: fakeSsn() }),
    await scan("bob", "https://slack.com/api/chat.postMessage", { text: fakeAwsKey() }),
    await scan("bob", "http://127.0.0.1/held", { note: "hello" }),
  ];
  return { gateway, made, start, upstream, clock };
}

test("decisions are filtered, and paged from the newest", async (t) => {
  const { gateway, made, start } = await busy(t);
  const list = async (query) => (await gateway.admin("GET", `/v1/decisions?${query}`)).json;
  const traces = async (query) => (await list(query)).decisions.map(({ trace_id }) => trace_id);
  const [ann1, ann2, bob1, bob2] = made.map(({ trace_id }) => trace_id);
  assert.deepEqual(await traces(""), [bob2, bob1, ann2, ann1]);
  assert.deepEqual(await traces("decision=DENY"), [bob1]);
  assert.deepEqual(await traces("agent=ann"), [ann2, ann1]);
  assert.deepEqual(await traces("tool=slack"), [bob1]);
  assert.deepEqual(await traces("agent=ann&decision=SANITIZE"), [ann2]);
  assert.deepEqual(await traces(`trace_id=${ann1}`), [ann1]);
  const minute = (count) => new Date(start + count * 60_000).toISOString();
  assert.deepEqual(await traces(`since=${minute(1)}&until=${minute(3)}`), [bob1, ann2]);
  assert.deepEqual(await traces(`since=${start + 120_000}`), [bob2, bob1]);
  assert.deepEqual(await traces("agent=nobody"), []);
  const first = await list("limit=3");
  assert.deepEqual(await traces(`limit=3&after=${first.next}`), [ann1]);
  assert.equal((await list(`limit=3&after=${first.next}`)).next, null);
  for (const query of [
    "decision=deny",
    "limit=0",
    "agent=",
    "since=yesterday",
    "since=2026-13-01",
    "after=x",
    "colour=red",
    "agent=a&agent=b",
  ]) {
    const answer = await gateway.admin("GET", `/v1/decisions?${query}`);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.json.error.code, "INVALID_REQUEST");
  }
});

test("a trace is what hangs on one call, in order", async (t) => {
  const { gateway, made } = await busy(t);
  const held = made[3];
  await gateway.admin("POST", `/v1/approvals/${held.approval_id}/deny`, { note: "no" });
  const { traces, next } = (await gateway.admin("GET", "/v1/traces?limit=2")).json;
  assert.deepEqual(
    traces.map(({ trace_id, entries, last_kind, decision, agent_id }) => [trace_id, entries, last_kind, decision, agent_id]),
    [
      [held.trace_id, 3, "approval.denied", "REQUIRE_APPROVAL", "bob"],
      [made[2].trace_id, 1, "decision", "DENY", "bob"],
    ],
  );
  const rest = (await gateway.admin("GET", `/v1/traces?limit=50&after=${next}`)).json;
  assert.deepEqual([rest.traces.map(({ trace_id }) => trace_id), rest.next], [[made[1].trace_id, made[0].trace_id], null]);
  const { records } = (await gateway.admin("GET", `/v1/traces/${held.trace_id}`)).json;
  assert.deepEqual(
    records.map(({ kind }) => kind),
    ["approval.requested", "decision", "approval.denied"],
  );
  assert.equal(records[2].body.note, "no");
  assert.ok(records[0].seq < records[1].seq);
  assert.equal((await gateway.admin("GET", `/v1/traces/${crypto.randomUUID()}`)).status, 404);
  assert.equal((await gateway.admin("GET", "/v1/traces/x%27%20OR%201")).status, 400);
  for (const path of ["/v1/traces", `/v1/traces/${held.trace_id}`, "/v1/decisions/export"])
    assert.equal((await gateway.call("GET", path)).status, 401, path);
});

test("every format holds every decision, oldest first, one a line", async (t) => {
  const { gateway, made, start } = await busy(t);
  for (const format of FORMATS) {
    const answer = await gateway.admin("GET", `/v1/decisions/export?format=${format}`);
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers["content-disposition"], /^attachment; filename="interven-decisions\.(ndjson|csv)"$/);
    const lines = answer.text.trimEnd().split("\n");
    if (format === "csv") assert.equal(lines.shift().trimEnd(), FLAT_FIELDS.join(","));
    assert.equal(lines.length, 4);
    for (const [index, line] of lines.entries()) assert.ok(line.includes(made[index].trace_id), format);
    const from = await gateway.admin("GET", `/v1/decisions/export?format=${format}&since=${start + 180_000}`);
    assert.equal(from.text.trimEnd().split("\n").length, format === "csv" ? 2 : 1);
    const none = await gateway.admin("GET", `/v1/decisions/export?format=${format}&since=2199-01-01`);
    assert.equal(none.text.trimEnd().split("\n").filter(Boolean).length, format === "csv" ? 1 : 0);
  }
  assert.equal((await gateway.admin("GET", "/v1/decisions/export?format=xml")).status, 400);
  const lines = async (format) =>
    (await gateway.admin("GET", `/v1/decisions/export?format=${format}`)).text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const [splunk] = await lines("splunk");
  assert.deepEqual([splunk.time, splunk.event.decision, splunk.sourcetype], [start / 1000, "ALLOW", "interven:audit"]);
  const datadog = await lines("datadog");
  assert.deepEqual([datadog[2].status, datadog[2].ddsource, datadog[2].interven.tool_name], ["warn", "interven", "slack"]);
  assert.match(datadog[2].message, /^DENY answer POST slack \S+ SECRET_DETECTED/);
  const ocsf = await lines("ocsf");
  for (const event of ocsf) {
    assert.equal(event.type_uid, event.class_uid * 100 + event.activity_id);
    for (const field of ["time", "severity_id", "metadata", "actor", "api", "src_endpoint", "category_uid"])
      assert.ok(event[field], field);
  }
  assert.deepEqual(
    ocsf.map(({ action_id, disposition }) => [action_id, disposition]),
    [
      [1, "Allowed"],
      [4, "Corrected"],
      [2, "Blocked"],
      [2, "Held for approval"],
    ],
  );
});

test("an export of thousands is streamed, and ends with what there was when it began", async (t) => {
  const { gateway } = await busy(t);
  const [{ seq: _seq, ...one }] = await gateway.store.listDecisions({ limit: 1 });
  await Promise.all(Array.from({ length: 2500 }, () => gateway.store.recordDecision(one)));
  const answer = await gateway.admin("GET", "/v1/decisions/export");
  assert.equal(answer.headers["transfer-encoding"], "chunked");
  assert.equal(answer.text.trimEnd().split("\n").length, 2504);
  const { lastSeq } = await gateway.store.statistics();
  const pieces = exportText((filter) => gateway.store.readEntries(filter), "ndjson", { kind: "decision" }, lastSeq);
  let text = (await pieces.next()).value;
  assert.ok(text.length < answer.text.length / 10);
  await Promise.all(Array.from({ length: 200 }, () => gateway.store.recordDecision(one)));
  for await (const piece of pieces) text += piece;
  assert.equal(text, answer.text);
  const seqs = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).seq);
  assert.equal(seqs.length, 2504);
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
  );
});

test("a spreadsheet runs nothing, and a line is always one entry", () => {
  const hostile = [
    ...["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "|cmd", "%0A=1", "\u200b=1", "\ufeff=1"],
    ...['a"b', "a,b", "a;b", "a\nb", "a\r\nb", "a\u0000b", "a\u2028b", "\u202egnp", "'=1", '","=1', "\u001b[31m"],
  ];
  const entry = (note) => ({ seq: 1, at: 0, kind: "test.event", previous: "", hash: "h", body: JSON.stringify({ note }) });
  const column = FLAT_FIELDS.indexOf("note");
  for (const note of hostile) {
    const line = csvLine(flatEntry(entry(note)));
    assert.match(line, /^[^\r\n]*\r\n$/, JSON.stringify(note));
    const cells = parseCsv(line.slice(0, -2));
    assert.equal(cells.length, FLAT_FIELDS.length, line);
    assert.ok(!/^\s*[=+\-@＝＋－＠|%\t\r]/u.test(cells[column]), JSON.stringify(cells[column]));
    assert.ok(!/[\u0000-\u001f\u007f-\u009f\u200b\u202e\ufeff]/.test(line.slice(0, -2)), JSON.stringify(note));
  }
  assert.equal(parseCsv(csvLine(flatEntry(entry("plain, with a comma"))).slice(0, -2))[column], "plain, with a comma");
});

/** The cells of a line, by RFC 4180. */
function parseCsv(line) {
  const cells = [];
  for (let at = 0; at <= line.length; at++) {
    let cell = "";
    if (line[at] === '"') {
      for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at++) {
        if (line[at] === '"') at += 1;
        cell += line[at];
      }
      at += 1;
    } else for (; at < line.length && line[at] !== ","; at++) cell += line[at];
    cells.push(cell);
  }
  return cells;
}
