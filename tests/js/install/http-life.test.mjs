// What else can happen to a request of node:http that is held: it is continued, destroyed, timed out, or becomes a tunnel; and
// node:https.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { test } from "node:test";
import { selfSigned } from "./certificate.mjs";
import { awsKey, ended, installed, listening, refusal } from "./servers.mjs";

const SSN = ["ssn=536", "22", "8145"].join("-");

test("who expects to be continued is told so before anything leaves", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  for (const [body, check] of [
    ["hello", (promise) => promise],
    [awsKey(), refusal],
  ]) {
    const request = http.request(base, { method: "POST", headers: { Expect: "100-continue" } });
    const done = check(ended(request, () => {}));
    await once(request, "continue");
    request.end(body);
    await done;
  }
  assert.deepEqual([seen.length, seen[0].body, seen[0].headers.expect], [1, "hello", undefined]);
});

test("trailers are refused", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const request = http.request(base, { method: "POST", headers: { trailer: "x-after", "transfer-encoding": "chunked" } });
  await refusal(
    ended(request, () => {
      request.write("a");
      request.addTrailers({ "x-after": awsKey() });
      request.end();
    }),
  );
  assert.equal(seen.length, 0);
});

test("a request that is destroyed while it is held ends at once, and sends nothing", async (t) => {
  const { base, connections } = await listening(t);
  installed(t);
  const quiet = http.request(base, { method: "POST" });
  quiet.destroy();
  const [hungUp] = await once(quiet, "error");
  assert.equal(hungUp.code, "ECONNRESET");
  const own = http.request(base, { method: "POST" });
  own.end("a");
  own.destroy(new Error("enough"));
  const [error] = await once(own, "error");
  assert.equal(error.message, "enough");
  if (!own.closed) await once(own, "close");
  const aborting = new AbortController();
  const aborted = http.request(base, { method: "POST", signal: aborting.signal });
  aborting.abort();
  assert.equal((await once(aborted, "error"))[0].name, "AbortError");
  const old = http.request(base);
  old.abort();
  await once(old, "close");
  assert.equal(connections.count, 0);
});

test("timeouts work as before", async (t) => {
  const { base, server } = await listening(t);
  server.removeAllListeners("request");
  server.on("request", () => {});
  installed(t);
  for (const make of [() => http.get(base, { timeout: 30 }), () => http.get(base).setTimeout(30)]) {
    const request = make();
    request.on("error", () => {});
    await once(request, "timeout");
    request.destroy();
  }
});

test("tunnels are refused, unless they are allowed, and then their heads are scanned", async (t) => {
  const { base, port, server } = await listening(t);
  const upgrades = [];
  server.on("upgrade", (request, socket) => {
    upgrades.push(request.url);
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n");
  });
  server.on("connect", (request, socket) => {
    upgrades.push(request.url);
    socket.end("HTTP/1.1 200 Connected\r\n\r\n");
  });
  const upgrade = (note = "hello") =>
    http.get(`${base}/up`, { headers: { connection: "Upgrade", upgrade: "test", "x-note": note } });
  const tunnel = () => http.request({ host: "127.0.0.1", port, method: "CONNECT", path: "tunnel.example:443" });
  const { installation } = installed(t);
  for (const make of [upgrade, tunnel]) {
    const error = await refusal(ended(make()));
    assert.match(error.message, /dangerouslyAllowTunnels/);
  }
  installation.uninstall();
  installed(t, {}, { dangerouslyAllowTunnels: true });
  const up = upgrade();
  await once(up, "upgrade");
  const through = tunnel().end();
  await once(through, "connect");
  await refusal(ended(upgrade(awsKey())));
  assert.deepEqual(upgrades, ["/up", "tunnel.example:443"]);
});

test("https is guarded like http", async (t) => {
  const { base, port, seen, connections } = await listening(t, { secure: true });
  installed(t);
  const { cert: ca } = selfSigned();
  const agent = new https.Agent({ ca, keepAlive: true });
  t.after(() => agent.destroy());
  const ways = {
    "https.request": () => https.request(`${base}/a`, { method: "POST", ca }),
    "an agent": () => https.request({ host: "127.0.0.1", port, path: "/a", method: "POST", agent }),
    "http.request with an agent of https": () =>
      http.request({ protocol: "https:", host: "127.0.0.1", port, path: "/a", method: "POST", agent }),
  };
  for (const [way, make] of Object.entries(ways)) {
    seen.length = 0;
    assert.equal(await ended(make(), (request) => request.end("hello")), 200, way);
    const before = connections.count;
    await refusal(ended(make(), (request) => request.end(awsKey())));
    assert.deepEqual([seen.length, connections.count], [1, before], way);
    await ended(make(), (request) => request.end(SSN));
    assert.equal(decodeURIComponent(seen[1].body), "ssn=[US_SSN:1]", way);
  }
  assert.equal(await ended(https.get(`${base}/a`, { ca }), () => {}), 200);
});

test("agents keep their connections", async (t) => {
  const { base, seen, connections } = await listening(t);
  installed(t);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const calls = Array.from({ length: 20 }, (_, at) =>
    ended(http.request(`${base}/${at}`, { method: "POST", agent }), (request) => request.end(`body ${at}`)),
  );
  assert.deepEqual(new Set(await Promise.all(calls)), new Set([200]));
  assert.deepEqual([connections.count, seen.length], [1, 20]);
  assert.ok(seen.every(({ url, body }) => body === `body ${url.slice(1)}`));
});

test("credentials in their place pass, and elsewhere they do not", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  assert.equal(await ended(http.get(base, { auth: "user:a-password-of-the-test" }), () => {}), 200);
  assert.match(seen[0].headers.authorization, /^Basic /);
});
