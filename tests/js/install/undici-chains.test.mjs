// Calls that dispatchers of undici hand on: redirects, interceptors, proxies, and dispatchers that are not of undici.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import * as undici from "undici";
import { awsKey, countingGateway, done, GLOBAL, installed, listening, refusal } from "./servers.mjs";

const takenFetch = globalThis.fetch;

/** Makes a composed dispatcher the global one, before anything is installed. */
function composed(t, ...interceptors) {
  const before = globalThis[GLOBAL];
  undici.setGlobalDispatcher(new undici.Agent().compose(...interceptors));
  t.after(() => undici.setGlobalDispatcher(before));
}

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

test("an EventSource is scanned", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  for (const Source of [undici.EventSource, globalThis.EventSource]) {
    if (Source === undefined) continue;
    const source = new Source(`${base}/?k=${awsKey()}`);
    await new Promise((resolve) => source.addEventListener("error", resolve, { once: true }));
    source.close();
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

test("an interceptor that makes other bytes costs another scan, but no question about the gateway", async (t) => {
  const { base, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  const copied = (body) => (ArrayBuffer.isView(body) && body.length > 0 ? Buffer.from(body) : body);
  composed(t, (dispatch) => (options, handler) => dispatch({ ...options, body: copied(options.body) }, handler));
  const { client } = installed(t, { gatewayUrl });
  await client.fetch(base, { method: "POST", body: "hello" });
  assert.deepEqual([asked.length, seen.length], [2, 1]);
});
