// An agent is killed between any two of its steps, and another process takes its call up: nothing is doubled, and nothing is
// lost but what was being sent, which is said. INTERVEN_KILLS sets how many.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileApprovalStore } from "../../../dist/node/index.js";
import { HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";
import { quick } from "./quick.mjs";

const KILLS = Number(process.env.INTERVEN_KILLS ?? 26);
const AT_ONCE = 2;
const AGENT = new URL("killed-agent.mjs", import.meta.url).pathname;

const run = (job) =>
  new Promise((resolve) =>
    execFile(process.execPath, [AGENT, job], { timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ killed: error?.signal === "SIGKILL", said: stdout === "" ? undefined : JSON.parse(stdout), stderr }),
    ),
  );

test(`${KILLS} agents killed while they wait, use their approval, or send`, { timeout: 3_000_000 }, async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    now: quick.now,
    lifetimes: { pendingMs: 7 * 86_400_000, grantMs: 7 * 86_400_000 },
  });
  const root = temporaryDirectory(t);
  const approve = async () => {
    const { approvals } = (await gateway.admin("GET", "/v1/approvals?status=pending")).json;
    for (const { approval_id: id } of approvals ?? []) await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  };
  // The last look may be at a gateway that is closing.
  const approver = setInterval(() => void approve().catch(() => {}), 20);
  t.after(() => clearInterval(approver));

  /** How far the first agent came, by what it has written down. */
  const stateIn = async (folder) => {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const ids = [...new Set(names.map((name) => /[0-9a-f-]{36}/.exec(name)?.[0]).filter(Boolean))];
    assert.ok(ids.length <= 1, `${folder} has ${names.join()}`);
    return ids[0] && (await new FileApprovalStore(folder).read(ids[0]))?.record.state;
  };

  const ends = {};
  const one = async (n, killAt) => {
    const body = JSON.stringify({ call: n });
    const files = { folder: join(root, `store-${n}`), tokenFile: join(root, `token-${n}`) };
    const job = (at) => {
      const path = join(root, `job-${n}.json`);
      const fields = { gatewayUrl: gateway.base, url: `${upstream.url}/notes`, body, tokenKey: "k".repeat(32), killAt: at };
      writeFileSync(path, JSON.stringify({ ...fields, ...files }));
      return path;
    };
    const first = await run(job(killAt));
    const state = await stateIn(files.folder);
    const last = first.killed ? await run(job(0)) : first;
    const arrived = upstream.received.filter((request) => request.body === body).length;
    assert.ok(last.said !== undefined, last.stderr);
    const { ended } = last.said;
    assert.ok(arrived <= 1, `call ${n}, killed at step ${killAt}, was sent ${arrived} times`);
    assert.ok(["sent", "unknown"].includes(ended), `call ${n}, killed at step ${killAt}: ${ended}`);
    const during = first.killed && state === "sending";
    assert.ok(arrived === 1 || during, `call ${n}, killed at step ${killAt} in ${state}, is lost: ${ended}`);
    assert.equal(ended, during ? "unknown" : "sent", `call ${n}, killed at step ${killAt} in ${state}`);
    const kind = `${first.killed ? `killed in ${state ?? "the beginning"}` : "lived"}, ${ended}, arrived ${arrived}`;
    ends[kind] = (ends[kind] ?? 0) + 1;
    return { steps: last.said.steps, killed: first.killed, ended, hadToken: existsSync(files.tokenFile) };
  };

  const { steps } = await one(0, 0);
  assert.ok(steps > 15, `an agent has only ${steps} steps`);
  let next = 1;
  const worker = async () => {
    while (next <= KILLS) {
      const n = next++;
      await one(n, 1 + ((n - 1) % steps));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(
    Object.entries(ends)
      .map(([kind, count]) => `# ${count} × ${kind}`)
      .join("\n"),
  );
  assert.ok(
    Object.keys(ends).some((kind) => kind.startsWith("killed in sending, unknown")),
    "no kill was during the sending",
  );
  for (const state of ["pending", "using"])
    assert.ok(
      Object.keys(ends).some((kind) => kind.startsWith(`killed in ${state}, sent`)),
      `no call was taken up that was ${state}`,
    );
});
