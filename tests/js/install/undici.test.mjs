// undici under an installed client: the copy inside Node.js, which its fetch sends with, and the one of npm.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import * as undici from "undici";
import { awsKey, done, GLOBAL, installed, listening, refusal } from "./servers.mjs";

const SSN = ["ssn=536", "22", "8145"].join("-");
const takenFetch = globalThis.fetch;
const made = { agent: undefined };

/** Every way to send a body to an origin. */
function ways(t, base) {
  const closing = (dispatcher) => {
    t.after(() => dispatcher.destroy());
    return dispatcher;
  };
  const post = (body) => ({ method: "POST", body });
  const pool = closing(new undici.Pool(base));
  const client = closing(new undici.Client(base));
  const agent = closing(new undici.Agent({ connections: 1 }));
  const retrying = closing(new undici.RetryAgent(closing(new undici.Agent()), { maxRetries: 0 }));
  const composed = closing(new undici.Agent()).compose((dispatch) => (options, handler) => dispatch({ ...options }, handler));
  return {
    "global fetch": (body) => fetch(`${base}/a`, post(body)),
    "a fetch taken before": (body) => takenFetch(`${base}/a`, post(body)),
    "a fetch taken before, with a dispatcher": (body) => takenFetch(`${base}/a`, { ...post(body), dispatcher: agent }),
    "undici.fetch": (body) => undici.fetch(`${base}/a`, post(body)),
    "undici.request": (body) => undici.request(`${base}/a`, post(body)),
    "undici.request with an agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: agent }),
    "a pool": (body) => pool.request({ path: "/a", ...post(body) }),
    "a client": (body) => client.request({ path: "/a", ...post(body) }),
    "a retrying agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: retrying }),
    "a composed agent": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: composed }),
    "a dispatcher of the class of the global one": (body) =>
      undici.request(`${base}/a`, { ...post(body), dispatcher: closing(new globalThis[GLOBAL].constructor()) }),
    "an agent made before": (body) => undici.request(`${base}/a`, { ...post(body), dispatcher: made.agent }),
  };
}

test("every way to send through undici is guarded", async (t) => {
  const { base, seen, connections } = await listening(t);
  made.agent = new undici.Agent();
  t.after(() => made.agent.destroy());
  installed(t);
  for (const [way, send] of Object.entries(ways(t, base))) {
    seen.length = 0;
    assert.equal(await done(send("hello")), 200, way);
    assert.deepEqual([seen.length, seen[0].method, seen[0].url, seen[0].body], [1, "POST", "/a", "hello"], way);
    const before = connections.count;
    const error = await refusal(send(awsKey()));
    assert.deepEqual([error.code, seen.length, connections.count], ["ERR_INTERVEN_BLOCKED", 1, before], way);
    await done(send(SSN));
    assert.equal(decodeURIComponent(seen[1].body), "ssn=[US_SSN:1]", way);
  }
});

test("bodies of every kind are read before anything leaves", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { maxBodyBytes: 10_000 });
  const form = (kind, text) => {
    const made = new kind();
    made.set("field", text);
    return made;
  };
  const bytes = (text) => new TextEncoder().encode(text);
  const kinds = {
    text: (text) => text,
    bytes,
    buffer: (text) => bytes(text).buffer,
    blob: (text) => new Blob([text], { type: "text/x-test" }),
    "form of the runtime": (text) => form(FormData, text),
    "form of undici": (text) => form(undici.FormData, text),
    iterator: (text) => [text.slice(0, 4), bytes(text.slice(4))].values(),
    stream: (text) => new Blob([text]).stream(),
    generator: async function* (text) {
      yield text.slice(0, 4);
      yield Buffer.from(text.slice(4));
    },
  };
  for (const [kind, make] of Object.entries(kinds)) {
    seen.length = 0;
    await done(undici.request(base, { method: "POST", body: make("hello there") }));
    assert.ok(seen[0].body.includes("hello there"), `${kind}: ${seen[0].body}`);
    if (kind === "blob") assert.equal(seen[0].headers["content-type"], "text/x-test");
    if (kind.startsWith("form")) assert.match(seen[0].headers["content-type"], /^multipart\/form-data; boundary=/);
    await refusal(undici.request(base, { method: "POST", body: make(awsKey()) }));
    const error = await refusal(undici.request(base, { method: "POST", body: make("x".repeat(10_001)) }));
    assert.equal(error.code, "ERR_INTERVEN_PAYLOAD_TOO_LARGE", kind);
    assert.equal(seen.length, 1, kind);
  }
});

test("query, headers and path are scanned, in each of their forms", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const key = awsKey();
  const calls = [
    () => undici.request(`${base}/?k=${key}`),
    () => undici.request(base, { query: { k: key } }),
    () => undici.request(base, { query: { k: ["a", key] } }),
    () => undici.request(base, { headers: { "x-note": key } }),
    () => undici.request(base, { headers: { "x-note": ["a", key] } }),
    () => undici.request(base, { headers: ["x-note", key] }),
    () => undici.request(base, { headers: [["x-note", key]] }),
    () => undici.request(base, { headers: new Map([["x-note", key]]) }),
    () => undici.stream(base, { method: "POST", body: key, opaque: {} }, () => assert.fail("answered")),
  ];
  for (const call of calls) await refusal(call());
  for (const options of [{ headers: { host: "api.github.com" } }, { origin: "https://api.github.com", path: "x" }])
    assert.equal(
      (await refusal(new undici.Pool(base).request({ path: "/", method: "GET", ...options }))).code,
      "ERR_INTERVEN_INVALID_REQUEST",
    );
  assert.equal(seen.length, 0);
  await done(undici.request(`${base}/p`, { query: { a: "b c", d: ["1", "2"] }, headers: { "X-Many": ["a", "b"] } }));
  assert.deepEqual([seen[0].url, seen[0].headers["x-many"]], ["/p?a=b%20c&d=1&d=2", "a, b"]);
});

test("a pool goes where it goes, whatever the call says", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { allowPrivate: [] });
  const pool = new undici.Pool(base);
  t.after(() => pool.destroy());
  const error = await refusal(pool.request({ origin: "https://api.github.com", path: "/", method: "GET" }));
  assert.ok(error.reasonCodes.includes("PRIVATE_DESTINATION"), error.message);
  assert.equal(seen.length, 0);
});

test("an endless body is refused", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { maxBodyBytes: 10_000 });
  let given = 0;
  const endless = async function* () {
    for (;;) {
      given += 1_000;
      await new Promise(setImmediate);
      if (given > 100_000) throw new Error("nobody has stopped reading");
      yield "x".repeat(1_000);
    }
  };
  const error = await refusal(undici.request(base, { method: "POST", body: endless() }));
  assert.equal(error.code, "ERR_INTERVEN_PAYLOAD_TOO_LARGE");
  assert.ok(given <= 11_000);
  assert.equal(seen.length, 0);
});

test("what is changed after the call is not what is sent", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const bytes = Buffer.from("harmless");
  const options = { origin: base, path: "/a", method: "POST", headers: { "x-a": "1" }, body: bytes };
  const status = new Promise((resolve, reject) => {
    const handler = { onConnect() {}, onError: reject, onHeaders: resolve, onData: () => true, onComplete() {} };
    globalThis[GLOBAL].dispatch(options, handler);
  });
  bytes.write("HARMFUL!");
  options.headers["x-a"] = awsKey();
  Object.assign(options, { path: "/b", method: "DELETE", body: awsKey(), upgrade: "test" });
  assert.equal(await status, 200);
  assert.deepEqual([seen[0].method, seen[0].url, seen[0].headers["x-a"], seen[0].body], ["POST", "/a", "1", "harmless"]);
});

test("an abort ends a call that is held", async (t) => {
  const { base, seen } = await listening(t);
  const silent = createServer(() => {});
  await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.after(() => silent.close() && silent.closeAllConnections());
  installed(t, { gatewayUrl: `http://127.0.0.1:${silent.address().port}` });
  for (const send of [
    (signal) => takenFetch(base, { signal }),
    (signal) => fetch(base, { signal }),
    (signal) => undici.request(base, { signal }),
    (signal) => undici.fetch(base, { signal }),
  ]) {
    const aborting = new AbortController();
    const sent = send(aborting.signal);
    setTimeout(() => aborting.abort(), 30);
    await assert.rejects(sent, { name: "AbortError" });
  }
  assert.equal(seen.length, 0);
});
