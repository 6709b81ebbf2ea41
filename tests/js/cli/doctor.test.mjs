// `interven doctor` as a process.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryDirectory } from "./process.mjs";

const CLEAN = Object.fromEntries(["API_KEY", "GATEWAY_URL", "FAIL_OPEN"].map((name) => [`INTERVEN_${name}`, ""]));

test("the doctor prints what is blocked, and what is not covered", async () => {
  const { code, stdout, stderr } = await run(["doctor"], CLEAN);
  assert.deepEqual([code, stderr], [0, ""]);
  for (const path of ["client.fetch", "fetch", "undici", "http", "https"])
    assert.match(stdout, new RegExp(`^  ${path.replace(".", "\\.")} +blocked \\(.*SECRET_DETECTED`, "m"));
  assert.match(stdout, /^NOT covered\n( {2}\S+ +.+\n)* {2}sockets /m);
  const json = await run(["doctor", "--json", "--policy", "starter"], CLEAN);
  const report = JSON.parse(json.stdout);
  assert.deepEqual([json.code, report.ok, report.installed, report.runtime], [0, true, true, "node"]);
});

test("a gateway that does not answer or does not take the key is a failure", async (t) => {
  const server = createServer((request, response) => response.writeHead(request.url === "/health" ? 200 : 401).end("{}"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close() && server.closeAllConnections());
  const url = `http://127.0.0.1:${server.address().port}`;
  const key = "a-key-of-the-test";
  const refused = await run(["doctor", "--gateway-url", url], { ...CLEAN, INTERVEN_API_KEY: key });
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /the key is NOT accepted/);
  assert.ok(!refused.stdout.includes(key));
  const keyless = await run(["doctor"], { ...CLEAN, INTERVEN_GATEWAY_URL: url });
  assert.equal(keyless.code, 0, keyless.stdout);
  const nobody = await run(["doctor", "--gateway-url", "http://127.0.0.1:1"], CLEAN);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stdout, /does NOT answer/);
});

test("wrong usage and wrong policies are said", async (t) => {
  const help = await run(["doctor", "--help"]);
  assert.deepEqual([help.code, help.stderr], [0, ""]);
  for (const option of ["--policy", "--gateway-url", "--json"]) assert.ok(help.stdout.includes(option), option);
  const file = join(temporaryDirectory(t), "policy.json");
  writeFileSync(file, '{"version":1,"name":"p","rules":[{"rule_id":"r","action":"BLOCK"}]}');
  for (const [args, code, message] of [
    [["doctor", "--jsno"], 2, /unknown option '--jsno'; did you mean '--json'/],
    [["doctor", "extra"], 2, /extra/],
    [["docter"], 2, /unknown command 'docter'; did you mean 'doctor'/],
    [["doctor", "--policy", file], 1, /policy\.json.*rules\[0\]\.action/],
    [["doctor", "--gateway-url", "http://gateway.example.com"], 2, /--gateway-url must be https:/],
  ]) {
    const done = await run(args, CLEAN);
    assert.deepEqual([done.code, done.stdout], [code, ""], args.join(" "));
    assert.match(done.stderr, message);
  }
});
