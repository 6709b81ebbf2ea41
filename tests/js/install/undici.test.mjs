// undici under an installed client: the copy inside Node.js, which its fetch sends with, and the one of npm.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import * as undici from "undici";
import { awsKey, countingGateway, installed, listening, refusal } from "./servers.mjs";

const SSN = ["ssn=536", "22", "8145"].join("-");
const takenFetch = globalThis.fetch;
const made = { agent: undefined };
const GLOBAL = Symbol.for("undici.globalDispatcher.1");

async function done(answer) {
  const response = await answer;
  await (response.body?.text?.() ?? response.body?.dump?.() ?? response.text?.());
  return response.status ?? response.statusCode;
}

/** Every way to send a body to an origin. */
function ways(t, base) {
  const closing = (dispatcher) => {
    t.after(() => dispatcher.destroy());
    return dispatcher;
  };
  const post = (body) => ({ method: "POST", body });
  const pool = closing(new undici.Pool(base));
  const client = closing(new undici.Client(base));
  const agent = closing(new undici.Agent({ connections: 1 }));
  const retrying = closing(new undici.RetryAgent(closing(new undici.Agent()), { maxRetries: 0 }));
  const composed = closing(new undici.Agent()).compose((dispatch) => (options, handler) => dispatch({ ...options }, handler));
  return {
    "global fetch": (body) => fetch(`${base}/a`, post(body)),
    "a fetch taken before": (body) => takenFetch(`${base}/a`, post(body)),
    "a fetch taken before, with a dispatcher": (body) => takenFetch(`${base}/a`, { ...post(body), dispatcher: agent }),
    "undici.fetch": (body) => undici.fetch(`${base}/a`, post(body)),
    "undici.request": (body) => undici.request(`${base}/a`, post(body)),
    "undici.request with an agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: agent }),
    "a pool": (body) => pool.request({ path: "/a", ...post(body) }),
    "a client": (body) => client.request({ path: "/a", ...post(body) }),
    "a retrying agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: retrying }),
    "a composed agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: composed }),
    "a dispatcher of the class of the global one": (body) =>
      undici.request(`${base}/a`, { ...post(body), dispatcher: closing(new globalThis[GLOBAL].constructor()) }),
    "an agent made before": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: made.agent }),
  };
}

test("every way to send through undici is guarded", async (t) => {
  const { base, seen, connections } = await listening(t);
  made.agent = new undici.Agent();
  t.after(() => made.agent.destroy());
  installed(t);
  for (const [way, send] of Object.entries(ways(t, base))) {
    seen.length = 0;
    assert.equal(await done(send("hello")), 200, way);
    assert.deepEqual([seen.length, seen[0].method, seen[0].url, seen[0].body], [1, "POST", "/a", "hello"], way);
    const before = connections.count;
    const error = await refusal(send(awsKey()));
    assert.deepEqual([error.code, seen.length, connections.count], ["ERR_INTERVEN_BLOCKED", 1, before], way);
    await done(send(SSN));
    assert.equal(decodeURIComponent(seen[1].body), "ssn=[US_SSN:1]", way);
  }
});

test("bodies of every kind are read before anything leaves", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { maxBodyBytes: 10_000 });
  const form = (kind, text) => {
    const made = new kind();
    made.set("field", text);
    return made;
  };
  const bytes = (text) => new TextEncoder().encode(text);
  const kinds = {
    text: (text) => text,
    bytes,
    buffer: (text) => bytes(text).buffer,
    blob: (text) => new Blob([text], { type: "text/x-test" }),
    "form of the runtime": (text) => form(FormData, text),
    "form of undici": (text) => form(undici.FormData, text),
    iterator: (text) => [text.slice(0, 4), bytes(text.slice(4))].values(),
    stream: (text) => new Blob([text]).stream(),
    generator: async function* (text) {
      yield text.slice(0, 4);
      yield Buffer.from(text.slice(4));
    },
  };
  for (const [kind, make] of Object.entries(kinds)) {
    seen.length = 0;
    await done(undici.request(base, { method: "POST", body: make("hello there") }));
    assert.ok(seen[0].body.includes("hello there"), `${kind}: ${seen[0].body}`);
    if (kind === "blob") assert.equal(seen[0].headers["content-type"], "text/x-test");
    if (kind.startsWith("form")) assert.match(seen[0].headers["content-type"], /^multipart\/form-data; boundary=/);
    await refusal(undici.request(base, { method: "POST", body: make(awsKey()) }));
    const error = await refusal(undici.request(base, { method: "POST", body: make("x".repeat(10_001)) }));
    assert.equal(error.code, "ERR_INTERVEN_PAYLOAD_TOO_LARGE", kind);
    assert.equal(seen.length, 1, kind);
  }
});

test("query, headers and path are scanned, in each of their forms", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const key = awsKey();
  const calls = [
    () => undici.request(`${base}/?k=${key}`),
    () => undici.request(base, { query: { k: key } }),
    () => undici.request(base, { query: { k: ["a", key] } }),
    () => undici.request(base, { headers: { "x-note": key } }),
    () => undici.request(base, { headers: { "x-note": ["a", key] } }),
    () => undici.request(base, { headers: ["x-note", key] }),
    () => undici.request(base, { headers: [["x-note", key]] }),
    () => undici.request(base, { headers: new Map([["x-note", key]]) }),
    () => undici.stream(base, { method: "POST", body: key, opaque: {} }, () => assert.fail("answered")),
  ];
  for (const call of calls) await refusal(call());
  for (const options of [{ headers: { host: "api.github.com" } }, { origin: "https://api.github.com", path: "x" }])
    assert.equal(
      (await refusal(new undici.Pool(base).request({ path: "/", method: "GET", ...options }))).code,
      "ERR_INTERVEN_INVALID_REQUEST",
    );
  assert.equal(seen.length, 0);
  await done(undici.request(`${base}/p`, { query: { a: "b c", d: ["1", "2"] }, headers: { "X-Many": ["a", "b"] } }));
  assert.deepEqual([seen[0].url, seen[0].headers["x-many"]], ["/p?a=b%20c&d=1&d=2", "a, b"]);
});

test("a pool goes where it goes, whatever the call says", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { allowPrivate: [] });
  const pool = new undici.Pool(base);
  t.after(() => pool.destroy());
  const error = await refusal(pool.request({ origin: "https://api.github.com", path: "/", method: "GET" }));
  assert.ok(error.reasonCodes.includes("PRIVATE_DESTINATION"), error.message);
  assert.equal(seen.length, 0);
});

test("every hop of a redirect is scanned", async (t) => {
  const [{ base }, { base: other, seen }] = [await listening(t), await listening(t)];
  installed(t);
  const to = (note) => `${base}/?to=${encodeURIComponent(`${other}/?note=${note}`)}`;
  const redirecting = new undici.Agent().compose(undici.interceptors.redirect({ maxRedirections: 3 }));
  const sending = {
    fetch: (url) => fetch(url),
    "a fetch taken before": (url) => takenFetch(url),
    "undici.fetch": (url) => undici.fetch(url),
    "the interceptor": (url) => undici.request(url, { dispatcher: redirecting }),
  };
  // A server that adds a secret on the way.
  const key = awsKey();
  const leaking = createServer((_, response) => response.writeHead(307, { location: `${other}/?k=${key}` }).end());
  await new Promise((resolve) => leaking.listen(0, "127.0.0.1", resolve));
  t.after(() => leaking.close() && leaking.closeAllConnections());
  for (const [way, send] of Object.entries(sending)) {
    seen.length = 0;
    assert.equal(await done(send(to("hello"))), 200, way);
    assert.equal(seen.length, 1, way);
    await refusal(send(`http://127.0.0.1:${leaking.address().port}/`));
    assert.equal(seen.length, 1, way);
  }
});

test("redirects that undici follows by itself are off", async (t) => {
  const [{ base, seen }, { base: other, seen: reached }] = [await listening(t), await listening(t)];
  installed(t);
  const status = await new Promise((resolve, reject) => {
    const handler = { onConnect() {}, onError: reject, onHeaders: resolve, onData: () => true, onComplete() {} };
    const path = `/?to=${encodeURIComponent(other)}`;
    globalThis[GLOBAL].dispatch({ origin: base, path, method: "GET", maxRedirections: 3 }, handler);
  });
  assert.deepEqual([status, seen.length, reached.length], [307, 1, 0]);
});

/** Makes a composed dispatcher the global one, before anything is installed. */
function composed(t, ...interceptors) {
  const before = globalThis[GLOBAL];
  undici.setGlobalDispatcher(new undici.Agent().compose(...interceptors));
  t.after(() => undici.setGlobalDispatcher(before));
}

test("a redirect with the same path and body is scanned for where it leads", async (t) => {
  const { base, seen } = await listening(t);
  const policy = { name: "p", rules: [{ rule_id: "r", match: { url_patterns: [`${base}*`] }, action: "DENY" }] };
  const redirecting = createServer((request, response) => response.writeHead(307, { location: `${base}${request.url}` }).end());
  await new Promise((resolve) => redirecting.listen(0, "127.0.0.1", resolve));
  t.after(() => redirecting.close() && redirecting.closeAllConnections());
  composed(t, undici.interceptors.redirect({ maxRedirections: 3 }));
  const { client } = installed(t, { policy });
  const url = `http://127.0.0.1:${redirecting.address().port}/a`;
  for (const send of [undici.request, takenFetch, client.fetch]) await refusal(send(url, { method: "POST", body: "hello" }));
  assert.equal(seen.length, 0);
});

test("an interceptor that changes what was released is scanned again", async (t) => {
  const { base, seen } = await listening(t);
  const key = awsKey();
  let change = (options) => options;
  composed(t, (dispatch) => (options, handler) => dispatch(change({ ...options }), handler));
  const policy = { name: "p", rules: [{ rule_id: "r", match: { methods: ["DELETE"] }, action: "DENY" }] };
  const { client } = installed(t, { policy });
  const sends = [undici.request, takenFetch, client.fetch];
  for (const send of sends) await done(send(base, { method: "POST", body: "hello" }));
  assert.equal(seen.length, 3);
  for (const changing of [
    (options) => ({ ...options, path: `/?k=${key}` }),
    (options) => ({ ...options, query: { k: key } }),
    (options) => ({ ...options, headers: [...options.headers, "x-note", key] }),
    (options) => ({ ...options, headers: [...options.headers, "user-agent", key] }),
    (options) => ({ ...options, method: "DELETE" }),
    (options) => ({ ...options, body: key, headers: [] }),
    (options) => ({ ...options, upgrade: "test" }),
  ]) {
    change = changing;
    for (const send of sends) await refusal(send(base, { method: "POST", body: "hello" }));
  }
  assert.equal(seen.length, 3);
});

test("interceptors get their way, and the call is scanned once", async (t) => {
  const { port, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  const base = `http://localhost:${port}`;
  const { dns, retry } = undici.interceptors;
  const lookup = (_origin, _options, done) => done(null, [{ address: "127.0.0.1", ttl: 60_000, family: 4 }]);
  const before = globalThis[GLOBAL];
  undici.setGlobalDispatcher(new undici.Agent().compose(dns({ lookup, dualStack: false }), retry()));
  t.after(() => undici.setGlobalDispatcher(before));
  const { client, installation } = installed(t, { gatewayUrl });
  t.after(() => installation.uninstall());
  for (const send of [
    (body) => client.fetch(base, { method: "POST", body }),
    (body) => fetch(base, { method: "POST", body }),
    (body) => undici.request(base, { method: "POST", body }),
    () => client.fetch(base),
  ]) {
    [asked.length, seen.length] = [0, 0];
    await send("hello");
    assert.deepEqual([asked.length, seen.length], [1, 1]);
  }
  await refusal(undici.request(base, { method: "POST", body: awsKey() }));
});

test("an endless body is refused", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { maxBodyBytes: 10_000 });
  let given = 0;
  const endless = async function* () {
    for (;;) {
      given += 1_000;
      await new Promise(setImmediate);
      if (given > 100_000) throw new Error("nobody has stopped reading");
      yield "x".repeat(1_000);
    }
  };
  const error = await refusal(undici.request(base, { method: "POST", body: endless() }));
  assert.equal(error.code, "ERR_INTERVEN_PAYLOAD_TOO_LARGE");
  assert.ok(given <= 11_000);
  assert.equal(seen.length, 0);
});

test("what is changed after the call is not what is sent", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const bytes = Buffer.from("harmless");
  const options = { origin: base, path: "/a", method: "POST", headers: { "x-a": "1" }, body: bytes };
  const status = new Promise((resolve, reject) => {
    const handler = { onConnect() {}, onError: reject, onHeaders: resolve, onData: () => true, onComplete() {} };
    globalThis[GLOBAL].dispatch(options, handler);
  });
  bytes.write("HARMFUL!");
  options.headers["x-a"] = awsKey();
  Object.assign(options, { path: "/b", method: "DELETE", body: awsKey(), upgrade: "test" });
  assert.equal(await status, 200);
  assert.deepEqual([seen[0].method, seen[0].url, seen[0].headers["x-a"], seen[0].body], ["POST", "/a", "1", "harmless"]);
});

test("an abort ends a call that is held", async (t) => {
  const { base, seen } = await listening(t);
  const silent = createServer(() => {});
  await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.after(() => silent.close() && silent.closeAllConnections());
  installed(t, { gatewayUrl: `http://127.0.0.1:${silent.address().port}` });
  for (const send of [
    (signal) => takenFetch(base, { signal }),
    (signal) => fetch(base, { signal }),
    (signal) => undici.request(base, { signal }),
    (signal) => undici.fetch(base, { signal }),
  ]) {
    const aborting = new AbortController();
    const sent = send(aborting.signal);
    setTimeout(() => aborting.abort(), 30);
    await assert.rejects(sent, { name: "AbortError" });
  }
  assert.equal(seen.length, 0);
});

test("tunnels are refused, and WebSockets with them", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const { origin } = new URL(base);
  for (const call of [undici.connect({ origin, path: "tunnel.example:443" }), undici.upgrade(base, { protocol: "test" })])
    assert.match((await refusal(call)).message, /dangerouslyAllowTunnels/);
  for (const Socket of [undici.WebSocket, globalThis.WebSocket]) {
    if (Socket === undefined) continue;
    const socket = new Socket(base.replace("http", "ws"));
    await new Promise((resolve) => socket.addEventListener("error", resolve, { once: true }));
  }
  assert.equal(seen.length, 0);
});

test("a proxy gets its tunnel, and what goes through it is scanned once", async (t) => {
  const { base, seen } = await listening(t);
  const proxy = createServer();
  let tunnels = 0;
  proxy.on("connect", (request, socket) => {
    tunnels += 1;
    const [host, port] = request.url.split(":");
    const out = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      out.pipe(socket).pipe(out);
    });
    for (const end of [out, socket]) end.on("error", () => {});
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  t.after(() => proxy.close() && proxy.closeAllConnections());
  const dispatcher = new undici.ProxyAgent({ uri: `http://127.0.0.1:${proxy.address().port}`, proxyTunnel: true });
  t.after(() => dispatcher.destroy());
  const before = globalThis[GLOBAL];
  const { gatewayUrl, asked } = await countingGateway(t);
  const { client } = installed(t, { gatewayUrl });
  undici.setGlobalDispatcher(dispatcher);
  t.after(() => undici.setGlobalDispatcher(before));
  for (const send of [
    (body) => fetch(base, { method: "POST", body }),
    (body) => client.fetch(base, { method: "POST", body }),
    (body) => undici.request(base, { method: "POST", body }),
  ]) {
    asked.length = 0;
    assert.equal(await done(send("hello")), 200);
    assert.equal(asked.length, 1);
    await refusal(send(awsKey()));
  }
  assert.ok(tunnels >= 1);
  assert.equal(seen.length, 3);
});

test("a dispatcher that is not of undici stands where it stood", async (t) => {
  const { base, seen } = await listening(t);
  const before = globalThis[GLOBAL];
  const inner = new undici.Agent();
  const own = { dispatch: (options, handler) => inner.dispatch(options, handler), note: "mine" };
  undici.setGlobalDispatcher(own);
  t.after(() => {
    undici.setGlobalDispatcher(before);
    inner.destroy();
  });
  const { installation } = installed(t);
  assert.equal(globalThis[GLOBAL].note, "mine");
  assert.equal(await done(takenFetch(base, { method: "POST", body: "hello" })), 200);
  await refusal(takenFetch(base, { method: "POST", body: awsKey() }));
  installation.uninstall();
  assert.equal(globalThis[GLOBAL], own);
  assert.equal(seen.length, 1);
});
