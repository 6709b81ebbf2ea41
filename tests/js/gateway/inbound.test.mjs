import assert from "node:assert/strict";
import { test } from "node:test";
import { Vault } from "../../../dist/gateway/index.js";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

const CREDENTIAL = `Bearer held-${"q".repeat(30)}`;

/** A gateway with a vault, and a route `svc` to a loopback upstream below `/v1` that gets a credential. */
async function withRoute(t, { answer, route = {}, also = [], ...options } = {}) {
  const upstream = await startUpstream(t, answer);
  const vault = await Vault.of(crypto.getRandomValues(new Uint8Array(32)));
  const gateway = await startRunning(t, { vault, allowPrivate: [upstream.host, ...also], ...options });
  const fields = { prefix: "svc", upstream_url: `${upstream.url}/v1`, headers: { Authorization: CREDENTIAL }, ...route };
  const made = await gateway.admin("POST", "/v1/inbound-routes", fields);
  assert.equal(made.status, 201, made.text);
  const inbound = (path, { method = "POST", headers = {}, body = "hello" } = {}) =>
    gateway.call(method, `/inbound/${path}`, { headers, body });
  return { upstream, vault, gateway, inbound, made: made.json };
}

test("a call goes to the route's upstream with the credential that the gateway holds", async (t) => {
  const { upstream, gateway, inbound, made } = await withRoute(t);
  assert.deepEqual(made.header_names, ["authorization"]);
  assert.equal(made.path, "/inbound/svc/");
  const answer = await inbound("svc/notes?x=1", { headers: { authorization: "Bearer dummy", "x-kept": "yes" } });
  assert.equal(answer.status, 200);
  assert.equal(answer.text, "upstream says hello");
  assert.equal(answer.headers["x-interven-decision"], "ALLOW");
  assert.match(answer.headers["x-interven-trace-id"], /^[0-9a-f-]{36}$/);
  assert.equal(answer.headers["x-interven-reasons"], "");
  const [seen] = upstream.received;
  assert.equal(seen.url, "/v1/notes?x=1");
  assert.equal(seen.headers.authorization, CREDENTIAL);
  assert.equal(seen.headers["x-kept"], "yes");
  assert.equal(seen.headers.host, upstream.host);
  const [decision] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.equal(decision.source, "inbound");
  assert.equal(gateway.log.at(-1)?.route ?? "inbound", "inbound");
  for (const [path, url] of [
    ["svc", "/v1"],
    ["svc?a=b", "/v1?a=b"],
    ["svc/", "/v1/"],
    ["svc//x", "/v1//x"],
    ["svc/100%25", "/v1/100%25"],
  ]) {
    assert.equal((await inbound(path)).status, 200, path);
    assert.equal(upstream.received.at(-1).url, url);
  }
});

test("the credential is never given back, and stands nowhere in the clear", async (t) => {
  const { gateway, inbound } = await withRoute(t);
  await inbound("svc/x");
  await inbound("svc/x", { body: fakeAwsKey() });
  const places = ["/v1/inbound-routes", "/v1/decisions", "/v1/traces", "/v1/decisions/export?format=ndjson", "/metrics"];
  for (const place of places) assert.ok(!(await gateway.admin("GET", place)).text.includes("held-q"), place);
  const patched = await gateway.admin("PATCH", "/v1/inbound-routes/svc", { tool: "slack" });
  assert.equal(patched.status, 200);
  assert.ok(!patched.text.includes("held-q"));
  const [stored] = await gateway.store.inboundRoutes.list(10);
  assert.ok(!JSON.stringify(stored).includes("held-q"));
  const entries = await gateway.store.readEntries({ limit: 100 });
  assert.deepEqual(
    entries.map((entry) => entry.kind).filter((kind) => kind.startsWith("admin.inbound")),
    ["admin.inbound_route_created", "admin.inbound_route_updated"],
  );
  assert.ok(!JSON.stringify(entries).includes("held-q"));
});

test("what is sealed for one route opens for no other, and not beside another upstream", async (t) => {
  const elsewhere = await startUpstream(t);
  const { upstream, gateway, inbound } = await withRoute(t, { also: [elsewhere.host] });
  const [stored] = await gateway.store.inboundRoutes.list(10);
  await gateway.store.inboundRoutes.add({ ...stored, prefix: "other" });
  assert.equal((await inbound("other/x")).json.error.code, "CREDENTIAL_UNAVAILABLE");
  const moved = { ...stored, upstreamUrl: elsewhere.url, updatedAt: stored.updatedAt + 1 };
  assert.equal(await gateway.store.inboundRoutes.update(moved, stored.updatedAt), true);
  assert.equal((await inbound("svc/x")).json.error.code, "CREDENTIAL_UNAVAILABLE");
  assert.deepEqual([...upstream.received, ...elsewhere.received], []);
});

test("DENY is 403, SANITIZE sends the redacted body, and both name the decision", async (t) => {
  const { upstream, inbound } = await withRoute(t);
  const denied = await inbound("svc/x", { body: `key ${fakeAwsKey()}` });
  assert.equal(denied.status, 403);
  assert.equal(denied.headers["x-interven-decision"], "DENY");
  assert.match(denied.headers["x-interven-reasons"], /SECRET/);
  assert.equal(upstream.received.length, 0);
  const ssn = fakeSsn();
  const sanitised = await inbound("svc/x", { body: `my social security number is ${ssn}` });
  assert.equal(sanitised.status, 200);
  assert.equal(sanitised.headers["x-interven-decision"], "SANITIZE");
  assert.ok(!upstream.received[0].body.includes(ssn));
});

test("a held call is 202, and goes once after approval; an approval of the bare call is not for it", async (t) => {
  const { upstream, gateway, inbound } = await withRoute(t, { policy: HOLD_LOOPBACK });
  const approve = async (id) => assert.equal((await gateway.admin("POST", `/v1/approvals/${id}/approve`, {})).status, 200);
  const bare = await gateway.proxy(`${upstream.url}/v1/x`, { body: "hello" });
  await approve(bare.json.approval_id);
  const held = await inbound("svc/x");
  assert.equal(held.status, 202);
  assert.equal(held.headers["x-interven-decision"], "REQUIRE_APPROVAL");
  assert.notEqual(held.json.approval_id, bare.json.approval_id);
  assert.equal(upstream.received.length, 0);
  await approve(held.json.approval_id);
  const sent = await inbound("svc/x");
  assert.equal(sent.status, 200);
  assert.match(sent.headers["x-interven-reasons"], /RECENT_APPROVAL_GRANT/);
  assert.equal((await inbound("svc/x")).status, 202);
  assert.equal(upstream.received.length, 1);
  assert.equal(upstream.received[0].headers.authorization, CREDENTIAL);
});

test("answers stream as they come", async (t) => {
  let finish;
  const { gateway } = await withRoute(t, {
    answer: (_incoming, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\n");
      finish = () => response.end("data: 2\n\n");
    },
  });
  const answer = await fetch(`${gateway.base}/inbound/svc/events`);
  const reader = answer.body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "data: 1\n\n");
  finish();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "data: 2\n\n");
});

test("redirects: below the base by the route, anywhere else without the credential", async (t) => {
  const other = await startUpstream(t);
  const { upstream, gateway, inbound } = await withRoute(t, {
    answer: (incoming, response) => {
      const { searchParams } = new URL(incoming.url, "http://x");
      response.writeHead(searchParams.has("to") ? 307 : 200, searchParams.has("to") ? { location: searchParams.get("to") } : {});
      response.end("ok");
    },
  });
  const expected = {
    "/v1/next?y=1": "/inbound/svc/next?y=1",
    next: "/inbound/svc/next",
    "/v1": "/inbound/svc",
    "/admin": `/proxy-redirect/${upstream.url}/admin`,
    "/v10/x": `/proxy-redirect/${upstream.url}/v10/x`,
    "../x": `/proxy-redirect/${upstream.url}/x`,
    [`${other.url}/landed`]: `/proxy-redirect/${other.url}/landed`,
    [`//${other.host}/v1/landed`]: `/proxy-redirect/${other.url}/v1/landed`,
    "myapp://x": "myapp://x",
  };
  for (const [to, location] of Object.entries(expected))
    assert.equal((await inbound(`svc/go?to=${encodeURIComponent(to)}`)).headers.location, location, to);
  // A client that follows, to where it may go.
  const open = await startRunning(t, { vault: await Vault.of(new Uint8Array(32)), allowPrivate: [upstream.host, other.host] });
  await open.admin("POST", "/v1/inbound-routes", {
    ...{ prefix: "svc", upstream_url: `${upstream.url}/v1`, headers: { "x-api-key": "held-key", cookie: "held=1" } },
  });
  for (const to of [`${other.url}/landed`, "/admin"])
    assert.equal((await fetch(`${open.base}/inbound/svc/go?to=${encodeURIComponent(to)}`)).status, 200);
  assert.equal(gateway.log.length > 0, true);
  const landed = [other.received.at(-1), upstream.received.find(({ url }) => url === "/admin")];
  for (const { headers } of landed)
    for (const name of ["authorization", "x-api-key", "cookie"]) assert.equal(headers[name], undefined);
});

test("a session that an upstream opens for the credential stays at the gateway", async (t) => {
  const answer = (_incoming, response) => {
    response.writeHead(200, { "set-cookie": "session=1; Path=/v1/a; Domain=example.com" });
    response.end();
  };
  const { gateway, inbound, upstream } = await withRoute(t, { answer });
  assert.equal((await inbound("svc/x")).headers["set-cookie"], undefined);
  await gateway.admin("POST", "/v1/inbound-routes", { prefix: "bare", upstream_url: `${upstream.url}/v1` });
  assert.deepEqual((await inbound("bare/x")).headers["set-cookie"], ["session=1; Path=/inbound/bare/a"]);
});

const ESCAPES = [
  ...["svc/..", "svc/../x", "svc/../../x", "svc/a/../../x", "svc/./x", "svc/.", "svc/%2e%2e/x", "svc/%2E%2E/x", "svc/.%2e/x"],
  ...[
    "svc/%2e/x",
    "svc/..%2fx",
    "svc/..%2Fx",
    "svc/..%5cx",
    "svc/a%2fb",
    "svc/a%5cb",
    "svc/..;/x",
    "svc/..;a=b/x",
    "svc/%2e%2e;/x",
  ],
  ...["svc/a\\b", "svc\\..\\x", "svc/..\\x", "svc/%252e%252e/x", "svc/%252e%252e%252fx", "svc/%25252e%25252e/x", "svc/a%252fb"],
  ...["svc/%c0%ae%c0%ae/x", "svc/..%c0%afx", "svc/%25c0%25ae%25c0%25ae/x", "svc/%u002e%u002e/x", "svc/%e0%80%ae/x", "svc/%"],
  ...[
    "svc/%ef%bc%8e%ef%bc%8e/x",
    "svc/..%ef%bc%8fx",
    "svc/%e2%80%a5/x",
    "svc/..%ef%bc%bcx",
    "svc/..%20/x",
    "svc/..%09/x",
    "svc/.../x",
  ],
  ...["svc/a%00b", "svc/..%00/x", "svc/a%0d%0ab", "svc/x#y", "svc/<x>", 'svc/"x"', "svc/..%e2%81%84x", "svc/a%0A../x"],
];

const ELSEWHERE = [
  ...[
    "../v1/decisions",
    "SVC/x",
    "Svc/x",
    "%73vc/x",
    "svc%2fx",
    "svc%2f..%2fx",
    "svc;/x",
    "svc./x",
    " svc/x",
    "/svc/x",
    "./svc/x",
  ],
  ...[
    "",
    "/",
    "//",
    "svc2/x",
    "sv/x",
    "svc@evil.example/x",
    "http://evil.example/",
    "-/x",
    "svc%00/x",
    "svc\\x",
    "..",
    "%2e%2e/x",
  ],
];

test("no path leaves the base, and no prefix is taken for another", async (t) => {
  const { upstream, gateway, inbound } = await withRoute(t);
  assert.ok(ESCAPES.length >= 40 && ELSEWHERE.length >= 20);
  for (const path of ESCAPES) {
    const answer = await inbound(path);
    assert.ok([400, 404].includes(answer.status), `${path} answered ${answer.status}`);
  }
  for (const path of ELSEWHERE) {
    const answer = await inbound(path).catch((error) => assert.equal(error.code, "ERR_UNESCAPED_CHARACTERS"));
    assert.ok(answer === undefined || [400, 404].includes(answer.status), `${path} answered ${answer?.status}`);
  }
  for (const path of [
    "/INBOUND/svc/x",
    "/x/../inbound/svc/x",
    "//inbound/svc/x",
    "/inbound%2fsvc/x",
    "/%69nbound/svc/x",
    "/inboundsvc/x",
  ])
    assert.ok([400, 404].includes((await gateway.call("GET", path)).status), path);
  assert.deepEqual(upstream.received, []);
});

test("routes are made of known fields with usable values, and nothing of a value is repeated", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { vault: await Vault.of(new Uint8Array(32)), allowPrivate: [upstream.host] });
  const good = { prefix: "a", upstream_url: "https://api.example.com/v1" };
  const long = "v".repeat(5000);
  const bad = [
    ["prefix", { prefix: "A" }],
    ["prefix", { prefix: "a/b" }],
    ["prefix", { prefix: "../v1" }],
    ["prefix", { prefix: "-a" }],
    ["prefix", { prefix: "a".repeat(65) }],
    ["prefix", { prefix: undefined }],
    ["upstream_url", { upstream_url: undefined }],
    ["upstream_url", { upstream_url: "ftp://example.com" }],
    ["upstream_url", { upstream_url: "https://user:word@example.com" }],
    ["upstream_url", { upstream_url: "https://example.com/?a=b" }],
    ["upstream_url", { upstream_url: "https://example.com/#" }],
    ["upstream_url", { upstream_url: "https://example.com/a/../b" }],
    ["upstream_url", { upstream_url: "https://EXAMPLE.com/" }],
    ["upstream_url", { upstream_url: "https://example.com./" }],
    ["upstream_url", { upstream_url: "https://example.com/a%2fb" }],
    ["upstream_url", { upstream_url: `https://example.com/${fakeAwsKey()}` }],
    ["headers", { headers: [] }],
    ["headers", { headers: { "x y": "1" } }],
    ["headers", { headers: { "x:y": "1" } }],
    ["headers", { headers: { "": "1" } }],
    ["headers", { headers: { "x\r\ny": "1" } }],
    ["headers", { headers: { x: "secret-value\r\nInjected: 1" } }],
    ["headers", { headers: { x: "secret-value\n folded" } }],
    ["headers", { headers: { x: "secret-value\u0000" } }],
    ["headers", { headers: { x: "secret-value\u00e9" } }],
    ["headers", { headers: { x: " secret-value" } }],
    ["headers", { headers: { x: "secret-value " } }],
    ["headers", { headers: { x: "" } }],
    ["headers", { headers: { x: 1 } }],
    ["headers", { headers: { x: long } }],
    ["headers", { headers: { "X-Key": "1", "x-key": "2" } }],
    ["headers", { headers: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`x-${i}`, "1"])) }],
    ["tool", { tool: "nope" }],
    ["agent", { agent: "key" }],
    ["agent.by", { agent: {} }],
    ["agent.agent_id", { agent: { by: "fixed" } }],
    ["agent.allow_from", { agent: { by: "fixed", agent_id: "x", allow_from: ["all"] } }],
    ["agent.header", { agent: { by: "header" } }],
    ["agent.header", { agent: { by: "header", header: "host" } }],
    ["agent.extra", { agent: { by: "key", extra: 1 } }],
    ["extra", { extra: 1 }],
  ];
  for (const name of [
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "TE",
    "Trailer",
    "Upgrade",
    "Expect",
  ])
    bad.push(["headers", { headers: { [name]: "1" } }]);
  for (const name of [
    "Proxy-Authorization",
    "X-Interven-Key",
    "Content-Type",
    "Content-Encoding",
    "X-HTTP-Method-Override",
    "HTTP2-Settings",
  ])
    bad.push(["headers", { headers: { [name]: "1" } }]);
  for (const [field, change] of bad) {
    const answer = await gateway.admin("POST", "/v1/inbound-routes", { ...good, ...change });
    assert.equal(answer.status, 400, JSON.stringify(change));
    assert.ok(answer.json.error.message.startsWith(`'${field}'`), `${field}: ${answer.json.error.message}`);
    assert.ok(!answer.text.includes("secret-value") && !answer.text.includes("vvvv"));
  }
  const clear = await gateway.admin("POST", "/v1/inbound-routes", {
    ...good,
    upstream_url: "http://example.com",
    headers: { x: "1" },
  });
  assert.equal(clear.json.error.code, "CLEARTEXT_CREDENTIAL");
  const own = { ...good, upstream_url: `http://127.0.0.1:${gateway.port}` };
  assert.equal((await gateway.admin("POST", "/v1/inbound-routes", own)).json.error.code, "SELF_PROXY");
  assert.deepEqual((await gateway.admin("GET", "/v1/inbound-routes")).json.inbound_routes, []);
  assert.equal((await gateway.admin("POST", "/v1/inbound-routes", good)).status, 201);
  assert.equal((await gateway.admin("POST", "/v1/inbound-routes", good)).json.error.code, "INBOUND_ROUTE_EXISTS");
  for (const change of [{}, { prefix: "b" }, { upstream_url: "https://x:y@z" }])
    assert.equal((await gateway.admin("PATCH", "/v1/inbound-routes/a", change)).status, 400);
  assert.equal((await gateway.admin("PATCH", "/v1/inbound-routes/b", { tool: null })).status, 404);
  assert.equal((await gateway.admin("DELETE", "/v1/inbound-routes/a")).status, 200);
  assert.equal((await gateway.admin("DELETE", "/v1/inbound-routes/a")).status, 404);
  assert.equal((await gateway.call("POST", "/inbound/a/x")).status, 404);
});

test("without a vault there are no headers to keep; with another key they are not guessed at", async (t) => {
  const bare = await startRunning(t);
  const fields = { prefix: "a", upstream_url: "https://api.example.com", headers: { x: "1" } };
  assert.equal((await bare.admin("POST", "/v1/inbound-routes", fields)).json.error.code, "VAULT_REQUIRED");
  assert.equal((await bare.admin("POST", "/v1/inbound-routes", { ...fields, headers: {} })).status, 201);
});

test("another upstream needs its headers anew", async (t) => {
  const { gateway, inbound, upstream } = await withRoute(t);
  const moved = { upstream_url: `${upstream.url}/v2` };
  assert.equal((await gateway.admin("PATCH", "/v1/inbound-routes/svc", moved)).status, 400);
  const again = await gateway.admin("PATCH", "/v1/inbound-routes/svc", { ...moved, headers: { "X-Api-Key": "new" } });
  assert.deepEqual(again.json.header_names, ["x-api-key"]);
  assert.equal((await inbound("svc/x", { headers: { authorization: "Bearer own" } })).status, 200);
  assert.equal(upstream.received[0].url, "/v2/x");
  assert.equal(upstream.received[0].headers["x-api-key"], "new");
});

test("only the administrator makes, sees, changes and removes routes", async (t) => {
  const { gateway } = await withRoute(t);
  const { key } = (await gateway.admin("POST", "/v1/keys", { agent_id: "bot" })).json;
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ prefix: "b", upstream_url: "https://api.example.com" });
  const ways = [
    { headers: json },
    { headers: { ...json, authorization: `Bearer ${key}` } },
    { headers: { ...json, "x-interven-key": key } },
  ];
  const before = (await gateway.admin("GET", "/v1/inbound-routes")).text;
  for (const { headers } of ways) {
    for (const [method, path] of [
      ["POST", ""],
      ["GET", ""],
      ["PATCH", "/svc"],
      ["DELETE", "/svc"],
    ])
      assert.equal((await gateway.call(method, `/v1/inbound-routes${path}`, { headers, body })).status, 401, `${method} ${path}`);
  }
  for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
    const headers = { "content-type": type, authorization: `Bearer admin-${"x".repeat(20)}` };
    for (const [method, path] of [
      ["POST", ""],
      ["PATCH", "/svc"],
    ])
      assert.equal((await gateway.call(method, `/v1/inbound-routes${path}`, { headers, body })).status, 415);
  }
  assert.equal((await gateway.admin("GET", "/v1/inbound-routes")).text, before);
});

test("an agent is its key, wherever that stands; without one it is who the route says, from where the route says", async (t) => {
  const { upstream, gateway, inbound } = await withRoute(t, { route: { headers: { "X-Api-Key": "held" } } });
  const agents = async () => (await gateway.admin("GET", "/v1/decisions?limit=1")).json.decisions[0].agent_id;
  assert.equal((await inbound("svc/x", { headers: { "x-interven-agent-id": "me" } })).status, 200);
  assert.equal(await agents(), "me");
  const { key, key_id: id } = (await gateway.admin("POST", "/v1/keys", { agent_id: "bot" })).json;
  assert.equal((await inbound("svc/x")).status, 401);
  assert.equal((await inbound("none/x")).status, 401, "which routes there are is not told");
  for (const headers of [{ "x-api-key": key }, { authorization: `Bearer ${key}` }, { "x-interven-key": key }]) {
    assert.equal((await inbound("svc/x", { headers: { ...headers, "x-interven-agent-id": "me" } })).status, 200);
    assert.equal(await agents(), "bot");
    assert.equal(upstream.received.at(-1).headers["x-api-key"], "held");
    assert.ok(!JSON.stringify(upstream.received.at(-1)).includes(key));
  }
  const change = (agent) => gateway.admin("PATCH", "/v1/inbound-routes/svc", { agent });
  await change({ by: "fixed", agent_id: "legacy", allow_from: ["10.0.0.0/8"] });
  assert.equal((await inbound("svc/x")).status, 401, "not from here");
  await change({ by: "fixed", agent_id: "legacy", allow_from: ["127.0.0.0/8"] });
  assert.equal((await inbound("svc/x")).status, 200);
  assert.equal(await agents(), "legacy");
  assert.equal((await inbound("svc/x", { headers: { "x-api-key": key } })).status, 200);
  assert.equal(await agents(), "bot");
  assert.equal((await inbound("svc/x", { headers: { "x-interven-key": "iv_live_wrong" } })).status, 401);
  await change({ by: "header", header: "X-Team", allow_from: ["127.0.0.1"] });
  assert.equal((await inbound("svc/x", { headers: { "x-team": "blue" } })).status, 200);
  assert.equal(await agents(), "blue");
  assert.equal(upstream.received.at(-1).headers["x-team"], undefined);
  assert.equal((await inbound("svc/x")).json.error.code, "AGENT_UNNAMED");
  assert.equal((await inbound("svc/x", { headers: { "x-team": "bot" } })).json.error.code, "KEY_REQUIRED");
  await gateway.admin("POST", `/v1/keys/${id}/revoke`, {});
  assert.equal(
    (await inbound("svc/x", { headers: { "x-team": "bot" } })).json.error.code,
    "KEY_REQUIRED",
    "revoked is not nobody",
  );
  await gateway.admin("POST", "/v1/agents/blue/stop", {});
  assert.match((await inbound("svc/x", { headers: { "x-team": "blue" } })).headers["x-interven-reasons"], /AGENT_STOPPED/);
});

test("what holds for /proxy/ holds here: encodings, sizes, upgrades, pages, hop-by-hop fields", async (t) => {
  const { upstream, gateway, inbound } = await withRoute(t, { maxBodyBytes: 1000 });
  const refused = [
    ["UNINSPECTABLE_ENCODING", { headers: { "content-encoding": "gzip" } }],
    ["PAYLOAD_TOO_LARGE", { body: "x".repeat(2000) }],
    ["UPGRADE_UNSUPPORTED", { headers: { connection: "upgrade", upgrade: "websocket" } }],
    ["BROWSER_NAVIGATION", { headers: { "sec-fetch-dest": "document" } }],
  ];
  for (const [code, options] of refused) assert.equal((await inbound("svc/x", options)).json.error.code, code);
  for (const headers of [{ origin: "https://evil.example" }, { host: "evil.example" }, { "sec-fetch-site": "cross-site" }])
    assert.equal((await gateway.call("POST", "/inbound/svc/x", { headers })).status, 403);
  assert.equal(upstream.received.length, 0);
  const hops = {
    connection: "close, X-Hop",
    "x-hop": "1",
    te: "trailers",
    "proxy-authorization": "Basic x",
    expect: "100-continue",
  };
  assert.equal((await inbound("svc/x", { headers: hops })).status, 200);
  for (const name of ["x-hop", "te", "proxy-authorization", "expect"])
    assert.equal(upstream.received[0].headers[name], undefined);
  // An agent cannot take the credential out of its own call.
  assert.equal((await inbound("svc/x", { headers: { connection: "close, authorization" } })).status, 200);
  assert.equal(upstream.received[1].headers.authorization, CREDENTIAL);
});

test("a tool's rules hold for its API at a host of one's own", async (t) => {
  const policy = {
    name: "slack",
    rules: [
      {
        rule_id: "pii",
        priority: 2,
        match: { tool_name: "slack" },
        condition: { body_contains_any: ["pi-e"] },
        action: "SANITIZE",
        sanitize_fields: ["text"],
      },
      {
        rule_id: "no",
        priority: 1,
        match: { tool_name: "slack" },
        condition: { body_contains_any: ["forbidden"] },
        action: "DENY",
      },
      {
        rule_id: "ask",
        priority: 1,
        match: { tool_name: "slack" },
        condition: { body_contains_any: ["perhaps"] },
        action: "REQUIRE_APPROVAL",
      },
    ],
  };
  const { upstream, gateway, inbound } = await withRoute(t, { policy });
  const headers = { "content-type": "application/json" };
  const post = (text) => inbound("svc/chat.postMessage", { headers, body: JSON.stringify({ channel: "C1", text }) });
  assert.equal((await post("forbidden")).status, 200);
  await gateway.admin("PATCH", "/v1/inbound-routes/svc", { tool: "slack" });
  assert.equal((await post("forbidden")).status, 403);
  assert.equal((await post("perhaps")).status, 202);
  assert.equal((await post("hello")).status, 200);
  assert.equal((await post("pi-e chart")).status, 200);
  assert.deepEqual(
    upstream.received.map(({ body }) => JSON.parse(body).text.replace(/^\[.*/, "[…")),
    ["forbidden", "hello", "[…"],
  );
});

test("a route to another path of the vendor's own host is read as what it is", async (t) => {
  const policy = { name: "p", rules: [{ rule_id: "r", match: { tools: ["slack"] }, action: "DENY" }] };
  const gateway = await startRunning(t, { policy });
  const fields = { prefix: "root", upstream_url: "https://slack.com", tool: "slack" };
  assert.equal((await gateway.admin("POST", "/v1/inbound-routes", fields)).status, 201);
  const answer = await gateway.call("POST", "/inbound/root/api/chat.delete", { body: "{}" });
  assert.equal(answer.status, 403);
  const [decision] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([decision.tool_name, decision.operation], ["slack", "delete_message"]);
});
