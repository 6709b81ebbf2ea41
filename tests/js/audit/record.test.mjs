// The record: what is in it, and that nothing of it can be changed unnoticed.
import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { resealRecord } from "../../../dist/gateway/audit/reseal.js";
import { parseHead, verifyRecord } from "../../../dist/gateway/audit/verify.js";
import { createGateway, openSqliteStore } from "../../../dist/gateway/index.js";
import { openDatabase, openDirectory } from "../../../dist/gateway/store/open.js";
import { fakeSsn, HOLD_LOOPBACK, manualClock, startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";
import { amount } from "../gateway/soak.mjs";

const DAY = 86_400_000;
const ROWS = amount(200, 2000);

/** A data directory with a record of so many entries. */
async function recordOf(t, entries, { from = Date.UTC(2026, 0, 1), step = 1000 } = {}) {
  const directory = temporaryDirectory(t);
  const store = await openSqliteStore(directory);
  for (let index = 0; index < entries; index++)
    await store.recordEvent({ kind: "test.event", body: { actor: "gateway", index } }, from + index * step);
  return { directory, store };
}

/** What a check says of the record of a directory. */
async function checked(directory, expected) {
  const record = await openDirectory(directory);
  try {
    return verifyRecord(record.database, expected);
  } finally {
    record.close();
  }
}

test("every step of a call is in the record, chained, without payload", async (t) => {
  const upstream = await startUpstream(t);
  const clock = manualClock();
  const dataDir = temporaryDirectory(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], now: clock.now, dataDir });
  const send = (text) => gateway.proxy(`${upstream.url}/notes`, { body: `${text} ${fakeSsn()} opaquetext` });
  const held = (await send("a")).json;
  await gateway.admin("POST", `/v1/approvals/${held.approval_id}/approve`, { note: "fine" });
  await send("a");
  const denied = (await send("b")).json;
  await gateway.admin("POST", `/v1/approvals/${denied.approval_id}/deny`, {});
  await send("c");
  clock.advance(61 * 60_000);
  await gateway.gateway.close(0);
  await gateway.store.expireApprovals(clock.now());
  await gateway.store.setAdminHash("0".repeat(64));
  await gateway.close();

  const record = await openDirectory(dataDir);
  t.after(() => record.close());
  const rows = record.database.all("SELECT * FROM audit ORDER BY seq");
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    [
      ...["approval.requested", "decision", "approval.approved", "approval.executed", "decision"],
      ...["approval.requested", "decision", "approval.denied", "approval.requested", "decision"],
      ...["approval.expired", "admin.credential_set"],
    ],
  );
  // As the documentation has it, so that anybody can write the check anew.
  let previous = "0".repeat(64);
  for (const [index, row] of rows.entries()) {
    assert.equal(row.seq, index + 1);
    assert.equal(row.previous, previous);
    const text = `interven-audit-entry-v1\n${row.seq}\n${row.at}\n${row.kind}\n${row.previous}\n${row.body}`;
    previous = createHash("sha256").update(text).digest("hex");
    assert.equal(row.hash, previous);
  }
  const approved = JSON.parse(rows[2].body);
  assert.deepEqual([approved.actor, approved.note, approved.trace_id], ["administrator", "fine", held.trace_id]);
  assert.match(approved.preview_sha256, /^[0-9a-f]{64}$/);
  assert.equal(JSON.parse(rows[4].body).approval_id, held.approval_id);
  const text = JSON.stringify(rows);
  assert.ok(!text.includes("opaquetext") && !text.includes(fakeSsn()));
  const { problem, entries, unsigned } = verifyRecord(record.database);
  assert.deepEqual([problem, entries, unsigned], [undefined, 12, 0]);
});

test("an edit of a body is in the record", async (t) => {
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK });
  const call = { method: "POST", url: "http://127.0.0.1/held", body: { note: "one" }, request_digest: "1".repeat(64) };
  const { approval_id: id, trace_id: trace } = (await gateway.scan(call)).json;
  await gateway.admin("POST", `/v1/approvals/${id}/edit`, { body: '{"note":"two"}' });
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  const { records } = (await gateway.admin("GET", `/v1/traces/${trace}`)).json;
  const [requested, , edited, approved] = records.map(({ body }) => body);
  assert.deepEqual(
    records.map(({ kind }) => kind),
    ["approval.requested", "decision", "approval.edited", "approval.approved"],
  );
  assert.notEqual(requested.preview_sha256, edited.preview_sha256);
  assert.equal(approved.preview_sha256, edited.preview_sha256);
  assert.equal(approved.edited_version, edited.edited_version);
});

test("a redacted body is kept where that was asked for, and of what could not be inspected only the length", async (t) => {
  const gateway = await startRunning(t, { storeBodies: "redacted" });
  const deep = `${"[".repeat(300)}"x"${"]".repeat(300)}`;
  const scan = async (body) => {
    const request = `{"method":"POST","url":"https://api.example.com/","body":${body}}`;
    await gateway.call("POST", "/v1/scan", { headers: { "content-type": "application/json" }, body: request });
    return (await gateway.store.listDecisions({ limit: 1 }))[0].body;
  };
  assert.deepEqual(await scan(`{"a":"${fakeSsn()}"}`), { text: '{"a":"[US_SSN:1]"}', bytes: 19, truncated: false });
  assert.deepEqual(await scan("null"), undefined);
  assert.deepEqual(await scan(deep), { bytes: 603, truncated: true });
  const long = await scan(`"${"word ".repeat(20_000)}"`);
  assert.deepEqual([long.text.length, long.bytes, long.truncated], [65_536, 100_000, true]);
  const none = await startRunning(t);
  await none.scan({ method: "POST", url: "https://api.example.com/", body: { a: 1 } });
  assert.equal((await none.store.listDecisions({ limit: 1 }))[0].body, undefined);
});

test(`each of ${ROWS} entries: changed, removed, moved or put in, it is found and named`, async (t) => {
  const { directory, store } = await recordOf(t, ROWS);
  await store.close();
  const database = await openDatabase(join(directory, "gateway.db"));
  t.after(() => database.close());
  assert.equal(verifyRecord(database).problem, undefined);
  database.exec("BEGIN; DROP TRIGGER audit_is_not_edited; DROP TRIGGER audit_is_not_cut");
  const inside = (work) => {
    database.exec("SAVEPOINT whole");
    work();
    const found = verifyRecord(database).problem;
    database.exec("ROLLBACK TO whole");
    return found?.seq;
  };
  const set = (seq, sql) => database.exec(`UPDATE audit SET ${sql} WHERE seq = ${seq}`);
  const hashOf = ({ seq, at, kind, previous, body }) =>
    createHash("sha256").update(`interven-audit-entry-v1\n${seq}\n${at}\n${kind}\n${previous}\n${body}`).digest("hex");
  for (let seq = 1; seq <= ROWS; seq++) {
    const last = seq === ROWS;
    assert.equal(
      inside(() => set(seq, "body = replace(body, 'gateway', 'gatewey')")),
      seq,
      "body",
    );
    assert.equal(
      inside(() => set(seq, "at = at + 1")),
      seq,
      "time",
    );
    assert.equal(
      inside(() => set(seq, "kind = 'test.other'")),
      seq,
      "kind",
    );
    assert.equal(
      inside(() => set(seq, "previous = replace(previous, substr(previous, 1, 1), 'x')")),
      seq,
      "previous",
    );
    assert.equal(
      inside(() => database.exec(`DELETE FROM audit WHERE seq = ${seq}`)),
      seq,
      "removed",
    );
    assert.equal(
      inside(() => database.exec(`DELETE FROM audit WHERE seq >= ${seq}`)),
      seq,
      "cut off",
    );
    // Whoever changes an entry can make its hash, and then only those of all that follow.
    const forged = inside(() => {
      const [row] = database.all("SELECT * FROM audit WHERE seq = ?", [seq]);
      const body = '{"actor":"gateway","index":-1}';
      database.all("UPDATE audit SET body = ?, hash = ? WHERE seq = ?", [body, hashOf({ ...row, body }), seq]);
    });
    assert.equal(forged, last ? seq : seq + 1, "with its hash");
    if (last) continue;
    const swap = `UPDATE audit SET seq = -1 WHERE seq = ${seq}; UPDATE audit SET seq = ${seq} WHERE seq = ${seq + 1}; UPDATE audit SET seq = ${seq + 1} WHERE seq = -1;`;
    assert.equal(
      inside(() => database.exec(swap)),
      seq,
      "moved",
    );
    // All that follows moves up, which takes a while.
    if (seq % amount(5, 50) !== 0) continue;
    const put = inside(() => {
      database.exec(`UPDATE audit SET seq = -seq WHERE seq > ${seq}; UPDATE audit SET seq = 1 - seq WHERE seq < 0;`);
      database.exec(
        `INSERT INTO audit (seq, at, kind, body, previous, hash) SELECT ${seq + 1}, at, kind, body, previous, hash FROM audit WHERE seq = ${seq}`,
      );
    });
    assert.equal(put, seq + 1, "put in");
  }
});

test("all of it made anew needs the key: the signature does not fit", async (t) => {
  const { directory, store } = await recordOf(t, 5);
  const kept = await store.auditHead(Date.now());
  await store.close();
  const other = await recordOf(t, 7);
  await other.store.close();
  copyFileSync(join(other.directory, "gateway.db"), join(directory, "gateway.db"));
  const key = { publicKey: kept.public_key };
  assert.match((await checked(directory, key)).problem.message, /not signed by the key/);
  await assert.rejects(openSqliteStore(directory), /audit\.key in .* is not the key that signed.*audit reseal/s);
});

test("entries and the table are protected from our own mistakes", async (t) => {
  const { directory, store } = await recordOf(t, 3);
  await store.close();
  const database = await openDatabase(join(directory, "gateway.db"));
  t.after(() => database.close());
  assert.throws(() => database.exec("UPDATE audit SET at = 0 WHERE seq = 2"), /append-only/);
  assert.throws(() => database.exec("DELETE FROM audit WHERE seq = 1"), /append-only/);
  database.exec("DROP TRIGGER audit_is_not_cut; DELETE FROM audit WHERE seq = 2");
  assert.deepEqual(verifyRecord(database).problem, { seq: 2, message: "it is missing: entry 3 follows" });
});

test("a head that was kept elsewhere tells that the end was cut off", async (t) => {
  const { directory, store: first } = await recordOf(t, 20);
  const early = await first.auditHead(1);
  await first.close();
  copyFileSync(join(directory, "gateway.db"), join(directory, "early"));
  const store = await openSqliteStore(directory);
  for (let index = 0; index < 5; index++) await store.recordEvent({ kind: "test.event", body: { actor: "gateway", index } }, 1);
  const late = await store.auditHead(Date.now());
  await store.close();
  assert.equal((await checked(directory, { head: early })).problem, undefined);
  assert.equal((await checked(directory, { head: late })).problem, undefined);
  // The whole file as it was, with its own signed head.
  copyFileSync(join(directory, "early"), join(directory, "gateway.db"));
  assert.equal((await checked(directory)).problem, undefined);
  assert.deepEqual((await checked(directory, { head: late })).problem, {
    seq: 21,
    message: "it is missing: the head that was kept elsewhere is entry 25",
  });
  const forged = { ...late, seq: 20, hash: early.hash };
  assert.match((await checked(directory, { head: forged })).problem.message, /kept elsewhere is not signed/);
  assert.equal(parseHead(JSON.stringify(early), "x").seq, 20);
  for (const text of ["", "[]", "{}", "null", JSON.stringify({ ...early, seq: "20" })])
    assert.throws(() => parseHead(text, "head.json"), /head\.json is no head of an audit record/);
});

test("the head is served to the administrator, signed with the key in the data directory", async (t) => {
  const dataDir = temporaryDirectory(t);
  const gateway = await startRunning(t, { dataDir });
  await gateway.scan({ method: "GET", url: "https://api.example.com/" });
  assert.equal((await gateway.call("GET", "/v1/audit/head")).status, 401);
  const head = (await gateway.admin("GET", "/v1/audit/head")).json;
  assert.equal(head.seq, 1);
  const key = createPublicKey({ key: Buffer.from(head.public_key, "base64"), format: "der", type: "spki" });
  const text = `interven-audit-head-v1\n${head.seq}\n${head.hash}\n${head.at}\n`;
  assert.ok(verify(null, Buffer.from(text), key, Buffer.from(head.signature, "base64")));
  assert.equal(statSync(join(dataDir, "audit.key")).mode & 0o777, 0o600);
  assert.ok(!gateway.log.concat(head).some((line) => JSON.stringify(line).includes("PRIVATE KEY")));
});

test("retention drops what is old, says so, and what is left can be verified", async (t) => {
  const clock = manualClock();
  const dataDir = temporaryDirectory(t);
  const gateway = await startRunning(t, { dataDir, now: clock.now, policy: HOLD_LOOPBACK, retainMs: 2 * DAY });
  const scan = (url) => gateway.scan({ method: "POST", url, body: {} });
  await scan("http://127.0.0.1/held");
  for (let day = 0; day < 5; day++) {
    await scan("https://api.example.com/");
    clock.advance(DAY);
  }
  const head = await gateway.store.auditHead(clock.now());
  await gateway.store.expireApprovals(clock.now());
  while ((await gateway.store.retain(clock.now() - 2 * DAY, clock.now())) > 0);
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.deepEqual(
    decisions.map(({ at }) => Date.parse(at) >= clock.now() - 2 * DAY),
    [true, true],
  );
  assert.equal((await gateway.admin("GET", "/v1/approvals")).json.approvals.length, 0);
  await gateway.close();
  const found = await checked(dataDir, { head });
  assert.deepEqual([found.problem, found.retained, found.first > 1], [undefined, true, true]);

  // What retention did not drop is missing all the same.
  const database = await openDatabase(join(dataDir, "gateway.db"));
  database.exec("DROP TRIGGER audit_is_not_cut");
  database.exec(`DELETE FROM audit WHERE seq = ${found.first}`);
  assert.equal(verifyRecord(database).problem.seq, found.first);
  const [next] = database.all("SELECT seq, previous FROM audit ORDER BY seq LIMIT 1");
  database.all("UPDATE audit_marks SET seq = ?, hash = ? WHERE name = 'start'", [next.seq - 1, next.previous]);
  assert.match(verifyRecord(database).problem.message, /retention dropped entries is not signed/);
  // Nor can a head stand for it.
  database.exec(
    "UPDATE audit_marks SET (seq, hash, at, signature) = (SELECT seq, hash, at, signature FROM audit_marks WHERE name = 'head') WHERE name = 'start'",
  );
  assert.match(verifyRecord(database).problem.message, /retention dropped entries is not signed/);
  database.close();
  await assert.rejects(startRunning(t, { retainMs: 1000 }), /retainMs must be at least 86400000/);
});

test("sweeps drop what is too old, a part at a time, and then look again in an hour", async (t) => {
  const clock = manualClock();
  const { store } = await recordOf(t, 5, { from: clock.now() - 10 * DAY });
  const gateway = createGateway({
    engine: { policyVersion: "0", scan: () => {} },
    store,
    adminHash: "0".repeat(64),
    self: () => ({ port: 4100, host: "127.0.0.1", addresses: ["127.0.0.1"] }),
    consoleFile: async () => undefined,
    retainMs: 2 * DAY,
    now: clock.now,
  });
  const kinds = async () => (await store.readEntries({ limit: 100 })).map(({ kind }) => kind);
  for (let sweep = 0; sweep < 4; sweep++) await gateway.sweep();
  assert.deepEqual(await kinds(), ["audit.retained", "audit.retained"]);
  clock.advance(2 * DAY - 600_000);
  await gateway.sweep();
  clock.advance(1_200_000);
  await gateway.sweep();
  assert.equal((await kinds()).length, 2, "not before an hour has gone by");
  clock.advance(2_400_000);
  await gateway.sweep();
  assert.equal((await store.readEntries({ limit: 1 }))[0].seq, 7, "the last entry stays: the next one holds its hash");
  await gateway.close();
  await store.close();
});

test("a record that does not reach its signed head is not gone on with, until somebody has said so", async (t) => {
  const { directory, store } = await recordOf(t, 10);
  await store.close();
  const database = await openDatabase(join(directory, "gateway.db"));
  database.exec("DROP TRIGGER audit_is_not_cut");
  database.exec("DELETE FROM audit WHERE seq > 7");
  database.close();
  await assert.rejects(
    openSqliteStore(directory),
    /does not reach its signed head: entry 10 is missing.*audit verify.*audit reseal/s,
  );
  assert.equal((await checked(directory)).problem.seq, 8);
  const { seq, problem } = await resealRecord(directory);
  assert.deepEqual([seq, problem.seq], [8, 8]);
  const again = await openSqliteStore(directory);
  const [entry] = await again.readEntries({ after: 7, limit: 1 });
  assert.equal(entry.kind, "audit.resealed");
  assert.equal(JSON.parse(entry.body).former_head.seq, 10);
  await again.close();
  assert.equal((await checked(directory)).problem, undefined);
});

test("a lost key is replaced by a new one, which the record names", async (t) => {
  const { directory, store } = await recordOf(t, 3);
  const before = await store.auditHead(1);
  await store.close();
  rmSync(join(directory, "audit.key"));
  await assert.rejects(openSqliteStore(directory), /is not the key that signed/);
  const { publicKey, problem } = await resealRecord(directory);
  assert.equal(problem, undefined);
  assert.notEqual(publicKey, before.public_key);
  assert.equal((await checked(directory, { publicKey })).problem, undefined);
  writeFileSync(join(directory, "audit.key"), "nothing");
  await assert.rejects(openSqliteStore(directory), /audit\.key is not the Ed25519 key/);
});

test("decisions of the first schema are brought into the chain", async (t) => {
  const directory = join(temporaryDirectory(t), "data");
  mkdirSync(directory);
  const database = await openDatabase(join(directory, "gateway.db"));
  const schema = readFileSync(new URL("schema-1.sql", import.meta.url), "utf8");
  database.exec(schema);
  const report = { decision: "DENY", tool_name: "slack", reason_codes: ["SECRET_DETECTED"], findings: [], findings_total: 0 };
  const insert =
    "INSERT INTO decisions (trace_id, at, agent_id, source, action, mode, method, report, approval_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  database.exec("BEGIN");
  for (let index = 0; index < 1201; index++) {
    const trace = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    database.all(insert, [
      trace,
      1000 + index,
      `a\u0000${index}`,
      "scan",
      "answer",
      "enforce",
      "POST",
      JSON.stringify(report),
      null,
    ]);
  }
  database.exec("COMMIT");
  database.close();
  const store = await openSqliteStore(directory);
  const [decision] = await store.listDecisions({ decision: "DENY", tool: "slack", limit: 1 });
  assert.deepEqual([decision.seq, decision.at, decision.report], [1201, 2200, report]);
  await store.recordEvent({ kind: "test.event", body: { actor: "gateway" } }, 3000);
  await store.close();
  const found = await checked(directory);
  assert.deepEqual([found.problem, found.entries], [undefined, 1202]);
});
