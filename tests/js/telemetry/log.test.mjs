// What a log is told, where it goes, and that nothing of a call is in it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { IntervenClient } from "../../../dist/index.js";
import { gateway, http } from "../aif/gateway.mjs";
import { makeCalls } from "./calls.mjs";
import { canaries, told } from "./canaries.mjs";

function recorder() {
  const lines = [];
  const take =
    (level) =>
    (...said) =>
      lines.push([level, ...said]);
  return { lines, logger: { debug: take("debug"), info: take("info"), warn: take("warn"), error: take("error") } };
}

test("a canary that is told is found", () => {
  for (const [place, value] of Object.entries(canaries)) assert.ok(told(`x ${value} y`).includes(place), place);
  assert.deepEqual(told(`x ${btoa(canaries.body)} y`), ["body"]);
});

test("no log tells anything of a call", { timeout: 120_000 }, async (t) => {
  const { lines, logger } = recorder();
  await makeCalls(t, { logger, debug: true });
  const kinds = new Set(lines.map(([level, message]) => `${level} ${message}`));
  for (const kind of [
    "debug interven scan",
    "info interven refusal",
    "debug interven gateway",
    "debug interven wait",
    "info interven scan ended without a verdict",
  ])
    assert.ok(kinds.has(kind), `${kind} among ${[...kinds].join(", ")}`);
  assert.ok(kinds.has("info interven approval pending") && kinds.has("info interven approval ended"), [...kinds].join(", "));
  assert.ok(lines.length > 300, `${lines.length} lines only`);
  const telling = lines.filter((line) => told(JSON.stringify(line)).length > 0);
  assert.deepEqual(telling, []);
});

test("a call to the gateway is one line", async (t) => {
  const { lines, logger } = recorder();
  const { url } = await gateway(t, (_request, index) =>
    index === 0
      ? http(503, "{}", "retry-after: 0\r\n")
      : http(200, { decision: "ALLOW", risk_score: 0, reason_codes: [], trace_id: "trace-1" }),
  );
  const client = new IntervenClient({ gatewayUrl: url, logger, apiKey: "key" });
  await client.scan({ url: "https://example.com/x", agentId: "agent-1" });
  assert.deepEqual(
    lines.map(([, message, { status, endpoint, method }]) => [message, endpoint, method, status].filter(Boolean).join(" ")),
    ["interven gateway scan POST 503", "interven wait", "interven gateway scan POST 200", "interven scan"],
  );
  const [, , { scan, agentId, traceId, decision, host, ms }] = lines.at(-1);
  assert.deepEqual([agentId, traceId, decision, host, typeof ms], ["agent-1", "trace-1", "ALLOW", "example.com", "number"]);
  assert.ok(lines.every(([, , fields]) => fields.scan === scan && fields.agentId === "agent-1"));
  assert.equal(lines[0][2].host, new URL(url).host);
});

/** What a process writes, with options and an environment. */
function written(options, env) {
  const program = `import { IntervenClient } from "./dist/index.js";
const client = new IntervenClient(${options});
await client.fetch("https://example.com/", { method: "POST", body: ["AK", "IA", "QYLPMN5HKTRJV3ZW"].join("") }).catch(() => {});`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  return `${stdout}${stderr}`;
}

test("the console is told as much as the options say, then the environment", () => {
  const both = /interven scan[\s\S]*interven refusal/;
  assert.equal(written("{}", {}), "");
  assert.match(written("{ debug: true }", {}), both);
  assert.match(written("{}", { INTERVEN_DEBUG: "1" }), both);
  assert.match(written("{}", { INTERVEN_LOG: "debug" }), both);
  const info = written("{}", { INTERVEN_LOG: "info" });
  assert.ok(/interven refusal/.test(info) && !/interven scan/.test(info), info);
  assert.equal(written("{ debug: false }", { INTERVEN_DEBUG: "1", INTERVEN_LOG: "debug" }), "");
  assert.equal(written("{}", { INTERVEN_LOG: "warn" }), "");
  assert.match(written("{}", { INTERVEN_FAIL_OPEN: "1" }), /INTERVEN_FAIL_OPEN=1/);
  assert.equal(written("{}", { INTERVEN_FAIL_OPEN: "1", INTERVEN_LOG: "off" }), "");
});

test("a warning goes to the logger", () => {
  const { lines, logger } = recorder();
  new IntervenClient({ logger, env: { INTERVEN_FAIL_OPEN: "1" } });
  assert.deepEqual(
    lines.map(([level]) => level),
    ["warn"],
  );
});
