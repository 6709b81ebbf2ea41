// `interven audit` and `interven gateway backup`, on real processes.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openSqliteStore } from "../../../dist/gateway/index.js";
import { openDatabase } from "../../../dist/gateway/store/open.js";
import { run, startGatewayProcess, temporaryDirectory } from "../cli/process.mjs";
import { rawRequest } from "../gateway/running.mjs";

const TOKEN = `test-${"t".repeat(20)}`;
const env = { INTERVEN_ADMIN_TOKEN: TOKEN };
const headers = { authorization: `Bearer ${TOKEN}` };

/** A gateway that has decided a few calls. */
async function used(t, dataDir, calls = 5) {
  const gateway = await startGatewayProcess(t, ["--data-dir", dataDir], env);
  for (let index = 0; index < calls; index++) {
    await rawRequest(gateway.port, {
      method: "POST",
      path: "/v1/scan",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ method: "GET", url: `https://api.example.com/${index}`, agent_id: "ann" }),
    });
  }
  return gateway;
}

/** Changes the database of a stopped gateway. */
async function change(dataDir, sql) {
  const database = await openDatabase(join(dataDir, "gateway.db"));
  database.exec("DROP TRIGGER IF EXISTS audit_is_not_edited; DROP TRIGGER IF EXISTS audit_is_not_cut;");
  database.exec(sql);
  database.close();
}

test("verify: whole, changed, cut off, under another key", async (t) => {
  const dataDir = join(temporaryDirectory(t), "data");
  const gateway = await used(t, dataDir);
  const head = join(dataDir, "..", "head.json");
  writeFileSync(head, (await rawRequest(gateway.port, { path: "/v1/audit/head", headers })).text);
  const started = join(dataDir, "..", "started.json");
  writeFileSync(started, JSON.stringify(JSON.parse(gateway.lines[0]).audit_head));
  await gateway.stop();
  const verify = (...args) => run(["audit", "verify", "--data-dir", dataDir, ...args]);
  const whole = await verify("--head", head);
  assert.deepEqual([whole.code, whole.stderr], [0, ""]);
  assert.match(whole.stdout, /^The record is whole: 6 entries, 1 to 6\.\nHead {6}[0-9a-f]{64}\n$/);
  assert.equal((await verify("--head", started)).code, 0, "the head that the log holds");
  assert.ok(gateway.stderr().includes(JSON.parse(readFileSync(started, "utf8")).public_key));
  const told = JSON.parse((await verify("--json")).stdout);
  assert.deepEqual([told.ok, told.entries, told.last], [true, 6, 6]);
  const printed = await run(["audit", "head", "--data-dir", dataDir]);
  const { public_key: publicKey, seq } = JSON.parse(printed.stdout);
  assert.equal(seq, 6);
  assert.equal((await verify("--public-key", publicKey)).code, 0);

  cpSync(dataDir, join(dataDir, "..", "other"), { recursive: true });
  const stranger = await verify("--public-key", publicKey.replace(/.{6}=?$/, "AAAAAA="));
  assert.deepEqual([stranger.code, /is not signed by the key/.test(stranger.stderr)], [1, true]);
  await change(dataDir, "UPDATE audit SET body = replace(body, 'ann', 'bob') WHERE seq = 4");
  const changed = await verify();
  assert.equal(changed.code, 1);
  assert.equal(changed.stderr, "interven: the record is not whole: entry 4: it is not what was written\n");
  assert.equal(JSON.parse((await verify("--json")).stdout).problem.seq, 4);
  assert.equal((await run(["audit", "head", "--data-dir", dataDir])).code, 1);

  const other = join(dataDir, "..", "other");
  await change(other, "DELETE FROM audit WHERE seq = 6; DELETE FROM audit_marks;");
  const unsigned = await run(["audit", "verify", "--data-dir", other]);
  assert.match(unsigned.stderr, /entry 5: the signed head is missing/);
  const cut = await run(["audit", "verify", "--data-dir", other, "--head", head]);
  assert.deepEqual([cut.code, /entry 6: it is missing: the head that was kept elsewhere/.test(cut.stderr)], [1, true]);
  const resealed = await run(["audit", "reseal", "--data-dir", other]);
  assert.match(resealed.stdout, /The record was not whole: entry 5: the signed head is missing\.\nEntry 6 says so/);
  assert.equal((await run(["audit", "verify", "--data-dir", other])).code, 0);
  assert.equal((await run(["audit", "verify", "--data-dir", other, "--head", head])).code, 1);

  writeFileSync(join(other, "gateway.db"), "This is no database at all, and never was one.".repeat(200));
  const garbage = await run(["audit", "verify", "--data-dir", other]);
  assert.deepEqual([garbage.code, garbage.stderr.includes("    at ")], [1, false]);
});

test("export: the whole record, in every format, to standard output", async (t) => {
  const dataDir = join(temporaryDirectory(t), "data");
  await (await used(t, dataDir)).stop();
  for (const format of ["ndjson", "csv", "splunk", "datadog", "ocsf"]) {
    const { code, stdout, stderr } = await run(["audit", "export", "--data-dir", dataDir, "--format", format]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(stdout.trimEnd().split("\n").length, format === "csv" ? 7 : 6, format);
    assert.match(stdout, /admin\.credential_set/);
  }
  const only = await run(["audit", "export", "--data-dir", dataDir, "--kind", "decision", "--since", "2020-01-01"]);
  assert.equal(only.stdout.trimEnd().split("\n").length, 5);
  assert.equal((await run(["audit", "export", "--data-dir", dataDir, "--until", "2020-01-01"])).stdout, "");
});

test("a record that is in use or is none: refused, in words", async (t) => {
  const dataDir = join(temporaryDirectory(t), "data");
  const gateway = await used(t, dataDir, 1);
  const verify = await run(["audit", "verify", "--data-dir", dataDir]);
  if (verify.code !== 0) {
    assert.equal(verify.code, 1);
    assert.match(verify.stderr, /in use by another gateway \(process \d+\)/);
  }
  const reseal = await run(["audit", "reseal", "--data-dir", dataDir]);
  assert.deepEqual([reseal.code, /in use by another gateway/.test(reseal.stderr)], [1, true]);
  await gateway.stop();
  const none = await run(["audit", "verify", "--data-dir", temporaryDirectory(t)]);
  assert.deepEqual([none.code, /There is no gateway\.db in/.test(none.stderr)], [1, true]);
  const wrong = [
    [["audit", "verfy"], /unknown action 'verfy'; did you mean 'verify'/],
    [["audit", "export", "--format", "xml"], /--format must be one of ndjson, csv/],
    [["audit", "export", "--since", "soon"], /--since must be a time such as 2026-01-31.*not 'soon'/],
    [["audit", "export", "--json"], /--json does nothing for export/],
    [["audit", "verify", "--head", "/nowhere"], /--head \/nowhere cannot be read \(ENOENT\)/],
    [["audit", "verify", "--file", "a", "--data-dir", "b"], /exclude each other/],
    [["audit", "verify", "more"], /unexpected argument 'more'/],
    [["audit", "verify", "--hed", "x"], /unknown option '--hed'; did you mean '--head'/],
  ];
  for (const [args, message] of wrong) {
    const { code, stderr } = await run(args);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, message);
  }
  assert.match((await run(["audit", "--help"])).stdout, /interven audit verify/);
});

test("backup: while the gateway runs and after, and the copy works as a store", async (t) => {
  const directory = temporaryDirectory(t);
  const dataDir = join(directory, "data");
  const gateway = await used(t, dataDir);
  const url = ["--gateway-url", `http://localhost:${gateway.port}`];
  const backup = (to, more = [], environment = env) =>
    run(["gateway", "backup", "--data-dir", dataDir, "--to", join(directory, to), ...more], environment);
  const live = await backup("live.db", url);
  assert.deepEqual([live.code, live.stderr], [0, ""]);
  assert.match(live.stdout, /live\.db: \d+ entries, head \d+ [0-9a-f]{64}\n.*audit\.key/);
  assert.equal(statSync(join(directory, "live.db")).mode & 0o777, 0o600);
  assert.equal((await backup("live.db", url)).code, 1, "a file is never overwritten");
  const named = await backup("named.db", [], { ...env, INTERVEN_GATEWAY_URL: `http://localhost:${gateway.port}` });
  assert.deepEqual([named.code, named.stderr], [0, ""]);
  const asked = await rawRequest(gateway.port, {
    method: "POST",
    path: "/v1/backup",
    headers: { ...headers, "content-type": "application/json" },
    body: "{}",
  });
  assert.equal(asked.status, 201);
  assert.equal(statSync(join(dataDir, asked.json.file)).size, asked.json.bytes);
  assert.equal(
    (await rawRequest(gateway.port, { method: "POST", path: "/v1/backup", headers: { "content-type": "application/json" } }))
      .status,
    401,
  );
  const refused = await backup("no.db", url, {});
  if (refused.code !== 0) assert.match(refused.stderr, /in use by another gateway.*set INTERVEN_ADMIN_TOKEN/s);
  await gateway.stop();
  assert.equal((await backup("stopped.db", [], {})).code, 0);

  const verified = await run(["audit", "verify", "--file", join(directory, "live.db")]);
  assert.deepEqual([verified.code, /The record is whole/.test(verified.stdout)], [0, true]);
  const restored = join(directory, "restored");
  const first = await openSqliteStore(restored);
  await first.close();
  rmSync(join(restored, "gateway.db"));
  cpSync(join(directory, "stopped.db"), join(restored, "gateway.db"));
  await assert.rejects(openSqliteStore(restored), /is not the key that signed/);
  cpSync(join(dataDir, "audit.key"), join(restored, "audit.key"));
  const again = await startGatewayProcess(t, ["--data-dir", restored], env);
  const { decisions } = (await rawRequest(again.port, { path: "/v1/decisions", headers })).json;
  assert.equal(decisions.length, 5);
  await again.stop();
  assert.equal((await run(["audit", "verify", "--data-dir", restored])).code, 0);
  for (const [args, message] of [
    [["gateway", "backup"], /say where the copy goes: --to FILE/],
    [["gateway", "backup", "--to", "x", "--too", "y"], /unknown option '--too'; did you mean '--to'/],
  ]) {
    const { code, stderr } = await run(args);
    assert.deepEqual([code, message.test(stderr)], [2, true], stderr);
  }
  const nowhere = await backup("deeper/x.db", [], {});
  assert.deepEqual([nowhere.code, /cannot be written \(ENOENT\)/.test(nowhere.stderr)], [1, true], nowhere.stderr);
  assert.ok(!existsSync(join(directory, "no.db.partial")));
});
