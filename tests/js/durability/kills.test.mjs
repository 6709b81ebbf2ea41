// A gateway that is killed while it writes has lost nothing that it acknowledged.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { verifyRecord } from "../../../dist/gateway/audit/verify.js";
import { openDirectory } from "../../../dist/gateway/store/open.js";
import { startGatewayProcess, temporaryDirectory } from "../cli/process.mjs";
import { HOLD_LOOPBACK, rawRequest, startUpstream, until } from "../gateway/running.mjs";
import { amount } from "../gateway/soak.mjs";

const KILLS = amount(20, 200);
const TOKEN = `test-${"t".repeat(20)}`;
const WRITERS = 6;
const ORDER = ["pending", "approved", "executed"];

/** Calls that go on until the gateway is gone. Everything that it answered is put into `known`. */
async function write(port, upstream, known, stopped, writer) {
  const json = { "content-type": "application/json" };
  const admin = { ...json, authorization: `Bearer ${TOKEN}` };
  for (let turn = 0; !stopped.now; turn++) {
    const path = `/proxy/${upstream.url}/${writer}-${crypto.randomUUID()}`;
    const send = () => rawRequest(port, { method: "POST", path, body: "hello" });
    const scan = { method: "GET", url: "https://api.example.com/", agent_id: `writer-${writer}` };
    const scanned = await rawRequest(port, { method: "POST", path: "/v1/scan", headers: json, body: JSON.stringify(scan) });
    known.traces.add(scanned.json.trace_id);
    if (turn % 2 === 1) continue;
    const { approval_id: id, trace_id: trace } = (await send()).json;
    known.traces.add(trace);
    known.approvals.set(id, "pending");
    const approved = await rawRequest(port, { method: "POST", path: `/v1/approvals/${id}/approve`, headers: admin, body: "{}" });
    if (approved.status === 200) known.approvals.set(id, "approved");
    const sent = await send();
    if (sent.status !== 200) continue;
    known.traces.add(sent.headers["x-interven-trace-id"]);
    known.approvals.set(id, "executed");
  }
}

test(`${KILLS} kills while it writes: every acknowledged entry and approval is there, the chain is whole`, async (t) => {
  const upstream = await startUpstream(t);
  const directory = temporaryDirectory(t);
  const dataDir = join(directory, "data");
  const policy = join(directory, "policy.json");
  writeFileSync(policy, JSON.stringify(HOLD_LOOPBACK));
  const limits = ["--rate-limit", "1000000", "--prompt-limit", "1000"];
  const args = ["--quiet", "--data-dir", dataDir, "--policy", policy, "--allow-private", upstream.host, ...limits];
  const known = { traces: new Set(), approvals: new Map() };
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const gateway = await startGatewayProcess(t, args, { INTERVEN_ADMIN_TOKEN: TOKEN });
    const stopped = { now: false };
    const before = known.traces.size;
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      write(gateway.port, upstream, known, stopped, writer).catch((error) => {
        // A connection that was cut, or half an answer; anything else is a fault of the gateway.
        assert.ok(stopped.now, error.stack);
      }),
    );
    const enough = before + 5 + ((kill * 7) % 23);
    await until(() => known.traces.size >= enough, 1);
    await new Promise((resolve) => setTimeout(resolve, (kill * 13) % 40));
    stopped.now = true;
    await gateway.stop("SIGKILL");
    await Promise.all(writers);
    acknowledged += known.traces.size - before;

    const record = await openDirectory(dataDir);
    const { database } = record;
    const traces = new Set(database.all("SELECT DISTINCT trace_id FROM audit").map((row) => row.trace_id));
    const statuses = new Map(database.all("SELECT id, status FROM approvals").map((row) => [row.id, row.status]));
    for (const trace of known.traces) assert.ok(traces.has(trace), `kill ${kill}: entry of ${trace}`);
    for (const [id, status] of known.approvals) {
      const found = statuses.get(id);
      assert.ok(ORDER.indexOf(found) >= ORDER.indexOf(status), `kill ${kill}: approval ${id} is ${found}, was ${status}`);
    }
    const forwards = database.all("SELECT count(*) AS n FROM audit WHERE json_extract(body, '$.action') = 'forward'")[0].n;
    assert.ok(upstream.received.length <= forwards, `kill ${kill}: ${upstream.received.length} sent, ${forwards} recorded`);
    assert.equal(verifyRecord(database).problem, undefined, `kill ${kill}`);
    record.close();
  }
  assert.ok(acknowledged > KILLS * 5);
  const sent = upstream.received.map(({ url }) => url);
  assert.equal(new Set(sent).size, sent.length, "no approval was used twice");
});
