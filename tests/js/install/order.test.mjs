// Who is installed when, and by whom: defined in any order, also when others patch as well.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import * as undici from "undici";
import { ConfigurationError, IntervenClient } from "../../../dist/index.js";
import { awsKey, ended, installed, LOCAL, listening, refusal } from "./servers.mjs";

const post = (body) => ({ method: "POST", body });
const overHttp = (base, body) => ended(http.request(base, { method: "POST" }), (request) => request.end(body));
/** What is patched, as it is now. */
const places = () => [
  globalThis.fetch,
  ...["write", "end", "flushHeaders", "addTrailers", "destroy", "onSocket"].map((name) => http.ClientRequest.prototype[name]),
  http.Agent.prototype.addRequest,
  undici.Agent.prototype.dispatch,
  undici.ProxyAgent.prototype.dispatch,
  undici.getGlobalDispatcher(),
  undici.getGlobalDispatcher().dispatch,
];
const blocking = (word) => ({
  policy: { name: word, rules: [{ rule_id: word, condition: { body_contains_any: [word] }, action: "DENY" }] },
});

test("uninstalling leaves everything as it was, in any order", async () => {
  const before = places();
  const clients = [1, 2, 3].map(() => new IntervenClient(LOCAL));
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [1, 2, 0],
  ]) {
    const installations = clients.map((client) => client.install());
    assert.ok(places().filter((place, at) => place !== before[at]).length >= 9);
    for (const at of order) installations[at].uninstall();
    assert.deepEqual(
      places().map((place, at) => place === before[at]),
      before.map(() => true),
    );
  }
});

test("several clients must all release a call; one that is uninstalled has no say", async (t) => {
  const { base, seen } = await listening(t);
  const [first, second] = [installed(t, blocking("alpha")), installed(t, blocking("omega"))];
  for (const send of [
    (body) => fetch(base, post(body)),
    (body) => overHttp(base, body),
    (body) => undici.request(base, post(body)),
  ]) {
    seen.length = 0;
    await refusal(send("alpha"));
    await refusal(send("omega"));
    await send("beta");
    assert.equal(seen.length, 1);
  }
  first.installation.uninstall();
  for (const send of [
    (body) => fetch(base, post(body)),
    (body) => overHttp(base, body),
    (body) => undici.request(base, post(body)),
  ]) {
    seen.length = 0;
    await send("alpha");
    await refusal(send("omega"));
    assert.equal(seen.length, 1);
  }
  second.installation.uninstall();
  await fetch(base, post("omega"));
  assert.equal(seen.length, 2);
});

test("a client that is installed twice is installed until both are undone", async (t) => {
  const { base, seen } = await listening(t);
  const client = new IntervenClient(LOCAL);
  const [first, second] = [client.install(), client.install()];
  t.after(() => second.uninstall());
  first.uninstall();
  first.uninstall();
  await refusal(fetch(base, post(awsKey())));
  await refusal(overHttp(base, awsKey()));
  second.uninstall();
  assert.equal(seen.length, 0);
  await fetch(base, post(awsKey()));
  assert.equal(seen.length, 1);
});

test("what others patched on top stays, and works on", async (t) => {
  const { base, seen } = await listening(t);
  const original = globalThis.fetch;
  t.after(() => (globalThis.fetch = original));
  const { installation } = installed(t);
  const guarded = globalThis.fetch;
  const heard = [];
  const onTop = (input, init) => {
    heard.push(String(input));
    return guarded(input, init);
  };
  globalThis.fetch = onTop;
  const { addRequest } = http.Agent.prototype;
  http.Agent.prototype.addRequest = function (...given) {
    heard.push("http");
    return addRequest.apply(this, given);
  };
  await refusal(fetch(base, post(awsKey())));
  await refusal(overHttp(base, awsKey()));
  // A second client stands on top of what was patched on top; the first one is still asked beneath.
  const second = installed(t, blocking("omega"));
  await refusal(fetch(base, post("omega")));
  await fetch(base, post("beta"));
  assert.equal(seen.length, 1);
  second.installation.uninstall();
  installation.uninstall();
  assert.equal(globalThis.fetch, onTop);
  await fetch(base, post(awsKey()));
  await overHttp(base, awsKey());
  assert.equal(seen.length, 3);
  assert.deepEqual(heard, [base, "http", `${base}/`, base, "http"]);
  http.Agent.prototype.addRequest = addRequest;
  const again = installed(t);
  await refusal(fetch(base, post(awsKey())));
  await refusal(overHttp(base, awsKey()));
  again.installation.uninstall();
  assert.equal(seen.length, 3);
});

test("requests that were begun before are let be, or refused where they cannot be held", async (t) => {
  const { base, seen } = await listening(t);
  const agent = new http.Agent({ maxSockets: 1, keepAlive: true });
  t.after(() => agent.destroy());
  const streaming = http.request(`${base}/streaming`, { method: "POST", agent });
  const done = ended(streaming, (request) => request.write("a"));
  await new Promise((resolve) => streaming.on("socket", (socket) => socket.once("connect", resolve)));
  const queued = ended(http.request(`${base}/queued`, { method: "POST", agent }), (request) => request.end("b"));
  const asking = ended(http.get(`${base}/asking`, { agent }), () => {});
  installed(t);
  const refused = [refusal(queued), refusal(asking)];
  streaming.end("c");
  assert.equal(await done, 200);
  for (const error of await Promise.all(refused)) assert.match(error.message, /begun before/);
  assert.deepEqual(
    seen.map(({ url, body }) => [url, body]),
    [["/streaming", "ac"]],
  );
});

test("options are checked", () => {
  const client = new IntervenClient(LOCAL);
  for (const options of [
    null,
    5,
    { undicis: [] },
    { undici: 5 },
    { undici: {} },
    { undici: [undici, null] },
    { dangerouslyAllowTunnels: 1 },
  ])
    assert.throws(() => client.install(options), ConfigurationError);
  const installation = client.install({ undici, dangerouslyAllowTunnels: true });
  installation.uninstall();
});
