// What an agent may try at `/v1/tools/`: to lead a call elsewhere, to get at the credential, to say what was not scanned.

import assert from "node:assert/strict";
import { test } from "node:test";
import { madeCredential, startHolding } from "../gateway/holding.mjs";
import { startUpstream } from "../gateway/running.mjs";

test("parameters do not lead a call out of its path", async (t) => {
  const { tool, upstream } = await startHolding(t, { tools: ["github", "gitlab", "gdrive"] });
  const wrong = [
    ...["..", ".", "../..", "a/../..", "a/..", "%2e%2e", "..%2f..", "%252e%252e", "a%252f..%252f", "..\\..", "%5c..", "..;x", ""],
    ...["a\u0000b", "a\r\nb", "\ud800", null, {}, ["x"], 2 ** 64],
  ];
  for (const owner of wrong) {
    const answer = await tool("github/list_issues", { owner, repo: "shop" });
    assert.equal(answer.status, 400, `${JSON.stringify(owner)} ${answer.text}`);
    assert.match(answer.json.error.message, /owner|path/);
  }
  for (const path of ["../x", "a/../../x", "a//b", "/a", "a/", "a/./b", "%2e%2e/x", "a\\..\\b", ""])
    assert.equal((await tool("github/get_file", { owner: "a", repo: "b", path })).status, 400, path);
  for (const path of ["/../x", "/a/%2e%2e/b", "/a?b", "/a#b", "a", "/a b", "/é", "/a\\b", "@evil.example/"])
    assert.equal((await tool("github/request", { path })).status, 400, path);
  // Two slashes are no other host here: the base stands before them.
  assert.equal((await tool("github/request", { path: "//evil.example/x" })).status, 200);
  const kept = ["a b", "a?b", "a#b", "a@b", "a:b", "é", "a%b", "...", "a&b=c", "@evil.example", "a;b", "'(!)*"];
  for (const owner of kept) assert.equal((await tool("github/list_issues", { owner, repo: "r" })).status, 200, owner);
  for (const { url } of upstream.received) assert.match(url, /^\/github\/(repos\/[^/?#]+\/r\/issues|\/evil\.example\/x)$/);
  const sent = upstream.received.filter(({ url }) => !url.includes("evil.example/x")).map(({ url }) => url.split("/")[3]);
  assert.deepEqual(sent.map(decodeURIComponent), kept);
});

test("an unknown tool or operation is told of, with what there is", async (t) => {
  const { tool, upstream } = await startHolding(t);
  const operation = await tool("slack/post_mesage", {});
  assert.deepEqual([operation.status, operation.json.error.code], [404, "UNKNOWN_OPERATION"]);
  assert.match(operation.json.error.message, /post_message, .*, request\./);
  for (const name of ["slak", "__proto__", "constructor", "..", "a%2fb", "SLACK", "http:x"]) {
    const answer = await tool(`${name}/post_message`, {});
    assert.equal(answer.status, 404, name);
  }
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"])
    assert.equal((await tool(`slack/${name}`, {})).json.error.code, "UNKNOWN_OPERATION", name);
  assert.equal((await tool("http/get", { url: "https://example.com/" })).json.error.code, "UNKNOWN_OPERATION");
  assert.equal((await tool("jira/create_issue", {})).json.error.code, "TOOL_HAS_NO_URL");
  assert.equal((await tool("github/list_issues", { owner: "a", repo: "b" })).json.error.code, "CREDENTIAL_MISSING");
  assert.equal(upstream.received.length, 0);
});

test("bodies that are no parameters are refused, and huge ones are not read", async (t) => {
  const { tool, call, upstream } = await startHolding(t, { tools: ["slack", "stripe"] });
  const raw = (body) => call("POST", "/v1/tools/slack/post_message", { headers: { "content-type": "application/json" }, body });
  for (const body of [
    "[]",
    "5",
    '"a"',
    "null",
    "{",
    '{"a":1,"a":2}',
    '{"text":"a","te\\u0078t":"b"}',
    "\ufffd{}",
    Buffer.from([0xff]),
  ])
    assert.equal((await raw(body)).status, 400, String(body));
  assert.equal((await raw(JSON.stringify({ text: "a".repeat(1_100_000) }))).status, 413);
  assert.equal((await call("POST", "/v1/tools/slack/post_message", { body: "{}" })).status, 415);
  const deep = JSON.parse(`${"[".repeat(50)}1${"]".repeat(50)}`);
  assert.equal((await tool("stripe/create_customer", { deep })).status, 400);
  assert.equal((await tool("stripe/create_customer", { n: 1e21 })).status, 400);
  assert.equal((await tool("slack/list_users", { a: { b: 1 } })).status, 400);
  assert.equal((await raw(`{"text":${"[".repeat(50_000)}1${"]".repeat(50_000)}}`)).status, 403);
  assert.equal(upstream.received.length, 0);
  const odd = await raw('{"__proto__":{"x":1},"constructor":"c","text":"t"}');
  assert.equal(odd.status, 200);
  assert.equal(upstream.received[0].body, '{"__proto__":{"x":1},"constructor":"c","text":"t"}');
  assert.equal({}.x, undefined);
});

test("headers of an agent neither end, replace nor read the credential", async (t) => {
  const { tool, admin, upstream } = await startHolding(t);
  const credential = madeCredential();
  const name = encodeURIComponent(`http:${upstream.host}`);
  await admin("PUT", `/v1/credentials/${name}`, { credential, header: "x-api-key", origins: [upstream.url] });
  const url = `${upstream.url}/`;
  const refused = [
    ...[
      { "x-api-key": "mine" },
      { "X-API-Key": "mine" },
      { host: "evil.example" },
      { "content-length": "0" },
      { range: "bytes=0-9" },
    ],
    ...[{ "transfer-encoding": "chunked" }, { connection: "x-api-key" }, { te: "trailers" }, { "accept-encoding": "gzip" }],
    ...[
      { "x-interven-key": "a" },
      { "a\r\nb": "c" },
      { a: "b\r\nx-api-key: mine" },
      { a: "b\u0000" },
      { "a b": "c" },
      { "": "c" },
    ],
    ...[{ a: 5 }, { a: "1", A: "2" }, { "x-api-key ": "mine" }, { a: "é" }, { a: "" }, { expect: "100-continue" }],
    ...[[], "x", 5, Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`h${index}`, "1"]))],
  ];
  for (const headers of refused)
    assert.equal((await tool("http/request", { url, headers })).status, 400, JSON.stringify(headers).slice(0, 80));
  for (const method of ["TRACE", "trace", "CONNECT", "TRACK", "GET /x HTTP/1.1\r\n", "", "G T", 5])
    assert.equal((await tool("http/request", { url, method })).status, 400, String(method));
  assert.equal((await tool("http/request", { url, heders: {} })).json.error.code, "INVALID_REQUEST");
  assert.equal((await tool("slack/request", { path: "/x", headers: { authorization: "Bearer mine" } })).status, 400);
  assert.equal((await tool("slack/request", { path: "/x", url: "https://evil.example" })).status, 400);
  assert.equal(upstream.received.length, 0);
  // One header more beside the credential's is the agent's own.
  assert.equal((await tool("http/request", { url, headers: { "x-other": "1" } })).status, 200);
  assert.equal(upstream.received[0].headers["x-api-key"], credential);
});

test("a header that a parameter makes is one header", async (t) => {
  const { tool, upstream } = await startHolding(t, { tools: ["pagerduty"] });
  for (const from of ["a\r\nx: y", "a\nb", "é", "", 5, null, undefined])
    assert.equal((await tool("pagerduty/add_note", { id: "1", from, note: {} })).status, 400, String(from));
  assert.equal(upstream.received.length, 0);
});

test("http.request reaches no private address, no metadata service, and not the gateway", async (t) => {
  const { tool, port, upstream, admin } = await startHolding(t);
  const hidden = await startUpstream(t);
  const urls = [
    ...[`${hidden.url}/`, `http://localhost:${hidden.port}/`, `http://[::1]:${hidden.port}/`, `http://0.0.0.0:${hidden.port}/`],
    ...[`http://2130706433:${hidden.port}/`, `http://0x7f.1:${hidden.port}/`, `http://127.1:${hidden.port}/`],
    ...[`http://[::ffff:127.0.0.1]:${hidden.port}/`, "http://169.254.169.254/latest/", "http://[fd00::1]/", "http://10.0.0.1/"],
    ...[
      "http://metadata.google.internal/",
      "http://100.100.100.200/",
      "file:///etc/passwd",
      "ftp://example.com/",
      "HTTP://127.0.0.1/",
    ],
    ...[
      `http://127.0.0.1:${port}/v1/keys`,
      `http://localhost:${port}/health`,
      `http://[::1]:${port}/`,
      "http://user:pw@example.com/",
    ],
    ...[
      "http://127.0.0.1:1/../x",
      "",
      "no url",
      5,
      null,
      "//x",
      `${upstream.url}/a/%2e%2e/b`,
      `${upstream.url}/#x`,
      "http://ｌocalhost/",
    ],
  ];
  for (const url of urls) {
    const answer = await tool("http/request", { url });
    assert.ok(answer.status === 403 || answer.status === 400, `${url} ${answer.status} ${answer.text}`);
    if (answer.status === 403) assert.equal(answer.json.decision, "DENY");
  }
  assert.deepEqual([hidden.received.length, upstream.received.length], [0, 0]);
  const self = await tool("http/request", { url: `http://127.0.0.1:${port}/v1/keys` });
  assert.ok(["SELF_PROXY", "PRIVATE_DESTINATION"].some((code) => self.json.reason_codes.includes(code)));
  const [decision] = (await admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([decision.trace_id, decision.action], [self.json.trace_id, "refuse"]);
});

test("a name that resolves to a private address is refused, in monitor mode too", async (t) => {
  const hidden = await startUpstream(t);
  for (const mode of ["enforce", "monitor"]) {
    const { tool } = await startHolding(t, { mode, resolve: async () => ["127.0.0.1"] });
    const answer = await tool("http/request", { url: `http://rebind.example:${hidden.port}/` });
    assert.deepEqual([answer.status, answer.json.reason_codes], [403, ["PRIVATE_ADDRESS"]], mode);
    const unresolved = await startHolding(t, { mode, resolve: async () => [] });
    const none = await unresolved.tool("http/request", { url: "https://nowhere.example/" });
    assert.deepEqual([none.status, none.json.reason_codes], [403, ["UPSTREAM_UNRESOLVED"]], mode);
  }
  assert.equal(hidden.received.length, 0);
});

test("a service that sends the credential back does not show it to the agent", async (t) => {
  let held = "";
  const forms = {
    plain: () => held,
    json: () => JSON.stringify({ headers: { authorization: `Bearer ${held}` }, [held]: [held] }),
    escaped: () => `{"a":"${[...held].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"}`,
    percent: () => `x=${encodeURIComponent(held)}&y=${encodeURIComponent(held).toLowerCase()}`,
    base64: () => `a ${Buffer.from(held).toString("base64")} b ${Buffer.from(held).toString("base64url")}`,
    twice: () => `${held}${held}`,
    number: () => `{"n":${"1".repeat(30)},"a":"${held}"}`,
    edge: () => "x".repeat(1024 * 1024 - 20) + held,
    over: () => "x".repeat(1024 * 1024 - held.length) + held + held,
  };
  const { tool, admin } = await startHolding(t, {
    answer: (incoming, response) => {
      response.setHeader("content-type", `text/plain; x=${held}`);
      response.end(forms[incoming.url.split("/").at(-1)]());
    },
  });
  // With signs that JSON escapes, URLs encode, and the two kinds of base64 write differently.
  held = `${madeCredential()}"\\?>?>?~?`;
  assert.equal((await admin("PUT", "/v1/credentials/slack", { credential: held })).status, 200);
  const base64 = ["base64", "base64url"].map((kind) => Buffer.from(held).toString(kind).slice(0, -2));
  assert.notEqual(...base64);
  const pieces = [held, ...base64, encodeURIComponent(held), held.slice(0, 12)];
  for (const form of Object.keys(forms)) {
    const answer = await tool("slack/request", { path: `/${form}` });
    assert.equal(answer.status, 200, form);
    for (const piece of pieces) assert.ok(!answer.text.includes(piece), form);
    if (form !== "edge" && form !== "over") assert.ok(answer.text.includes("[credential]"), `${form} ${answer.text.slice(-300)}`);
  }
});

test("the end of a long answer tells nothing about the credential", async (t) => {
  let held = "";
  let guess = "";
  const { tool, credentials } = await startHolding(t, {
    answer: (_incoming, response) => response.end("x".repeat(1024 * 1024 - guess.length) + guess + "y".repeat(10)),
  });
  held = credentials.slack;
  const lengths = [];
  for (guess of ["", held.slice(0, 1), held.slice(0, 20), "z", held.slice(0, -1)])
    lengths.push((await tool("slack/request", { path: "/x" })).json.upstream.body.length);
  assert.equal(new Set(lengths).size, 1, lengths.join());
});

test("only agents may call, from here, in JSON, and only the administrator may look", async (t) => {
  const { call, upstream, admin } = await startHolding(t);
  const send = (headers, body = '{"text":"a"}') =>
    call("POST", "/v1/tools/slack/post_message", { headers: { "content-type": "application/json", ...headers }, body });
  for (const headers of [
    { host: "evil.example" },
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
  ])
    assert.ok((await send(headers)).status >= 400, JSON.stringify(headers));
  const key = (await admin("POST", "/v1/keys", {})).json.key;
  for (const headers of [{}, { authorization: `Bearer ${key}x` }, { "x-interven-key": `iv_live_${"a".repeat(43)}` }])
    assert.equal((await send(headers)).status, 401);
  for (const [method, path] of [
    ["PUT", "/v1/credentials/slack"],
    ["POST", "/v1/credentials/slack"],
    ["DELETE", "/v1/credentials/slack"],
  ])
    for (const authorization of [undefined, `Bearer ${key}`]) {
      const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
      assert.equal((await call(method, path, { headers, body: '{"credential":"12345678"}' })).status, 401, method);
    }
  assert.equal(upstream.received.length, 0);
  assert.equal((await admin("GET", "/v1/credentials")).json.credentials.length, 1);
});
