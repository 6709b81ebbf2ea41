import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { ProxyAgent, request } from "undici";
import { Engine } from "../../../dist/engine.js";
import { createGateway, hashCredential, openSqliteStore, StoreError } from "../../../dist/gateway/index.js";
import { tunnelServer } from "../../../dist/gateway/tunnel/serve-tunnel.js";
import { ADMIN, fakeAwsKey, freePort, manualClock, startRunning, startUpstream, temporaryDirectory, until } from "./running.mjs";

/** A TCP server that answers each piece of bytes with it in brackets. */
async function startEcho(t) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("data", (data) => socket.write(`[${data}]`));
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: server.address().port, host: `127.0.0.1:${server.address().port}`, sockets };
}

/** Asks for a tunnel; resolves once the head of the answer is there. */
function tunnel(t, port, authority, { headers = [], after = "" } = {}) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, ...headers];
      socket.write(`${lines.join("\r\n")}\r\n\r\n${after}`);
    });
    t.after(() => socket.destroy());
    let text = "";
    const closed = new Promise((done) => socket.once("close", done));
    const read = (pattern) =>
      new Promise((done) => {
        const look = () => {
          if (!pattern.test(text)) return;
          socket.off("data", look);
          done(text);
        };
        socket.on("data", look);
        look();
      });
    socket.on("data", (data) => {
      text += data;
      if (!text.includes("\r\n\r\n")) return;
      const status = Number(text.split(" ")[1]);
      const field = (name) => new RegExp(`^${name}: (.*)\r$`, "im").exec(text)?.[1];
      resolve({ socket, status, field, closed, read, text: () => text });
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`closed: ${text}`)));
  });
}

const basic = (text) => [`Proxy-Authorization: Basic ${Buffer.from(text).toString("base64")}`];

test("a tunnel to an allowed host passes everything on, and the record says that nothing of it was seen", async (t) => {
  const echo = await startEcho(t);
  const gateway = await startRunning(t, { allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const opened = await tunnel(t, gateway.port, echo.host, { headers: basic("crawler:"), after: "early" });
  assert.equal(opened.status, 200);
  assert.equal(opened.field("x-interven-decision"), "ALLOW");
  await opened.read(/\[early\]/);
  const secret = fakeAwsKey();
  opened.socket.write(secret);
  await opened.read(new RegExp(`\\[${secret}\\]`));
  opened.socket.end();
  const [decision] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual(
    [decision.source, decision.method, decision.action, decision.host, decision.agent_id, decision.decision],
    ["connect", "CONNECT", "forward", "127.0.0.1", "crawler", "ALLOW"],
  );
  assert.deepEqual(decision.reason_codes, ["TUNNEL_NOT_INSPECTED"]);
  assert.equal(decision.trace_id, opened.field("x-interven-trace-id"));
  for (const socket of echo.sockets) socket.end();
  await opened.closed;
  let entries = [];
  while (entries.length === 0) entries = await gateway.store.readEntries({ limit: 10, kind: "tunnel.closed" });
  const { sent_bytes: sent, received_bytes: received, trace_id: trace, cut } = JSON.parse(entries[0].body);
  assert.deepEqual([sent, received, trace, cut], [25, 29, decision.trace_id, false]);
});

test("a real client that takes the gateway for its proxy reaches what is allowed, and nothing else", async (t) => {
  const [upstream, other] = [await startUpstream(t), await startUpstream(t)];
  const gateway = await startRunning(t, { allowPrivate: [upstream.host, other.host], tunnelHosts: [upstream.host] });
  const dispatcher = new ProxyAgent({ uri: gateway.base, proxyTunnel: true });
  t.after(() => dispatcher.destroy());
  const answer = await request(`${upstream.url}/x`, { dispatcher });
  assert.equal(await answer.body.text(), "upstream says hello");
  await assert.rejects(request(`${other.url}/x`, { dispatcher }));
  assert.equal(other.received.length, 0);
});

test("what one side has said before it leaves is read by the other", async (t) => {
  const size = 3_000_000;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.resume();
    socket.on("end", () => socket.end(Buffer.alloc(size, "z")));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const host = `127.0.0.1:${server.address().port}`;
  const gateway = await startRunning(t, { allowPrivate: [host], tunnelHosts: [host] });
  const opened = await tunnel(t, gateway.port, host);
  opened.socket.end("that is all");
  await opened.closed;
  assert.equal(opened.text().split("\r\n\r\n")[1].length, size);
});

test("a slow client gets the end of what a server has said that is gone", async (t) => {
  const server = createServer((socket) => socket.end("the end")).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  let got = "";
  const client = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      // Not before the server's connection is closed on both sides.
      setTimeout(() => {
        got += chunk;
        done();
      }, 100);
    },
  });
  client.push(null);
  const ended = new Promise((resolve) => {
    const signal = new AbortController().signal;
    const tunnel = { port: server.address().port, addresses: ["127.0.0.1"], idleMs: 60_000, signal, headers: {} };
    const serve = tunnelServer(async () => ({ ...tunnel, ended: async () => resolve() }));
    serve({ url: "x:1", rawHeaders: [] }, client, Buffer.alloc(0));
  });
  await ended;
  assert.match(got, /the end$/);
});

test("a stop ends tunnels at once, not when the gateway looks around", async (t) => {
  const store = await openSqliteStore(temporaryDirectory(t));
  t.after(() => store.close());
  const gateway = createGateway({
    engine: new Engine(),
    store,
    adminHash: await hashCredential(ADMIN),
    self: () => ({ port: 4100, host: "127.0.0.1", addresses: [] }),
    consoleFile: async () => undefined,
    tunnelHosts: ["api.example.com"],
    resolve: async () => ["93.184.215.14"],
  });
  const headers = new Headers({ "x-interven-agent-id": "a" });
  const tunnel = await gateway.tunnel({ authority: "api.example.com:443", headers, peerAddress: "127.0.0.1" });
  assert.deepEqual([tunnel.addresses, tunnel.signal.aborted], [["93.184.215.14"], false]);
  const stop = new Request("http://localhost:4100/v1/agents/a/stop", {
    method: "POST",
    headers: { host: "localhost:4100", authorization: `Bearer ${ADMIN}`, "content-type": "application/json" },
    body: "{}",
  });
  assert.equal((await gateway.fetch(stop)).status, 200);
  assert.equal(tunnel.signal.aborted, true);
  await assert.rejects(
    gateway.tunnel({ authority: "api.example.com:443", headers: new Headers(), peerAddress: "93.184.215.14" }),
    { status: 403 },
  );
  await assert.rejects(gateway.tunnel({ authority: "api.example.com:443", headers: new Headers() }), { status: 403 });
});

test("tunnels are off until a host is named", async (t) => {
  const echo = await startEcho(t);
  const gateway = await startRunning(t, { allowPrivate: [echo.host] });
  const refused = await tunnel(t, gateway.port, echo.host);
  assert.equal(refused.status, 405);
  assert.match(await refused.read(/}\n$/), /TUNNELS_OFF.*--connect/);
  await refused.closed;
  assert.equal(echo.sockets.size, 0);
});

/** A gateway whose names all resolve to `addresses()`, and that connects nowhere. */
async function withoutNetwork(t, options = {}) {
  const connected = [];
  const resolved = [];
  let addresses = ["93.184.215.14"];
  const gateway = await startRunning(t, {
    ...options,
    resolve: async (name) => {
      resolved.push(name);
      return addresses;
    },
    connectTunnel: (address, port) => {
      connected.push(`${address}:${port}`);
      return connect({ host: "127.0.0.1", port: 1 }).on("error", () => {});
    },
  });
  return { gateway, connected, resolved, resolveTo: (list) => (addresses = list) };
}

test("only hosts and ports of the list are connected to, at the address that was checked", async (t) => {
  const { gateway, connected, resolved } = await withoutNetwork(t, {
    tunnelHosts: ["api.example.com", "api.example.com:8443", ".internal.example.org", "93.184.215.15"],
  });
  const good = [
    "api.example.com:443",
    "api.example.com:8443",
    "a.internal.example.org:443",
    "a.b.internal.example.org:443",
    "93.184.215.15:443",
  ];
  for (const authority of good) assert.equal((await tunnel(t, gateway.port, authority)).status, 502, authority);
  assert.deepEqual(connected, [
    ...["93.184.215.14:443", "93.184.215.14:8443", "93.184.215.14:443", "93.184.215.14:443", "93.184.215.15:443"],
  ]);
  resolved.length = 0;
  const bad = [
    ...["api.example.com:80", "api.example.com:22", "api.example.com:8080", "example.com:443", "x.api.example.com:443"],
    ...["api.example.com.evil.net:443", "evilapi.example.com:443", "internal.example.org:443", "evilinternal.example.org:443"],
    ...["a.internal.example.org:8443", "93.184.215.14:443", "api.example.co:443"],
  ];
  for (const authority of bad) {
    const answer = await tunnel(t, gateway.port, authority);
    assert.equal(answer.status, 403, authority);
    assert.match(answer.field("x-interven-reasons"), /^TUNNEL_NOT_ALLOWED/);
  }
  const strange = [
    ...[
      "api.example.com",
      "api.example.com:",
      "api.example.com:0",
      "api.example.com:65536",
      "api.example.com:0443",
      "api.example.com:+443",
    ],
    ...[
      "API.example.com:443",
      "api.example.com.:443",
      "user@api.example.com:443",
      "api.example.com:443/x",
      "http://api.example.com:443",
    ],
    ...[
      "api.example.com:443:443",
      "api.example.com#:443",
      "api%2eexample.com:443",
      "api.example.com\\x:443",
      "/proxy/https://api.example.com/",
      "*",
    ],
  ];
  for (const authority of strange) {
    const answer = await tunnel(t, gateway.port, authority).catch(() => ({ status: 400 }));
    assert.equal(answer.status, 400, authority);
  }
  assert.equal(connected.length, good.length);
  assert.deepEqual(resolved, []);
  const { decisions } = (await gateway.admin("GET", "/v1/decisions?decision=DENY")).json;
  assert.ok(decisions.length >= bad.length + 10);
});

test("private, metadata and own addresses are not connected to, in any spelling, though the list names them", async (t) => {
  const port = await freePort();
  const literals = [
    ...[
      "127.0.0.1",
      "127.9.9.9",
      "0.0.0.0",
      "10.0.0.1",
      "172.16.0.1",
      "192.168.0.1",
      "169.254.169.254",
      "100.100.100.200",
      "198.18.0.1",
    ],
    ...[
      "[::1]",
      "[::]",
      "[::ffff:7f00:1]",
      "[::ffff:a9fe:a9fe]",
      "[64:ff9b::a9fe:a9fe]",
      "[2002:7f00:1::]",
      "[fe80::1]",
      "[fd00:ec2::254]",
    ],
  ];
  const folded = [
    "127.1",
    "0x7f.1",
    "2130706433",
    "0177.0.0.1",
    "127.0.0.1.",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "0",
    "0xa9fea9fe",
  ];
  const names = ["metadata.example", "localhost", "a.localhost", "rebound.example"];
  const hosts = [...literals, ...names];
  const { connected, resolveTo } = await withoutNetwork(t, {
    port,
    publicHosts: ["gateway.example"],
    tunnelHosts: [...hosts, ...hosts.map((host) => `${host}:${port}`), "gateway.example"],
    allowPrivate: hosts.map((host) => `${host}:${port}`),
  });
  assert.ok(literals.length + folded.length >= 20);
  for (const host of literals) assert.equal((await tunnel(t, port, `${host}:443`)).status, 403, host);
  for (const host of folded) assert.ok([400, 403].includes((await tunnel(t, port, `${host}:443`)).status), host);
  for (const list of [["169.254.169.254"], ["93.184.215.14", "10.0.0.1"], ["::ffff:169.254.169.254"], ["127.0.0.1"]]) {
    resolveTo(list);
    for (const name of names) assert.equal((await tunnel(t, port, `${name}:443`)).status, 403, `${name} ${list}`);
  }
  // The gateway itself, where its address is allowed.
  const own = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:7f00:1]",
    "localhost",
    "a.localhost",
    "rebound.example",
  ];
  resolveTo(["127.0.0.1"]);
  for (const host of own) {
    const answer = await tunnel(t, port, `${host}:${port}`);
    assert.equal(answer.status, 403, host);
    assert.match(answer.field("x-interven-reasons"), /SELF_PROXY|PRIVATE_DESTINATION/, host);
  }
  assert.match((await tunnel(t, port, "gateway.example:443")).field("x-interven-reasons"), /SELF_PROXY/);
  assert.deepEqual(connected, []);
  resolveTo(["127.0.0.1"]);
  assert.equal((await tunnel(t, port, "gone.example:443")).status, 403);
});

test("from the first key on a tunnel needs one", async (t) => {
  const echo = await startEcho(t);
  const clock = manualClock();
  const gateway = await startRunning(t, { now: clock.now, allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const { key, key_id: id } = (await gateway.admin("POST", "/v1/keys", { agent_id: "bot" })).json;
  const ask = (headers) => tunnel(t, gateway.port, echo.host, { headers });
  for (const headers of [
    [],
    basic("bot:"),
    basic("bot:wrong"),
    basic(":"),
    ["Proxy-Authorization: Bearer x"],
    ["Proxy-Authorization: Basic %"],
    [`Authorization: Bearer ${key}`],
  ]) {
    const answer = await ask(headers);
    assert.equal(answer.status, 407, String(headers));
    assert.match(answer.field("proxy-authenticate"), /^Basic/);
  }
  assert.equal(echo.sockets.size, 0);
  for (const headers of [
    basic(`bot:${key}`),
    basic(`${key}:`),
    [`Proxy-Authorization: Bearer ${key}`],
    [`X-Interven-Key: ${key}`],
  ])
    assert.equal((await ask(headers)).status, 200, String(headers).slice(0, 40));
  const open = await ask(basic(`:${key}`));
  const [decision] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.equal(decision.agent_id, "bot");
  await gateway.admin("POST", `/v1/keys/${id}/revoke`, {});
  await open.closed;
  assert.equal((await ask(basic(`bot:${key}`))).status, 407);
  const scoped = (await gateway.admin("POST", "/v1/keys", { agent_id: "bot", scope: { verbs: ["READ"] } })).json.key;
  assert.match((await ask(basic(`bot:${scoped}`))).field("x-interven-reasons"), /KEY_SCOPE_VIOLATION/);
  const brief = (await gateway.admin("POST", "/v1/keys/ephemeral", { agent_id: "brief", ttl_seconds: 60 })).json.key;
  const once = await ask(basic(`brief:${brief}`));
  assert.equal(once.status, 200);
  assert.equal((await ask(basic(`brief:${brief}`))).status, 401, "used up");
  clock.advance(61_000);
  await once.closed;
});

test("stopping an agent ends its tunnels, and opens none", async (t) => {
  const echo = await startEcho(t);
  const gateway = await startRunning(t, { mode: "monitor", allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const [one, two, other] = await Promise.all(
    ["a:", "a:", "b:"].map((name) => tunnel(t, gateway.port, echo.host, { headers: basic(name) })),
  );
  await gateway.admin("POST", "/v1/agents/a/stop", {});
  await Promise.all([one.closed, two.closed]);
  other.socket.write("still");
  await other.read(/\[still\]/);
  const again = await tunnel(t, gateway.port, echo.host, { headers: basic("a:") });
  assert.equal(again.status, 403);
  assert.match(again.field("x-interven-reasons"), /^AGENT_STOPPED/);
});

test("policies hold for tunnels, and a person can let one pass, once", async (t) => {
  const echo = await startEcho(t);
  const rules = [{ rule_id: "ask", match: { methods: ["CONNECT"] }, action: "REQUIRE_APPROVAL" }];
  const gateway = await startRunning(t, { policy: { name: "p", rules }, allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const held = await tunnel(t, gateway.port, echo.host);
  assert.equal(held.status, 403);
  assert.equal(held.field("x-interven-decision"), "REQUIRE_APPROVAL");
  assert.match(await held.read(/}\n$/), /APPROVAL_REQUIRED/);
  const [approval] = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
  assert.equal(approval.preview.method, "CONNECT");
  await gateway.admin("POST", `/v1/approvals/${approval.approval_id}/approve`, {});
  const opened = await tunnel(t, gateway.port, echo.host);
  assert.equal(opened.status, 200);
  assert.match(opened.field("x-interven-reasons"), /RECENT_APPROVAL_GRANT.*TUNNEL_NOT_INSPECTED/);
  assert.equal((await tunnel(t, gateway.port, echo.host)).status, 403);
  const deny = { name: "p", rules: [{ rule_id: "no", match: { methods: ["CONNECT"] }, action: "DENY" }] };
  const closed = await startRunning(t, { policy: deny, allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  assert.equal((await tunnel(t, closed.port, echo.host)).status, 403);
  assert.equal(echo.sockets.size, 1);
});

test("a tunnel that cannot be recorded is not opened, and its refusal is that of any other call", async (t) => {
  const echo = await startEcho(t);
  const store = await openSqliteStore(temporaryDirectory(t));
  const gateway = await startRunning(t, { store, allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const failures = [
    [new StoreError("the disk is full"), "503 Service Unavailable", "AUDIT_UNAVAILABLE"],
    [new Error("a fault of our own"), "500 Internal Server Error", "GATEWAY_INTERNAL_ERROR"],
  ];
  for (const [failure, status, code] of failures) {
    store.recordDecision = async () => {
      throw failure;
    };
    const refused = await tunnel(t, gateway.port, echo.host);
    const [head, body] = (await refused.read(/}\n$/)).split("\r\n\r\n");
    assert.equal(head.split("\r\n")[0], `HTTP/1.1 ${status}`);
    assert.deepEqual([refused.field("x-interven-decision"), refused.field("x-interven-reasons")], ["DENY", code]);
    assert.equal(JSON.parse(body).error.code, code);
    const { json } = await gateway.proxy(`http://${echo.host}/`);
    assert.deepEqual(JSON.parse(body), json);
  }
  assert.equal(echo.sockets.size, 0);
});

test("open tunnels are counted", async (t) => {
  const echo = await startEcho(t);
  const tunnelLimits = { most: 3, mostPerAgent: 2 };
  const gateway = await startRunning(t, { allowPrivate: [echo.host], tunnelHosts: [echo.host], tunnelLimits });
  const ask = (name) => tunnel(t, gateway.port, echo.host, { headers: basic(name) });
  const open = [await ask("a:"), await ask("a:")];
  assert.equal((await ask("a:")).status, 503);
  open.push(await ask("b:"));
  assert.equal((await ask("c:")).status, 503);
  assert.deepEqual(
    open.map(({ status }) => status),
    [200, 200, 200],
  );
});

test("silent tunnels are closed, and make room", async (t) => {
  const echo = await startEcho(t);
  const tunnelLimits = { most: 1, idleMs: 50 };
  const gateway = await startRunning(t, { allowPrivate: [echo.host], tunnelHosts: [echo.host], tunnelLimits });
  const ask = () => tunnel(t, gateway.port, echo.host, { headers: basic("a:") });
  const first = await ask();
  assert.equal(first.status, 200);
  await first.closed;
  await until(async () => (await ask()).status === 200);
});

test("pages, bodies and stray bytes make no tunnel", async (t) => {
  const echo = await startEcho(t);
  const gateway = await startRunning(t, { allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  for (const [headers, status] of [
    [["Origin: https://evil.example"], 403],
    [["Sec-Fetch-Site: cross-site"], 403],
    [["Content-Length: 5"], 400],
    [["Transfer-Encoding: chunked"], 400],
    [["Content-Length: 0", "Content-Length: 5"], 400],
    [["X: 1", " folded"], 400],
    [["X : 1"], 400],
    [["X: a\rb"], 400],
  ]) {
    const answer = await tunnel(t, gateway.port, echo.host, { headers }).catch((error) => ({
      status: /^closed: (HTTP\/1.1 4|$)/.test(error.message) ? 400 : 0,
    }));
    assert.equal(answer.status, status, String(headers));
  }
  assert.equal(echo.sockets.size, 0);
});

test("a store that cannot write opens no tunnel; a gateway that closes ends all", async (t) => {
  const echo = await startEcho(t);
  const gateway = await startRunning(t, { allowPrivate: [echo.host], tunnelHosts: [echo.host] });
  const open = await tunnel(t, gateway.port, echo.host);
  await gateway.store.close();
  assert.equal((await tunnel(t, gateway.port, echo.host)).status, 503);
  assert.equal(echo.sockets.size, 1);
  await gateway.gateway.close(0).catch(() => {});
  await open.closed;
});

test("the gateway is no proxy for whole URLs in the request line, and upgrades nothing", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host], tunnelHosts: [upstream.host] });
  const send = (text) =>
    new Promise((resolve) => {
      const socket = connect(gateway.port, "127.0.0.1", () => socket.write(text));
      let answer = "";
      socket.on("data", (data) => {
        answer += data;
        if (answer.includes("\r\n\r\n") && answer.endsWith("}")) socket.destroy();
        else if (/^content-type: text/im.test(answer)) socket.destroy();
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(answer));
    });
  const own = `localhost:${gateway.port}`;
  for (const [target, host] of [
    [`http://${upstream.host}/`, upstream.host],
    [`http://${upstream.host}/`, own],
    [`HTTP://${upstream.host}/health`, own],
    [`ftp://${upstream.host}/`, own],
    [`http://${own}@${upstream.host}/`, own],
    ["http://evil.example/health", "evil.example"],
  ]) {
    const answer = await send(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[03] /, target);
    if (host === own) assert.match(answer, /PROXY_FORM_UNSUPPORTED|INVALID_REQUEST/, target);
  }
  assert.match(await send(`GET http://${own}/health HTTP/1.1\r\nHost: ${own}\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 200 /);
  for (const path of ["/", "/health", "/v1/scan", "/v1/usage", `/proxy/${upstream.url}/`, "/inbound/a/"])
    for (const upgrade of ["websocket", "h2c", "TLS/1.0", "websocket, h2c"]) {
      const fields = `Connection: Upgrade\r\nUpgrade: ${upgrade}\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n`;
      const answer = await send(
        `GET ${path} HTTP/1.1\r\nHost: ${own}\r\n${fields}\r\nGET /health HTTP/1.1\r\nHost: ${own}\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 [2345]\d\d /, `${path} ${upgrade}`);
      assert.ok(!/^HTTP\/1\.1 101/m.test(answer));
    }
  assert.ok(upstream.received.every(({ headers }) => headers.upgrade === undefined));
  assert.match(await send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), /^HTTP\/1\.1 4/);
});

test("an allow list of another form is refused at the start", async (t) => {
  for (const entry of [
    "*",
    ".com",
    "*.example.com",
    "https://example.com",
    "example.com/",
    "EXAMPLE.com:x",
    "a:0",
    "a:65536",
    ".0.0.1",
    "127.1",
    "a.",
    "",
    "a b",
  ])
    await assert.rejects(startRunning(t, { tunnelHosts: [entry] }), { name: "ConfigurationError" }, entry);
});
