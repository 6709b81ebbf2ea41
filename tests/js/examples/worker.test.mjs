import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fakeAwsKey, fakeSsn, freePort, startUpstream } from "../gateway/running.mjs";
import { startWorker } from "./worker.mjs";

const SOURCE = readFileSync("examples/worker/src/index.js", "utf8");

/** The example, and an upstream that records what arrives. */
async function example(t, answer) {
  const upstream = await startUpstream(t, answer);
  const bindings = { UPSTREAM: "https://notes.example.com" };
  const worker = await startWorker(t, SOURCE, { upstream: upstream.url, bindings });
  const post = (body, path = "/notes") => worker.dispatchFetch(`http://worker${path}`, { method: "POST", body });
  return { upstream, worker, post };
}

test("the Worker example", { timeout: 120_000 }, async (t) => {
  const key = fakeAwsKey();
  const { upstream, worker, post } = await example(t, (incoming, response) => {
    if (incoming.url === "/moved") return response.writeHead(307, { location: "/notes" }).end();
    if (incoming.url === "/leak") return response.writeHead(302, { location: `/collect?k=${key}` }).end();
    return response.end("upstream says hello");
  });
  const received = () => upstream.received.splice(0);

  await t.test("passes an ordinary call on", async () => {
    const response = await post("an ordinary note");
    assert.deepEqual([response.status, await response.text()], [200, "upstream says hello"]);
    assert.deepEqual(
      received().map(({ method, url, body }) => [method, url, body]),
      [["POST", "/notes", "an ordinary note"]],
    );
  });

  await t.test("refuses a secret, and the upstream sees nothing", async () => {
    const response = await post(`deploy with ${key}`);
    assert.equal(response.status, 403);
    const text = await response.text();
    const { error } = JSON.parse(text);
    assert.deepEqual([error.code, error.decision, error.reason_codes], ["ERR_INTERVEN_BLOCKED", "DENY", ["SECRET_DETECTED"]]);
    assert.match(error.message, /not sent/);
    assert.ok(!text.includes(key));
    assert.deepEqual(received(), []);
  });

  await t.test("redacts personal data", async () => {
    assert.equal((await post(`ssn ${fakeSsn()}`)).status, 200);
    assert.deepEqual(
      received().map(({ body }) => body),
      ["ssn [US_SSN:1]"],
    );
  });

  await t.test("applies its own policy", async () => {
    const address = ["jo.doe", "corp-mail.com"].join("@");
    await post(`ask ${address}`);
    await post(`ask ${address}`, "/contacts");
    assert.deepEqual(
      received().map(({ body }) => body),
      ["ask [EMAIL:1]", `ask ${address}`],
    );
  });

  await t.test("follows a redirect that is clean, and none that is not", async () => {
    assert.equal((await post("a note that moves", "/moved")).status, 200);
    assert.deepEqual(
      received().map(({ url, body }) => [url, body]),
      [
        ["/moved", "a note that moves"],
        ["/notes", "a note that moves"],
      ],
    );
    const response = await post("harmless", "/leak");
    assert.deepEqual([response.status, (await response.json()).error.code], [403, "ERR_INTERVEN_BLOCKED"]);
    assert.deepEqual(
      received().map(({ url }) => url),
      ["/leak"],
    );
  });

  await t.test("says what it takes", async () => {
    assert.equal((await worker.dispatchFetch("http://worker/notes")).status, 405);
  });
});

test("the Worker example says when its upstream is away", { timeout: 120_000 }, async (t) => {
  const worker = await startWorker(t, SOURCE, { bindings: { UPSTREAM: `http://127.0.0.1:${await freePort()}` } });
  const response = await worker.dispatchFetch("http://worker/notes", { method: "POST", body: "hello" });
  assert.deepEqual([response.status, (await response.json()).error.code], [502, "UPSTREAM_FAILED"]);
});
