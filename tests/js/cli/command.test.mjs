import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryDirectory } from "./process.mjs";

test("a command that does not end is ended, and what it has said is told", async (t) => {
  const forever = run(["gateway", "--port", "0", "--data-dir", temporaryDirectory(t)], {}, undefined, 3_000);
  await assert.rejects(forever, /^Error: interven gateway --port 0 .* was ended by SIGKILL; it may take 3000 ms:\n/);
});

test("help and version", async () => {
  const main = await run(["--help"]);
  assert.deepEqual([main.code, main.stderr], [0, ""]);
  assert.match(main.stdout, /gateway/);
  assert.equal((await run([])).stdout, main.stdout);
  const gateway = await run(["gateway", "--help"]);
  assert.equal(gateway.code, 0);
  for (const option of [
    "--port",
    "--host",
    "--public-host",
    "--public-url",
    "--mode",
    "--policy",
    "--data-dir",
    "--allow-private",
    "--slack-channel",
    "--slack-approver",
    "--webhook",
    "--webhook-preview",
    "--max-body-bytes",
    "--rate-limit",
    "--prompt-limit",
    "--retain-days",
    "--store-bodies",
    "--config",
    "--verbose",
    "--quiet",
    "INTERVEN_ADMIN_TOKEN",
    "INTERVEN_POLICY",
    "INTERVEN_PUBLIC_URL",
    "INTERVEN_SLACK_BOT_TOKEN",
    "INTERVEN_SLACK_SIGNING_SECRET",
    "INTERVEN_WEBHOOK_SECRET",
  ]) {
    assert.ok(gateway.stdout.includes(option), option);
  }
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  assert.equal((await run(["--version"])).stdout, `${version}\n`);
});

test("wrong usage ends with 2 and says what was meant", async () => {
  const cases = [
    [["gatway"], /unknown command 'gatway'; did you mean 'gateway'/],
    [["--verison"], /unknown option '--verison'/],
    [["gateway", "--prot", "1"], /unknown option '--prot'; did you mean '--port'/],
    [["gateway", "--alow-private=x"], /unknown option '--alow-private'; did you mean '--allow-private'/],
    [["gateway", "--zzzzzz"], /unknown option '--zzzzzz'\nSee: interven gateway --help/],
    [["gateway", "--port", "70000"], /--port must be a whole number from 0 to 65535, not '70000'/],
    [["gateway", "--port", "http"], /--port must be a whole number/],
    [["gateway", "--port"], /--port/],
    [["gateway", "--mode", "audit"], /--mode must be enforce or monitor, not 'audit'/],
    [["gateway", "--verbose", "--quiet"], /exclude each other/],
    [["gateway", "--max-body-bytes", "67108865"], /--max-body-bytes must be a whole number from 1 to 67108864/],
    [["gateway", "--rate-limit", "0"], /--rate-limit must be a whole number from 1 to 1000000/],
    [["gateway", "--prompt-limit", "1001"], /--prompt-limit must be a whole number from 1 to 1000/],
    [["gateway", "--allow-private", "localhost"], /--allow-private needs HOST:PORT/],
    [["gateway", "--allow-private", "http://localhost:80"], /--allow-private needs HOST:PORT/],
    [["gateway", "--public-host", "a/b"], /--public-host needs a host name/],
    [["gateway", "--public-url", "gateway.example.com"], /--public-url needs an address such as https:/],
    [["gateway", "--public-url", "https://gateway.example.com/console"], /--public-url needs an address .*without a path/],
    [["gateway", "--public-url", "https://a@gateway.example.com"], /--public-url needs an address/],
    [["gateway", "extra"], /extra/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.ok(!stderr.includes("    at "), "no stack");
  }
  const port = await run(["gateway"], { PORT: "x" });
  assert.deepEqual([port.code, /PORT must be/.test(port.stderr)], [2, true]);
  const url = await run(["gateway"], { INTERVEN_PUBLIC_URL: "ftp://gateway.example.com" });
  assert.deepEqual([url.code, /INTERVEN_PUBLIC_URL needs an address/.test(url.stderr)], [2, true]);
  const token = await run(["gateway"], { INTERVEN_ADMIN_TOKEN: "short" });
  assert.deepEqual([token.code, /INTERVEN_ADMIN_TOKEN must be 16 to 512/.test(token.stderr)], [2, true]);
});

test("a port in use ends with 1, names the port and another", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const { code, stderr } = await run(["gateway", "--port", String(port), "--data-dir", temporaryDirectory(t)]);
  assert.equal(code, 1);
  assert.ok(stderr.includes(`port ${port} is in use`), stderr);
  assert.match(stderr, /interven gateway --port \d+/);
  const host = await run(["gateway", "--host", "203.0.113.7", "--data-dir", temporaryDirectory(t)]);
  assert.equal(host.code, 1);
  assert.match(host.stderr, /--host 203\.0\.113\.7 is not an address of this machine/);
});

test("a policy that cannot be used ends with 1 and says where", async (t) => {
  const directory = temporaryDirectory(t);
  const file = (name, text) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const cases = [
    [join(directory, "missing.json"), /missing\.json does not exist/],
    [directory, /is a directory/],
    [file("bytes.json", Buffer.from([0x7b, 0xff, 0x7d])), /is not UTF-8 text/],
    [file("broken.json", '{\n  "name": "p",\n  "rules": [,]\n}'), /broken\.json:3:\d+/],
    [
      file("key.json", '{"name":"p","rules":[\n {"rule_id":"r","match":{"host":["a"]},"action":"DENY"}]}'),
      /key\.json:2:\d+.*match\.host.*hosts/s,
    ],
    [
      file("action.json", '{"name":"p","rules":[\n {"rule_id":"r","action":"BLOCK"}]}'),
      /action\.json:2:\d+.*action.*BLOCK.*REQUIRE_APPROVAL/s,
    ],
  ];
  const good = file("good.json", '{"name":"good","rules":[]}');
  for (const [path, message] of cases) {
    for (const args of [
      ["--policy", path],
      ["--policy", good, "--policy", path],
    ]) {
      const { code, stdout, stderr } = await run(["gateway", "--port", "0", "--data-dir", join(directory, "data"), ...args]);
      assert.equal(code, 1, path);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.ok(!stderr.includes("    at "), "no stack");
    }
    assert.equal(
      (await run(["gateway", "--port", "0", "--data-dir", join(directory, "data")], { INTERVEN_POLICY: path })).code,
      1,
    );
  }
});
