// Every route that changes something × everything that must not change anything. Whatever is described is tried: a route
// without a request here fails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openApiDocument } from "../../../dist/gateway/openapi/document.js";
import { ADMIN, rawRequest, startRunning, startUpstream } from "./running.mjs";
import { holdInvocation, REQUESTS, send } from "./surface-requests.mjs";
import { changedTables, startWorld } from "./surface-world.mjs";

const READS = ["get", "head", "options", "parameters", "summary", "description"];
const described = Object.entries(openApiDocument().paths).flatMap(([path, operations]) =>
  Object.keys(operations)
    .filter((method) => !READS.includes(method))
    .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
);
const FORMS = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  undefined,
  "application/jsonp",
];

/** Headers by which the right caller is known. */
function rightful({ keys, token }, request) {
  if (request.credential) return request.credential;
  if (request.by === "administrator") return { authorization: `Bearer ${token}` };
  if (request.by === "agent") return request.key ? { [request.key]: keys.agent } : { authorization: `Bearer ${keys.agent}` };
  return {};
}

const bearer = (text) => [{ authorization: `Bearer ${text}` }, { "x-interven-key": text }];

/** Credentials that are not the right one, by what they are. */
function others({ keys, token }, { by, wrong, owned, unsignedToo }) {
  const revoked = keys.revoked.key;
  const garbled = [token.slice(0, -1), `${token}x`, `${token} ${token}`, "0".repeat(64)];
  const noise = [
    ...garbled.flatMap(bearer),
    ...["", "Bearer", "Bearer ", `bearer ${token}x`, `Basic ${token}`].map((authorization) => ({ authorization })),
    { cookie: `token=${token}` },
  ];
  if (by === "administrator")
    return {
      "no token": [{}],
      "wrong token": [...noise, { authorization: token }, { authorization: `bearer ${token}` }, { "x-interven-key": token }],
      "agent key": [...bearer(keys.agent), ...bearer(revoked)],
      "ephemeral key": [...bearer(keys.ephemeral), ...bearer(keys.exhausted)],
    };
  if (by === "agent")
    return {
      "no token": [{}],
      "wrong token": [...noise, ...bearer(token), ...bearer(`${keys.agent.slice(0, -1)}${keys.agent.endsWith("a") ? "b" : "a"}`)],
      "agent key": [...bearer(revoked), ...(owned ? bearer(keys.other) : [])],
      "ephemeral key": owned ? [...bearer(keys.ephemeral), ...bearer(keys.exhausted)] : bearer(keys.exhausted),
    };
  if (by === "nobody") return {};
  const unsigned = [...bearer(token), ...bearer(keys.agent), ...bearer(keys.ephemeral)];
  return {
    "no token": wrong.slice(0, 1),
    "wrong token": wrong.slice(1),
    ...(by === "tunnel" ? {} : { "agent key": unsigned }),
    ...(unsignedToo ? { "no token": [], "agent key": [] } : {}),
  };
}

/** What a page somewhere else makes a browser send, with the right credential as if it had it. */
const PAGES = (port) => ({
  "foreign Host": [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1:1",
    `127.0.0.1.evil.example:${port}`,
    `localhost.:${port}`,
  ].map((host) => ({ host })),
  "foreign Origin": [
    ...["https://evil.example", "http://localhost:3000", "null", "", `http://localhost:${port}.evil.example`],
    ...[`http://evil.example/localhost:${port}`, `ftp://localhost:${port}`, `http://localhost:${port}, https://evil.example`],
  ].map((origin) => ({ origin })),
  "Sec-Fetch-Site": ["cross-site", "same-site", "Cross-Site", "nonsense", ""].map((site) => ({ "sec-fetch-site": site })),
});

/** All that is tried on a route: name, method and request. */
function* attacks(world, method, request) {
  const { path, type, body, host, headers: own = {}, takesForms } = request;
  const sent = (credential, more = {}) => {
    const headers = { ...(host ? { host } : {}), ...(type ? { "content-type": type } : {}), ...own, ...credential, ...more };
    return { path, body, headers };
  };
  const right = rightful(world, request);
  // No page can make a browser ask for a tunnel.
  if (method !== "CONNECT")
    for (const [name, list] of Object.entries(PAGES(world.gateway.port)))
      for (const more of list) yield [name, method, sent(right, more)];
  for (const [name, list] of Object.entries(others(world, request)))
    for (const credential of list) yield [name, method, sent(credential)];
  if (method === "CONNECT") return;
  for (const form of FORMS) {
    // A form bears no credential; where even that would not help, it bears the right one.
    const { headers } = sent(takesForms ? {} : right);
    delete headers["content-type"];
    const spoken = form === FORMS[0] && body && !takesForms ? `payload=${encodeURIComponent(body)}` : (body ?? "{}");
    yield ["form post", "POST", { path, body: spoken, headers: { ...headers, ...(form ? { "content-type": form } : {}) } }];
  }
  if (!takesForms) {
    yield ["link", "GET", sent(right)];
    const override = { "x-http-method-override": method, "x-method-override": method };
    yield ["link", "GET", { path: `${path}?_method=${method}`, headers: { ...sent(right).headers, ...override } }];
  }
}

/** A call that an agent makes with a key that is used up is its own call: it is recorded as refused, and nothing else. */
function withoutRefusedCalls(before, after) {
  const added = after.audit.slice(before.audit.length).map((row) => JSON.parse(Object.fromEntries(JSON.parse(row)).body));
  for (const { agent_id: agent, action, source } of added)
    assert.deepEqual([agent, action, typeof source], ["done", "refuse", "string"]);
  return { ...after, audit: after.audit.slice(0, before.audit.length) };
}

function assertUnframeable({ headers }, what) {
  assert.equal(headers["x-frame-options"], "DENY", what);
  assert.match(headers["content-security-policy"] ?? "", /frame-ancestors 'none'/, what);
  assert.equal(headers["x-content-type-options"], "nosniff", what);
  assert.equal(headers["access-control-allow-origin"], undefined, what);
  assert.equal(headers["set-cookie"], undefined, what);
}

test("every described route that changes something has its request here", () => {
  const missing = described.filter((name) => !Object.hasOwn(REQUESTS, name));
  assert.deepEqual(missing, []);
  assert.ok(described.length >= 35);
});

test("0 changes by foreign hosts, origins, sites, forms, links, and by every credential but the right one", async (t) => {
  const world = await startWorld(t);
  world.ids.execute = await holdInvocation(world);
  const { port } = world.gateway;
  let before = world.snapshot();
  const received = world.upstream.received.length;
  const counted = {};
  for (const [route, make] of Object.entries(REQUESTS)) {
    const method = route.split(" ")[0];
    const request = make(world);
    for (const [name, sent, options] of attacks(world, method, request)) {
      const answer = await send(port, sent, options);
      const what = `${route} ${name} ${JSON.stringify(options.headers)} ${answer.status}`;
      const allowed = name === "link" ? [200, 404, 405] : [400, 401, 403, 404, 405, 407, 415];
      if (!request.reads || ["foreign Host", "foreign Origin", "Sec-Fetch-Site", "form post"].includes(name))
        assert.ok(allowed.includes(answer.status), what);
      if (method !== "CONNECT") assertUnframeable(answer, what);
      counted[name] = (counted[name] ?? 0) + 1;
    }
    const after = world.snapshot();
    const counting = request.by === "agent" ? withoutRefusedCalls(before, after) : after;
    assert.deepEqual(changedTables(before, counting), [], `${route} has changed something`);
    before = after;
    assert.equal(world.upstream.received.length, received, `${route} has sent something`);
  }
  const routes = Object.keys(REQUESTS).length;
  for (const name of ["foreign Host", "foreign Origin", "Sec-Fetch-Site", "form post", "no token", "wrong token", "agent key"])
    assert.ok(counted[name] >= routes - 3, `${name} ${counted[name]} of ${routes}`);
  t.diagnostic(JSON.stringify(counted));
});

test("the same requests by right change something, and their answers cannot be framed", async (t) => {
  const world = await startWorld(t);
  world.ids.execute = await holdInvocation(world);
  for (const [route, make] of Object.entries(REQUESTS)) {
    const before = world.snapshot();
    const method = route.split(" ")[0];
    const request = make(world);
    const { path, body, type, host, headers = {} } = request;
    const answer = await send(world.gateway.port, method, {
      ...{ path, body },
      headers: {
        ...(host ? { host } : {}),
        ...(type ? { "content-type": type } : {}),
        ...headers,
        ...rightful(world, request),
      },
    });
    assert.ok(answer.status >= 200 && answer.status < 300, `${route} ${answer.status} ${answer.text}`);
    if (method !== "CONNECT") assertUnframeable(answer, route);
    const changed = changedTables(before, world.snapshot()).length > 0;
    assert.equal(changed, request.reads !== true, `${route} changes ${changed ? "something" : "nothing"}`);
  }
});

test("without keys, agents on this machine are served, and pages in its browser are not", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host], publicHosts: ["gateway.example"] });
  const scan = { type: "application/json", body: JSON.stringify({ method: "GET", url: "https://api.example.com/" }) };
  const routes = [
    ["/v1/scan", scan],
    [`/proxy/${upstream.url}/x`, { type: "text/plain", body: "x" }],
    ["/", {}],
    ["/console/app.js", {}],
    ["/health", {}],
    ["/nowhere", {}],
  ];
  for (const [path, { type, body }] of routes) {
    const method = body ? "POST" : "GET";
    const own = type ? { "content-type": type } : {};
    for (const headers of Object.values(PAGES(gateway.port)).flat()) {
      const answer = await rawRequest(gateway.port, { method, path, body, headers: { ...own, ...headers } });
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
      assertUnframeable(answer, path);
    }
    assertUnframeable(await rawRequest(gateway.port, { method, path, body, headers: own }), path);
  }
  assert.equal(upstream.received.length, 1);
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.equal(decisions.length, 2);
  assert.equal((await rawRequest(gateway.port, { path: `/v1/decisions?token=${ADMIN}` })).status, 401);
});
