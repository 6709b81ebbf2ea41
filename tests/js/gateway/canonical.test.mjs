import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeAwsKey, startRunning } from "./running.mjs";

const RULES = [
  { rule_id: "admin", match: { url_patterns: ["https://other.example/admin/*"] }, action: "DENY" },
  { rule_id: "api", match: { hosts: ["api.example.com"] }, action: "REQUIRE_APPROVAL" },
  { rule_id: "loopback", match: { hosts: ["127.0.0.1"] }, action: "DENY" },
];

test("a scanned URL is decided, shown and kept in the form that is connected to", async (t) => {
  const gateway = await startRunning(t, { policy: { name: "p", rules: RULES } });
  const scan = (url) => gateway.scan({ method: "POST", url, body: {} });
  for (const url of [
    "https://other.example/public/../admin/x",
    "https://other.example/public/%2e%2e/admin/x",
    "https://other.example\\admin\\x",
    "HTTPS:other.example/admin/x",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://１２７.0.0.1/",
  ]) {
    assert.equal((await scan(url)).json.decision, "DENY", url);
  }
  const records = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([...new Set(records.flatMap((one) => one.matched_rules.map((rule) => rule.rule_id)))].sort(), [
    "admin",
    "loopback",
  ]);
  const spellings = ["https://API.example.com/v1", "https://api.example.com:443/v1", "https://api.example.com/x/../v1"];
  const ids = new Set();
  for (const url of spellings) ids.add((await scan(url)).json.approval_id);
  assert.equal(ids.size, 1, "one call, however it is spelled");
  const [approval] = (await gateway.admin("GET", "/v1/approvals")).json.approvals;
  assert.equal(approval.preview.url, "https://api.example.com/v1");
});

test("a URL that is not one is refused by name, before anything is kept", async (t) => {
  const gateway = await startRunning(t);
  for (const url of [
    "https://",
    "http://a b/",
    "https://exa mple.com/",
    "http://1.2.3.4.5.6.7.999/",
    "https://x:99999/",
    "HTTP://[",
  ]) {
    const answer = await gateway.scan({ method: "GET", url });
    assert.equal(answer.status, 400, url);
    assert.match(answer.json.error.message, /^'url' must be a valid URL/, url);
  }
  assert.equal((await gateway.admin("GET", "/v1/decisions")).json.decisions.length, 0);
});

test("nothing hides behind a name that is given twice", async (t) => {
  const gateway = await startRunning(t);
  const raw = (members) =>
    gateway.call("POST", "/v1/scan", {
      headers: { "content-type": "application/json" },
      body: `{"method":"POST","url":"https://api.example.com/",${members}}`,
    });
  const key = fakeAwsKey();
  for (const headers of [
    `{"x-note":"${key}","x-note":"ok"}`,
    `{"x-note":"${key}","x-\\u006eote":"ok"}`,
    `{"X-Note":"${key}","x-note":"ok"}`,
    `{"content-encoding":"gzip","Content-Encoding":"identity"}`,
  ]) {
    const answer = await raw(`"headers":${headers}`);
    assert.equal(answer.status, 400, headers);
    assert.match(answer.json.error.message, /^'headers\..*' is given twice/i);
    assert.ok(!answer.text.includes(key));
  }
  assert.equal((await raw(`"headers":{"x-note":"ok"},"headers":{}`)).status, 400);
  for (const body of [`{"x":"${key}","x":"ok"}`, `{"a":[{"x":"${key}","x":"ok"}]}`])
    assert.equal((await raw(`"body":${body}`)).json.decision, "DENY", "a body is scanned as it stands");
  const proto = await raw(`"headers":{"__proto__":"${key}","constructor":"z"}`);
  assert.equal(proto.json.decision, "DENY");
});
