import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, HOLD_LOOPBACK, startRunning, startUpstream } from "./running.mjs";

// What is read, and what is refused before any route; what changes something is in surface-matrix.test.mjs.
const JSON_TYPE = { "content-type": "application/json" };
const SCAN = { headers: JSON_TYPE, body: JSON.stringify({ method: "GET", url: "http://127.0.0.1/held" }) };

async function running(t) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host],
    publicHosts: ["gateway.example"],
  });
  const { approval_id: id } = (await gateway.call("POST", "/v1/scan", SCAN)).json;
  const admin = { authorization: `Bearer ${ADMIN}` };
  const routes = [
    ["GET", "/health", {}],
    ["GET", `/v1/approvals/${id}/status`, {}],
    ["GET", "/v1/approvals", { headers: admin }],
    ["GET", "/v1/decisions", { headers: admin }],
    ["GET", "/v1/keys", { headers: admin }],
    ["GET", "/v1/agents", { headers: admin }],
    ["GET", "/v1/usage", { headers: admin }],
    ["GET", "/v1/events", { headers: admin }],
    ["GET", "/v1/statistics", { headers: admin }],
    ["GET", "/v1/settings", { headers: admin }],
    ["GET", "/v1/audit", { headers: admin }],
    ["GET", "/", {}],
    ["GET", "/console/app.js", {}],
    ["GET", "/nowhere", {}],
  ];
  const unchanged = async () => {
    assert.equal((await gateway.admin("GET", "/v1/approvals")).json.approvals[0].status, "pending");
    assert.equal(upstream.received.length, 0);
  };
  return { gateway, routes, unchanged, id };
}

test("every route that reads refuses foreign hosts, origins and sites", async (t) => {
  const { gateway, routes, unchanged } = await running(t);
  const { port } = gateway;
  const foreign = [
    { host: "evil.example" },
    { host: `evil.example:${port}` },
    { host: "127.0.0.1:1" },
    { host: `127.0.0.1.evil.example:${port}` },
    { host: `localhost.:${port}` },
    { host: "" },
    { origin: "https://evil.example" },
    { origin: "http://localhost:3000" },
    { origin: "null" },
    { origin: `http://localhost:${port}.evil.example` },
    { origin: `http://evil.example/localhost:${port}` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  let refused = 0;
  for (const [method, path, options] of routes) {
    for (const headers of foreign) {
      const answer = await gateway.call(method, path, { ...options, headers: { ...options.headers, ...headers } });
      assert.ok([400, 403].includes(answer.status), `${method} ${path} ${JSON.stringify(headers)} ${answer.status}`);
      refused += 1;
    }
  }
  assert.equal(refused, routes.length * foreign.length);
  await unchanged();
});

test("its own names and origins are served", async (t) => {
  const { gateway } = await running(t);
  const { port } = gateway;
  for (const host of [
    `localhost:${port}`,
    `LOCALHOST:${port}`,
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    "gateway.example",
    `gateway.example:${port}`,
  ]) {
    assert.equal((await gateway.call("GET", "/health", { headers: { host } })).status, 200, host);
  }
  const own = { origin: `http://localhost:${port}`, "sec-fetch-site": "same-origin" };
  assert.equal((await gateway.call("GET", "/health", { headers: own })).status, 200);
  assert.equal((await gateway.call("GET", "/health", { headers: { "sec-fetch-site": "none" } })).status, 200);
});

test("administrator routes take the administrator's credential and nothing else", async (t) => {
  const { gateway, routes, unchanged, id } = await running(t);
  const wrong = [
    "",
    "Bearer",
    "Bearer ",
    `Bearer ${ADMIN}x`,
    `Bearer ${ADMIN.slice(0, -1)}`,
    `bearer ${ADMIN}`,
    `Basic ${ADMIN}`,
    ADMIN,
    `Bearer ${ADMIN} ${ADMIN}`,
    `Bearer ${"0".repeat(64)}`,
  ];
  let refused = 0;
  for (const [method, path, options] of routes.filter((route) => route[2].headers?.authorization)) {
    for (const authorization of [undefined, ...wrong]) {
      const { authorization: _, ...rest } = options.headers;
      const headers = authorization === undefined ? rest : { ...rest, authorization };
      const answer = await gateway.call(method, path, { ...options, headers });
      assert.equal(answer.status, 401, `${method} ${path} ${authorization}`);
      assert.equal(answer.json.error.code, "ADMIN_CREDENTIAL_REQUIRED");
      refused += 1;
    }
  }
  assert.equal(refused, 9 * 11);
  const query = await gateway.call("POST", `/v1/approvals/${id}/approve?token=${ADMIN}`, {
    headers: { ...JSON_TYPE, cookie: `token=${ADMIN}` },
    body: "{}",
  });
  assert.equal(query.status, 401);
  await unchanged();
});

test("every answer forbids framing, sniffing and foreign content", async (t) => {
  const { gateway, routes } = await running(t);
  for (const [method, path, options] of routes.filter(([, path]) => path !== "/v1/events")) {
    const { headers } = await gateway.call(method, path, options);
    assert.equal(headers["x-frame-options"], "DENY", path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    assert.equal(headers["referrer-policy"], "no-referrer", path);
    assert.match(headers["content-security-policy"], /default-src 'none'/, path);
    assert.match(headers["content-security-policy"], /frame-ancestors 'none'/, path);
    assert.equal(headers["set-cookie"], undefined);
    assert.equal(headers["access-control-allow-origin"], undefined);
  }
});

test("without agent keys, agents on other machines are not served", async (t) => {
  const { gateway } = await running(t);
  const { createGateway, hashCredential } = await import("../../../dist/gateway/index.js");
  const app = createGateway({
    engine: { policyVersion: "0", scan: () => assert.fail("nothing is scanned") },
    store: gateway.store,
    adminHash: await hashCredential(ADMIN),
    self: () => ({ port: 4100, host: "0.0.0.0", addresses: [] }),
    consoleFile: async () => undefined,
  });
  const requests = [
    ["http://localhost:4100/v1/scan", { method: "POST", ...SCAN }],
    ["http://localhost:4100/v1/scan/response", { method: "POST", ...SCAN }],
    ["http://localhost:4100/proxy/https://api.example.com/", {}],
    ["http://localhost:4100/v1/approvals/x/status", {}],
    ["http://localhost:4100/v1/approvals/x/consume", { method: "POST", headers: JSON_TYPE, body: "{}" }],
  ];
  for (const [url, init] of requests) {
    for (const connection of [
      undefined,
      {},
      { peerAddress: "192.168.1.9" },
      { peerAddress: "::ffff:10.0.0.1" },
      { peerAddress: "nonsense" },
    ]) {
      const headers = new Headers(init.headers);
      headers.set("host", "localhost:4100");
      const answer = await app.fetch(new Request(url, { ...init, headers }), connection);
      assert.equal(answer.status, 401, `${url} ${JSON.stringify(connection)}`);
      assert.equal((await answer.json()).error.code, "LOCAL_ONLY");
    }
  }
});

test("malformed request lines and hosts are answered, not crashed on", async (t) => {
  const { gateway } = await running(t);
  for (const path of ["*", "http://evil.example/", "//evil.example/", "/%", "/\\evil"]) {
    const answer = await gateway.call("OPTIONS", path);
    assert.ok([400, 403, 404].includes(answer.status), `${path} ${answer.status}`);
  }
  assert.equal((await gateway.call("GET", "/health", { headers: { host: "a b" } })).status, 400);
  assert.equal((await gateway.call("GET", "/health")).status, 200);
});
