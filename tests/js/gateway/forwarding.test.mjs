import assert from "node:assert/strict";
import { channel } from "node:diagnostics_channel";
import { EventEmitter, once } from "node:events";
import { request } from "node:http";
import { test } from "node:test";
import { startRunning, startUpstream, until } from "./running.mjs";

test("hop-by-hop fields stop at the gateway, in both directions", async (t) => {
  const upstream = await startUpstream(t, (_incoming, response) => {
    response.writeHead(200, {
      connection: "x-named, keep-alive",
      "x-named": "1",
      "proxy-authenticate": "Basic",
      upgrade: "h2c",
      trailer: "x",
      "x-interven-decision": "forged",
      "strict-transport-security": "max-age=1",
      "clear-site-data": '"*"',
      "content-security-policy": "default-src *",
      "set-cookie": ["a=1; Path=/api; Domain=example.com; HttpOnly", "b=2"],
      "x-kept": "yes",
    });
    response.end("ok");
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const answer = await gateway.proxy(`${upstream.url}/`, {
    headers: {
      connection: "keep-alive, X-Secret-Hop, close",
      "x-secret-hop": "1",
      "keep-alive": "timeout=9",
      "proxy-connection": "keep-alive",
      "proxy-authorization": "Basic x",
      te: "trailers",
      upgrade: "h2c",
      "http2-settings": "x",
      expect: "100-continue",
      "x-interven-agent-id": "a",
      "x-kept": "yes",
    },
    body: "hello",
  });
  const [{ headers }] = upstream.received;
  for (const name of [
    "x-secret-hop",
    "keep-alive",
    "proxy-connection",
    "proxy-authorization",
    "te",
    "trailer",
    "upgrade",
    "http2-settings",
    "expect",
    "x-interven-agent-id",
  ]) {
    assert.equal(headers[name], undefined, name);
  }
  assert.equal(headers["x-kept"], "yes");
  assert.equal(headers.host, upstream.host);
  for (const name of ["x-named", "proxy-authenticate", "upgrade", "trailer", "strict-transport-security", "clear-site-data"]) {
    assert.equal(answer.headers[name], undefined, name);
  }
  assert.equal(answer.headers["x-kept"], "yes");
  assert.equal(answer.headers["x-interven-decision"], "ALLOW");
  assert.equal(answer.headers["content-security-policy"], "sandbox; default-src 'none'; frame-ancestors 'none'");
  assert.deepEqual(answer.headers["set-cookie"], [
    `a=1; HttpOnly; Path=/proxy/${upstream.url}/api`,
    `b=2; Path=/proxy/${upstream.url}/`,
  ]);
});

test("redirects lead back through the proxy, and credentials do not follow to another origin", async (t) => {
  const other = await startUpstream(t);
  const locations = {
    "/same": "/next?x=1",
    "/relative": "next",
    "/other": `${other.url}/landed`,
    "/protocol": `//${other.host}/landed`,
    "/app": "myapp://callback",
  };
  const upstream = await startUpstream(t, (incoming, response) => {
    response.writeHead(307, { location: locations[incoming.url] });
    response.end();
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host, other.host] });
  const expected = {
    "/same": `/proxy/${upstream.url}/next?x=1`,
    "/relative": `/proxy/${upstream.url}/next`,
    "/other": `/proxy-redirect/${other.url}/landed`,
    "/protocol": `/proxy-redirect/${other.url}/landed`,
    "/app": "myapp://callback",
  };
  for (const [path, location] of Object.entries(expected)) {
    const answer = await gateway.proxy(`${upstream.url}${path}`);
    assert.equal(answer.status, 307);
    assert.equal(answer.headers.location, location);
  }
  const credentials = ["authorization", "x-authorization", "cookie", "x-api-key", "x-functions-key", "x-auth-token", "passwd"];
  const headers = { ...Object.fromEntries(credentials.map((name) => [name, "opaque"])), "x-kept": "yes" };
  const followed = await fetch(`${gateway.base}/proxy/${upstream.url}/other`, { method: "POST", headers, body: "hello" });
  assert.equal(followed.status, 200);
  assert.equal(followed.url, `${gateway.base}/proxy-redirect/${other.url}/landed`);
  const [landed] = other.received;
  for (const name of credentials) assert.equal(landed.headers[name], undefined, name);
  assert.equal(landed.headers["x-kept"], "yes");
  assert.equal(landed.body, "hello");
});

test("credentials do not follow on any later hop of a redirect that has left its origin", async (t) => {
  const last = await startUpstream(t);
  const hops = { "/one": "/two", "/two": `${last.url}/landed`, "/three": "/four" };
  const other = await startUpstream(t, (incoming, response) => {
    const location = hops[incoming.url];
    response.writeHead(location ? 307 : 200, location ? { location } : {});
    response.end();
  });
  const first = await startUpstream(t, (incoming, response) => {
    response.writeHead(307, { location: `${other.url}${incoming.url}` });
    response.end();
  });
  const gateway = await startRunning(t, { allowPrivate: [first.host, other.host, last.host] });
  const headers = { authorization: "Bearer x", cookie: "a=b", "x-api-key": "k" };
  for (const path of ["/one", "/three"]) {
    const followed = await fetch(`${gateway.base}/proxy/${first.url}${path}`, { method: "POST", headers, body: "hello" });
    assert.equal(followed.status, 200);
  }
  assert.equal(other.received.length, 4);
  assert.equal(last.received.length, 1);
  for (const { url, headers: seen } of [...other.received, ...last.received])
    for (const name of Object.keys(headers)) assert.equal(seen[name], undefined, `${name} at ${url}`);
});

test("answers without a body, and long ones, come back whole", async (t) => {
  const upstream = await startUpstream(t, (incoming, response) => {
    const status = Number(incoming.url.slice(1));
    if (status === 200) response.end(Buffer.alloc(3_000_000, "z"));
    else {
      response.statusCode = status;
      response.end(status === 204 || status === 304 ? undefined : "text");
    }
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  for (const status of [204, 304, 400, 404, 418, 500, 503])
    assert.equal((await gateway.proxy(`${upstream.url}/${status}`)).status, status);
  assert.equal((await gateway.proxy(`${upstream.url}/200`)).text.length, 3_000_000);
});

test("an answer that its upstream cuts does not look complete", async (t) => {
  const upstream = await startUpstream(t, (incoming, response) => {
    response.writeHead(200, incoming.url === "/length" ? { "content-length": 1000 } : {});
    response.write("partial");
    setImmediate(() => incoming.socket.destroy());
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const complaints = t.mock.method(console, "error", () => {});
  for (const path of ["/length", "/chunked"])
    await assert.rejects(gateway.proxy(`${upstream.url}${path}`), { code: "ECONNRESET" });
  assert.equal((await gateway.call("GET", "/health")).status, 200);
  assert.equal(complaints.mock.callCount(), 0);
});

test("nothing is sent for whoever has left, and the record says so", async (t) => {
  const upstream = await startUpstream(t);
  const lookups = new EventEmitter();
  let slow = false;
  const gateway = await startRunning(t, {
    policy: { name: "p", rules: [{ rule_id: "r", match: { url_patterns: ["*/held*"] }, action: "REQUIRE_APPROVAL" }] },
    allowPrivate: [`slow.test:${upstream.port}`],
    resolve: async () => {
      if (slow) {
        lookups.emit("begun");
        await once(lookups, "done");
      }
      return ["127.0.0.1"];
    },
  });
  const url = `http://slow.test:${upstream.port}`;
  const decisions = async () => (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  /** Sends a call, and leaves while its host is looked up. */
  const leave = async (path) => {
    slow = true;
    const before = gateway.log.length;
    const begun = once(lookups, "begun");
    let left;
    const notice = ({ request: { url: target }, response }) => {
      if (target.endsWith(path)) left = once(response, "close");
    };
    channel("http.server.request.start").subscribe(notice);
    const outgoing = request({ host: "127.0.0.1", port: gateway.port, method: "POST", path: `/proxy/${url}${path}` });
    outgoing.on("error", () => {});
    outgoing.end("hello");
    await begun;
    channel("http.server.request.start").unsubscribe(notice);
    outgoing.destroy();
    await left;
    lookups.emit("done");
    slow = false;
    await until(() => gateway.log.slice(before).some(({ route }) => route === "proxy"));
  };
  await leave("/plain");
  assert.deepEqual(
    (await decisions()).map(({ action, reason_codes }) => [action, reason_codes]),
    [["refuse", ["CLIENT_LEFT"]]],
  );
  const held = await gateway.proxy(`${url}/held`, { body: "hello" });
  assert.equal((await gateway.admin("POST", `/v1/approvals/${held.json.approval_id}/approve`, {})).status, 200);
  await leave("/held");
  const [last] = await decisions();
  assert.equal(last.action, "refuse");
  assert.ok(last.reason_codes.includes("CLIENT_LEFT"));
  assert.equal(upstream.received.length, 0);
});
