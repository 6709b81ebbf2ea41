// What a client sends itself is scanned once, its questions to the gateway not at all, and nobody else profits from it.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import * as undici from "undici";
import { IntervenClient } from "../../../dist/index.js";
import { awsKey, countingGateway, ended, installed, LOCAL, listening, refusal } from "./servers.mjs";

/** A `fetch` over node:http, as packages have them. */
function overHttp(url, { method, headers, body, signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: Object.fromEntries(new Headers(headers)), signal });
    request.on("error", reject);
    request.on("response", async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(
        new Response(Buffer.concat(chunks), { status: response.statusCode, headers: { "content-type": "application/json" } }),
      );
    });
    request.end(body ?? undefined);
  });
}

const post = (body) => ({ method: "POST", body });

test("every call is scanned once, and the questions to the gateway are not", async (t) => {
  const { base, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  const { client } = installed(t, { gatewayUrl });
  const calls = {
    "client.fetch": () => client.fetch(base, post("hello")),
    fetch: () => fetch(base, post("hello")),
    "undici.fetch": () => undici.fetch(base, post("hello")),
    "undici.request": () => undici.request(base, post("hello")),
    "node:http": () => ended(http.request(base, { method: "POST" }), (request) => request.end("hello")),
    "a dispatcher of the call's own": () => client.fetch(base, { ...post("hello"), dispatcher: new undici.Agent() }),
    "client.scan": () => client.scan({ url: base, body: "hello" }),
  };
  for (const [way, call] of Object.entries(calls)) {
    [asked.length, seen.length] = [0, 0];
    await call();
    assert.deepEqual([asked.length, seen.length], [1, way === "client.scan" ? 0 : 1], way);
  }
});

test("a client that sends with somebody's fetch asks its gateway without asking it about that", async (t) => {
  const { base, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  for (const [way, send] of Object.entries({
    "over node:http": overHttp,
    "undici.fetch": undici.fetch,
    "undici.fetch, without what it was given": (url, { dispatcher: _, ...init }) => undici.fetch(url, init),
    "the global one, when it is called": (url, init) => globalThis.fetch(url, init),
  })) {
    const { client, installation } = installed(t, { gatewayUrl, fetch: send });
    [asked.length, seen.length] = [0, 0];
    assert.equal((await client.fetch(base, post("hello"))).status, 200, way);
    assert.deepEqual([asked.length, seen.length], [1, 1], way);
    asked.length = 0;
    await fetch(base, post("hello"));
    assert.deepEqual([asked.length, seen.length], [1, 2], way);
    await refusal(client.fetch(base, post(awsKey())));
    assert.equal(seen.length, 2, way);
    installation.uninstall();
  }
});

test("a fetch that adds to what it was given is scanned again, and its questions to the gateway are not", async (t) => {
  const { base, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  const fetch = (url, init) =>
    overHttp(url, { ...init, headers: [...new Headers(init.headers), ["user-agent", "a package/1.0"]] });
  const { client } = installed(t, { gatewayUrl, fetch });
  assert.equal((await client.fetch(base, post("hello"))).status, 200);
  assert.deepEqual([asked.length, seen.length], [2, 1]);
});

test("a client that is made while another is installed sends as if it were not", async (t) => {
  const { base, seen } = await listening(t);
  const { gatewayUrl, asked } = await countingGateway(t);
  installed(t, { gatewayUrl });
  const second = new IntervenClient(LOCAL);
  await second.fetch(base, post("hello"));
  assert.deepEqual([asked.length, seen.length], [0, 1]);
});

test("a fetch that changes what it was given is scanned again", async (t) => {
  const { base, seen } = await listening(t);
  const key = awsKey();
  const body = "x".repeat(key.length);
  const adding = (name) => (init) => ({ ...init, headers: [...new Headers(init.headers), [name, key]] });
  for (const [at, fetch] of [
    (url, init) => overHttp(url, { ...init, body: key }),
    (url, init) => overHttp(url, adding("user-agent")(init)),
    (url, init) => overHttp(url, adding("accept")(init)),
    (url, init) => overHttp(`${url}?k=${key}`, init),
    (url, init) => undici.fetch(url, { ...init, body: `${key} ` }),
    (url, init) => undici.fetch(url, adding("user-agent")(init)),
    (url, init) => globalThis.fetch(url, { ...init, body: key }),
    (url, init) => globalThis.fetch(`${url}?k=${key}`, init),
  ].entries()) {
    const { client, installation } = installed(t, { fetch });
    await refusal(client.fetch(base, post(body))).catch((error) => assert.fail(`${at}: ${error.message}`));
    installation.uninstall();
  }
  assert.equal(seen.length, 0);
});

test("the dispatcher that a fetch is given sends that call and no other", async (t) => {
  const { base, seen } = await listening(t);
  const key = awsKey();
  const taken = [];
  const fetch = (url, init) => {
    taken.push(init.dispatcher);
    return undici.fetch(url, init);
  };
  const { client } = installed(t, { fetch });
  await client.fetch(`${base}/a`, post("hello"));
  const [dispatcher] = taken;
  assert.equal(seen.length, 1);
  const headers = { "content-type": "text/plain;charset=UTF-8" };
  await refusal(undici.request(`${base}/b`, { ...post(key), headers, dispatcher }));
  await refusal(undici.request(`${base}/a?k=${key}`, { ...post("hello"), headers, dispatcher }));
  await refusal(undici.request(`${base}/a`, { ...post("hello"), headers: { ...headers, "x-note": key }, dispatcher }));
  await refusal(undici.request(`${base}/a`, { ...post("hello"), headers: { ...headers, "user-agent": key }, dispatcher }));
  assert.equal(seen.length, 1);
  // With another body it is the call's own that leaves.
  await undici.request(`${base}/a`, { ...post(key), headers, dispatcher });
  assert.deepEqual(
    seen.map(({ body }) => body),
    ["hello", "hello"],
  );
});
