// Behind a proxy with TLS: links lead to where people are, and the name that they use is the gateway's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, HOLD_LOOPBACK, startRunning, startUpstream } from "../gateway/running.mjs";

test("a gateway with a public address: its links, its names, its console", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host],
    publicHosts: ["other.example"],
    publicUrl: "https://Gateway.example:8443/",
  });
  assert.equal(gateway.gateway.url, "https://gateway.example:8443/");
  const held = (await gateway.proxy(`${upstream.url}/x`, { body: "x" })).json;
  assert.equal(held.approval_url, `https://gateway.example:8443/#approval=${held.approval_id}`);
  const answers = (headers) => gateway.call("GET", "/health", { headers });
  const own = { host: "gateway.example:8443", origin: "https://gateway.example:8443", "sec-fetch-site": "same-origin" };
  assert.equal((await answers(own)).status, 200);
  assert.equal((await answers({ host: "other.example" })).status, 200, "the names beside it stay");
  assert.equal((await answers({ host: "gateway.example:8444" })).json.error.code, "HOST_NOT_ALLOWED");
  assert.equal((await answers({ ...own, origin: "https://gateway.example.evil.example" })).status, 403);
  const itself = await gateway.proxy("https://gateway.example:8443/v1/approvals", { method: "GET" });
  assert.equal(itself.json.error?.code ?? itself.json.reason_codes, "SELF_PROXY");
  const settings = (await gateway.call("GET", "/v1/settings", { headers: { authorization: `Bearer ${ADMIN}` } })).json;
  assert.equal(settings.public_url, "https://gateway.example:8443");
  assert.deepEqual(settings.public_hosts, ["other.example", "gateway.example:8443"]);
});

test("what is no origin is refused before anything is served", async (t) => {
  for (const publicUrl of [
    "",
    "gateway.example",
    "ftp://gateway.example",
    "https://gateway.example/console",
    "https://a@b.example",
  ])
    await assert.rejects(startRunning(t, { publicUrl }), /publicUrl must be an address/, publicUrl);
});
