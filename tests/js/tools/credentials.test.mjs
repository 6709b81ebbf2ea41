// Credentials of tools: set, listed, removed, sealed; never shown, and sent nowhere but to where they are for.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openSqliteStore, Vault } from "../../../dist/gateway/index.js";
import { madeCredential, startHolding } from "../gateway/holding.mjs";
import { HOLD_LOOPBACK, startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";

test("a credential is set, listed without itself, replaced and removed, and all of it is recorded", async (t) => {
  const { admin, tool, upstream, credentials } = await startHolding(t);
  const [first] = (await admin("GET", "/v1/credentials")).json.credentials;
  assert.deepEqual(Object.keys(first).sort(), [
    ...["calls", "created_at", "header", "last_four", "last_used_at", "origins", "prefix", "tool", "updated_at"],
  ]);
  assert.deepEqual(
    [first.tool, first.header, first.prefix, first.origins],
    ["slack", "authorization", "Bearer ", [upstream.url]],
  );
  assert.deepEqual([first.last_four, first.last_used_at, first.calls], [credentials.slack.slice(-4), null, 0]);
  await tool("slack/list_users");
  const [used] = (await admin("GET", "/v1/credentials")).json.credentials;
  assert.deepEqual([typeof used.last_used_at, used.calls], ["string", 1]);

  const next = madeCredential();
  const replaced = await admin("POST", "/v1/credentials/slack", { credential: next, prefix: "Token " });
  assert.deepEqual([replaced.status, replaced.json.last_used_at, replaced.json.created_at], [200, null, first.created_at]);
  await tool("slack/list_users");
  assert.equal(upstream.received[1].headers.authorization, `Token ${next}`);
  assert.deepEqual((await admin("DELETE", "/v1/credentials/slack")).json, { tool: "slack", removed: true });
  assert.equal((await tool("slack/list_users")).json.error.code, "CREDENTIAL_MISSING");
  assert.equal((await admin("DELETE", "/v1/credentials/slack")).json.error.code, "CREDENTIAL_NOT_FOUND");
  const text = (await admin("GET", "/v1/decisions/export?format=ndjson")).text;
  assert.ok(!text.includes(next));
});

test("a wrong credential is refused by its field, and no message repeats it", async (t) => {
  const { admin } = await startHolding(t);
  const credential = madeCredential();
  const cases = [
    ["slack", {}, /'credential'/],
    ["slack", { credential: "short" }, /'credential'/],
    ["slack", { credential: `${credential}\n` }, /'credential'/],
    ["slack", { credential: `${credential}\r\nx: y` }, /'credential'/],
    ["slack", { credential: `${credential}é` }, /'credential'/],
    ["slack", { credential: `Bearer ${credential}` }, /'credential' begins with/],
    ["slack", { credential: `bearer ${credential}` }, /'credential' begins with/],
    ["slack", { credential: "x".repeat(9000) }, /'credential'/],
    ["slack", { credential: 5 }, /'credential'/],
    ["slack", { credential: `https://hooks.slack.com/services/${credential}` }, /'credential' is a URL/],
    ["slack", { credential, header: "host" }, /'header'/],
    ["slack", { credential, header: "a b" }, /'header'/],
    ["slack", { credential, header: "a\r\nb" }, /'header'/],
    ["slack", { credential, header: "X-Interven-Key" }, /'header'/],
    ["slack", { credential, header: "Accept" }, /'header'/],
    ["slack", { credential, header: "Proxy-Authenticate" }, /'header'/],
    ["slack", { credential, header: "http2-settings" }, /'header'/],
    ["slack", { credential, prefix: "a\nb" }, /'prefix'/],
    ["slack", { credential, origins: [] }, /'origins'/],
    ["slack", { credential, origins: ["slack.com"] }, /'origins'/],
    ["slack", { credential, origins: ["https://slack.com/"] }, /'origins'/],
    ["slack", { credential, origins: ["https://user@slack.com"] }, /'origins'/],
    ["slack", { credential, origins: ["null"] }, /'origins'/],
    ["slack", { credential, origins: ["https://*.slack.com"] }, /'origins'/],
    ["slack", { credential, hosts: ["slack.com"] }, /'hosts' is not known/],
    ["jira", { credential }, /'origins' is required/],
    ["slak", { credential }, /no such tool/],
    ["http", { credential }, /no such tool/],
    ["http:", { credential }, /http:HOST/],
    ["http:API.example.com", { credential }, /http:HOST/],
    ["http:api.example.com/x", { credential }, /http:HOST/],
    ["http:user@api.example.com", { credential }, /http:HOST/],
    ["http:api.example.com.", { credential }, /http:HOST/],
    ["http:api.example.com:443", { credential }, /http:HOST/],
    ["http:api.example.com", { credential, origins: ["https://other.example.com"] }, /only that host/],
  ];
  for (const [tool, fields, message] of cases) {
    const answer = await admin("PUT", `/v1/credentials/${encodeURIComponent(tool)}`, fields);
    assert.ok(answer.status === 400 || answer.status === 404, `${tool} ${JSON.stringify(fields).slice(0, 60)} ${answer.text}`);
    assert.match(answer.json.error.message, message);
    assert.ok(!answer.text.includes(credential));
  }
  assert.equal((await admin("GET", "/v1/credentials")).json.credentials.length, 1);
  const same = await admin("PUT", "/v1/credentials/slack", { credential, header: "Authorization" });
  assert.deepEqual([same.json.header, same.json.prefix], ["authorization", "Bearer "]);
  assert.equal((await admin("PUT", "/v1/credentials/slack", { credential, header: "x-key" })).json.prefix, "");
  const host = await admin("PUT", `/v1/credentials/${encodeURIComponent("http:api.example.com:8443")}`, { credential });
  assert.deepEqual([host.json.origins, host.json.header], [["https://api.example.com:8443"], "authorization"]);
});

test("a credential goes only to the origins that it was set for", async (t) => {
  const directory = temporaryDirectory(t);
  const key = Uint8Array.from(randomBytes(32));
  const [upstream, elsewhere] = [await startUpstream(t), await startUpstream(t)];
  const start = async (url, vault = key) =>
    startRunning(t, {
      ...{ dataDir: directory, vault: await Vault.of(vault), toolUrls: { slack: url } },
      allowPrivate: [upstream.host, elsewhere.host, `localhost:${upstream.port}`],
    });
  const first = await start(upstream.url);
  const credential = madeCredential();
  await first.admin("PUT", "/v1/credentials/slack", { credential });
  await first.close();
  const moved = await start(elsewhere.url);
  const refused = await moved.post("/v1/tools/slack/list_users", {});
  assert.deepEqual([refused.status, refused.json.error.code], [409, "CREDENTIAL_FOR_ANOTHER_HOST"]);
  const { tools } = (await moved.admin("GET", "/v1/tools")).json;
  assert.equal(tools.find(({ tool }) => tool === "slack").usable, false);
  await moved.close();
  const named = await start(`http://localhost:${upstream.port}`);
  assert.equal((await named.post("/v1/tools/slack/list_users", {})).status, 409);
  await named.close();
  const other = await start(upstream.url, Uint8Array.from(randomBytes(32)));
  const unreadable = await other.post("/v1/tools/slack/list_users", {});
  assert.deepEqual([unreadable.status, unreadable.json.error.code], [500, "CREDENTIAL_UNREADABLE"]);
  await other.close();
  assert.deepEqual([upstream.received.length, elsewhere.received.length], [0, 0]);
  const again = await start(upstream.url);
  assert.equal((await again.post("/v1/tools/slack/list_users", {})).status, 200);
  assert.equal(upstream.received[0].headers.authorization, `Bearer ${credential}`);
});

test("a row that is changed or moved in the database sends nothing", async (t) => {
  const directory = temporaryDirectory(t);
  const evil = await startUpstream(t);
  const holding = await startHolding(t, { dataDir: directory, tools: ["slack", "github"], allow: [evil.host] });
  const { store, tool, upstream } = holding;
  const slack = await store.credentials.find("slack");
  const github = await store.credentials.find("github");
  const put = (change) => store.credentials.set({ ...slack, ...change });
  const changes = [
    { sealed: github.sealed },
    { header: "x-other" },
    { prefix: "" },
    { prefix: "Bearer  " },
    { origins: [...slack.origins, evil.url] },
    { origins: [evil.url, ...slack.origins] },
    { sealed: slack.sealed.replace("v1.", "v2.") },
    { sealed: `${slack.sealed}.` },
    { sealed: slack.sealed.slice(0, -1) },
    { sealed: "" },
  ];
  for (const change of changes) {
    await put(change);
    const answer = await tool("slack/list_users");
    assert.deepEqual(
      [answer.status, answer.json.error.code],
      [500, "CREDENTIAL_UNREADABLE"],
      JSON.stringify(Object.keys(change)),
    );
  }
  await put({ tool: "http:evil.example", origins: ["https://evil.example"] });
  assert.equal((await tool("http/request", { url: "https://evil.example/" })).json.error.code, "CREDENTIAL_UNREADABLE");
  assert.deepEqual([upstream.received.length, evil.received.length], [0, 0]);
  await put({});
  assert.equal((await tool("slack/list_users")).status, 200);
});

test("a gateway without a vault says so", async (t) => {
  const { admin, post } = await startRunning(t);
  const set = await admin("PUT", "/v1/credentials/slack", { credential: madeCredential() });
  assert.deepEqual([set.status, set.json.error.code], [501, "VAULT_MISSING"]);
  assert.equal((await post("/v1/tools/slack/list_users", {})).json.error.code, "CREDENTIAL_MISSING");
});

test("the credential stands in no answer, log line, record, error, metric, file or request but its own", async (t) => {
  const directory = temporaryDirectory(t);
  const other = await startUpstream(t);
  let held = "";
  const echo = (incoming, response) => {
    if (incoming.url.endsWith("/gone")) response.destroy();
    else response.end(JSON.stringify({ you: incoming.headers, held }));
  };
  const { admin, call, tool, upstream, credentials, log, store, proxy, close, ...gateway } = await startHolding(t, {
    ...{ dataDir: directory, answer: echo, allow: [other.host], storeBodies: "redacted", policy: HOLD_LOOPBACK },
  });
  held = credentials.slack;
  const printed = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    t.mock.method(stream, "write", (chunk, ...rest) => {
      printed.push(String(chunk));
      return write(chunk, ...rest);
    });
  }
  const answers = [];
  const keep = async (answer) => {
    answers.push(await answer);
    return answers.at(-1);
  };
  const approved = async (path, params) => {
    const asked = await keep(tool(path, params));
    await keep(admin("POST", `/v1/approvals/${asked.json.approval_id}/approve`, {}));
    return keep(tool(path, params));
  };
  assert.equal((await approved("slack/post_message", { text: "a" })).status, 200);
  await approved("slack/request", { path: "/gone" });
  await keep(tool("slack/post_message", { text: "again" }));
  await keep(tool("slack/unknown", {}));
  await keep(tool("slack/list_users", { a: {} }));
  await keep(tool("http/request", { url: `${other.url}/` }));
  await keep(proxy(`${other.url}/`));
  await keep(admin("PUT", "/v1/credentials/slack", { credential: held, header: "a b" }));
  await keep(admin("PUT", "/v1/credentials/slack", { credential: `${held}\n` }));
  for (const path of [
    ...["/v1/credentials", "/v1/tools", "/v1/decisions", "/v1/approvals", "/v1/traces", "/v1/agents", "/v1/usage", "/metrics"],
    ...["ndjson", "csv", "splunk", "datadog", "ocsf"].map((format) => `/v1/decisions/export?format=${format}`),
  ])
    await keep(admin("GET", path));
  for (const { trace_id: id } of (await admin("GET", "/v1/traces")).json.traces) await keep(admin("GET", `/v1/traces/${id}`));
  assert.equal((await keep(admin("POST", "/v1/backup", {}))).status, 201);
  const entries = await store.readEntries({ limit: 1000 });
  await gateway.gateway.close(0);

  const forms = [
    held,
    Buffer.from(held).toString("base64").slice(0, -4),
    encodeURIComponent(held),
    Buffer.from(held).toString("hex"),
  ];
  const clean = (text, what) => {
    for (const form of forms) assert.ok(!text.includes(form), what);
  };
  for (const { text, headers } of answers) clean(text + JSON.stringify(headers), text.slice(0, 200));
  clean(JSON.stringify(log), "log");
  clean(printed.join(""), "output");
  clean(JSON.stringify(entries), "record");
  for (const one of other.received) clean(JSON.stringify(one), "another host");
  await close();
  const files = readdirSync(directory, { recursive: true }).map((name) => join(directory, name));
  const bytes = files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path).toString("latin1"));
  assert.ok(bytes.length >= 2);
  for (const text of bytes) clean(text, "file");
  // What was looked for is there where it belongs.
  assert.ok(upstream.received.some(({ headers }) => headers.authorization === `Bearer ${held}`));
  const again = await openSqliteStore(directory);
  assert.match((await again.credentials.find("slack")).sealed, /^v1\./);
  await again.close();
});
