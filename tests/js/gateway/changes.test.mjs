// Every route that changes keys, agents, credentials or what is remembered, asked by everybody who may not.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { Vault } from "../../../dist/gateway/index.js";
import { ADMIN, HOLD_LOOPBACK, startRunning } from "./running.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const HELD = { method: "GET", url: "http://127.0.0.1/held" };

async function running(t) {
  const vault = await Vault.of(Uint8Array.from(randomBytes(32)));
  const toolUrls = { slack: "http://127.0.0.1:1" };
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, vault, toolUrls, allowPrivate: ["127.0.0.1:1"] });
  for (const tool of ["slack", "github", "gitlab"])
    await gateway.admin("PUT", `/v1/credentials/${tool}`, { credential: randomBytes(16).toString("hex") });
  const { key, key_id: id } = (await gateway.admin("POST", "/v1/keys", { agent_id: "a" })).json;
  const { trace_id } = (await gateway.scan(HELD, key)).json;
  await gateway.admin("POST", "/v1/agents/b/stop", {});
  const admin = { authorization: `Bearer ${ADMIN}` };
  const agent = { authorization: `Bearer ${key}` };
  const response = JSON.stringify({ trace_id, response_body: "read" });
  const routes = [
    { path: "/v1/scan/response", method: "POST", body: response, rightful: agent },
    { path: "/v1/tools/slack/post_message", method: "POST", body: '{"text":"a"}', rightful: agent },
    { path: "/v1/credentials/github", method: "PUT", body: '{"credential":"a-made-up-one"}', rightful: admin },
    { path: "/v1/credentials/github", method: "POST", body: '{"credential":"another-made-up"}', rightful: admin },
    { path: "/v1/credentials/gitlab", method: "DELETE", rightful: admin },
    { path: "/v1/keys", method: "POST", body: "{}", rightful: admin },
    { path: "/v1/keys/ephemeral", method: "POST", body: "{}", rightful: admin },
    { path: "/v1/agents/a/stop", method: "POST", body: "{}", rightful: admin },
    { path: "/v1/agents/b/start", method: "POST", body: "{}", rightful: admin },
    { path: `/v1/keys/${id}/revoke`, method: "POST", body: "{}", rightful: admin },
    { path: `/v1/keys/${id}`, method: "DELETE", rightful: admin },
  ];
  const ask = ({ path, method, body }, headers) =>
    gateway.call(method, path, { headers: body === undefined ? headers : { ...JSON_TYPE, ...headers }, body });
  const state = async () => {
    const lists = await Promise.all(
      ["keys", "agents", "approvals", "credentials"].map((name) => gateway.admin("GET", `/v1/${name}`)),
    );
    const counting = lists.map(({ text }) => text.replace(/"(calls|denied|last_seen|remaining_seconds)":("[^"]*"|\d+)/g, ""));
    return JSON.stringify([counting, (await gateway.admin("GET", `/v1/traces/${trace_id}`)).json]);
  };
  return { gateway, routes, ask, state, key, agent };
}

test("nobody but the rightful changes anything", async (t) => {
  const { gateway, routes, ask, state, key, agent } = await running(t);
  const before = await state();
  const { port } = gateway;
  const strangers = [
    [401, () => ({})],
    [401, () => ({ authorization: `Bearer ${ADMIN}x` })],
    [401, () => ({ authorization: `Bearer ${key.slice(0, -1)}` })],
    [401, () => ({ authorization: "", cookie: `token=${ADMIN}` })],
    [403, (rightful) => ({ ...rightful, host: "evil.example" })],
    [403, (rightful) => ({ ...rightful, host: `localhost.:${port}` })],
    [403, (rightful) => ({ ...rightful, origin: "https://evil.example" })],
    [403, (rightful) => ({ ...rightful, origin: "null" })],
    [403, (rightful) => ({ ...rightful, "sec-fetch-site": "cross-site" })],
    [403, (rightful) => ({ ...rightful, "sec-fetch-site": "same-site" })],
    [415, (rightful) => ({ ...rightful, "content-type": "application/x-www-form-urlencoded" })],
    [415, (rightful) => ({ ...rightful, "content-type": "multipart/form-data; boundary=x" })],
    [415, (rightful) => ({ ...rightful, "content-type": "text/plain" })],
  ];
  for (const route of routes) {
    const others = [...strangers, [401, () => (route.rightful === agent ? { authorization: `Bearer ${ADMIN}` } : agent)]];
    for (const [status, headers] of others) {
      // A page cannot send this method without being asked first, and its asking is refused by its origin.
      if (status === 415 && route.method === "DELETE") continue;
      const answer = await ask(route, headers(route.rightful));
      assert.equal(answer.status, status, `${route.method} ${route.path} ${JSON.stringify(headers(route.rightful))}`);
    }
    for (const method of ["GET", "PUT", "PATCH", "OPTIONS"]) {
      const { status } = await gateway.call(method, route.path, { headers: route.rightful });
      assert.ok([200, 404, 415].includes(status), `${method} ${route.path} ${status}`);
    }
  }
  assert.equal(await state(), before);
});

test("the rightful do, so that the test above shows something", async (t) => {
  const { routes, ask, state } = await running(t);
  for (const route of routes.slice(0, -1)) {
    const before = await state();
    assert.ok((await ask(route, route.rightful)).status < 300, route.path);
    assert.notEqual(await state(), before, route.path);
  }
});
