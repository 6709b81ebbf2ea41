// `--config FILE` of `interven gateway`.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rawRequest } from "../gateway/running.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

const env = { INTERVEN_ADMIN_TOKEN: `test-${"t".repeat(20)}` };

test("--config: every option by its name; what is wrong is named with key and file", async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, "gateway.json");
  const write = (value) => writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  const dataDir = join(directory, "data");
  write({
    "data-dir": dataDir,
    mode: "monitor",
    port: 1,
    quiet: true,
    "retain-days": 30,
    "allow-private": ["localhost:1"],
    "store-bodies": "redacted",
    "legacy-hmac": true,
    "public-url": "https://gateway.example.com/",
  });
  const gateway = await startGatewayProcess(t, ["--config", file, "--verbose"], env);
  const started = JSON.parse(gateway.lines[0]);
  assert.deepEqual([started.mode, started.data_dir], ["monitor", dataDir]);
  assert.equal(started.url, "https://gateway.example.com/");
  assert.notEqual(gateway.port, 1, "the command line goes before the file");
  const body = JSON.stringify({ method: "POST", url: "https://api.example.com/", body: { mail: "jo@corp-mail.com" } });
  await rawRequest(gateway.port, { method: "POST", path: "/v1/scan", headers: { "content-type": "application/json" }, body });
  const signed = { "content-type": "application/json", authorization: `Bearer ${env.INTERVEN_ADMIN_TOKEN}` };
  const secret = { method: "POST", path: "/v1/agents/a/hmac-secret", headers: signed, body: "{}" };
  assert.equal((await rawRequest(gateway.port, secret)).status, 201);
  await gateway.stop();
  const off = await startGatewayProcess(t, ["--config", file], { ...env, INTERVEN_LEGACY_HMAC: "0", PORT: "0" });
  assert.equal((await rawRequest(off.port, secret)).status, 409, "the environment goes before the file");
  await off.stop();
  assert.match((await run(["gateway"], { INTERVEN_LEGACY_HMAC: "yes" })).stderr, /INTERVEN_LEGACY_HMAC must be 1 or 0/);
  assert.equal(gateway.lines.length, 2);
  const { stdout } = await run(["audit", "export", "--data-dir", dataDir, "--kind", "decision"]);
  assert.equal(JSON.parse(stdout).body.body.text, '{"mail":"[EMAIL:1]"}');
  const cases = [
    [{ prot: 1 }, /gateway\.json: 'prot' is no option; did you mean 'port'/],
    [{ port: "x" }, /gateway\.json: 'port' must be a whole number from 0 to 65535, not 'x'/],
    [{ port: 1.5 }, /gateway\.json: 'port' must be a text or a whole number/],
    [{ quiet: "yes" }, /gateway\.json: 'quiet' must be true or false/],
    [{ "allow-private": [1] }, /gateway\.json: 'allow-private' must be a text or a list of texts/],
    [{ config: "x" }, /gateway\.json: 'config' is no option/],
    [{ "retain-days": 0 }, /gateway\.json: 'retain-days' must be a whole number from 1 to 36500, not '0'/],
    [{ "store-bodies": "all" }, /gateway\.json: 'store-bodies' must be none or redacted, not 'all'/],
    ['{\n"port": 1,\n}', /gateway\.json is not JSON: see line 3/],
    ["[]", /gateway\.json must hold a JSON object/],
  ];
  for (const [value, message] of cases) {
    write(value);
    const { code, stderr } = await run(["gateway", "--config", file]);
    assert.equal(code, 2, JSON.stringify(value));
    assert.match(stderr, message);
    assert.ok(stderr.includes(file), stderr);
  }
  assert.match((await run(["gateway", "--config", join(directory, "none")])).stderr, /--config .*none cannot be read \(ENOENT\)/);
});
