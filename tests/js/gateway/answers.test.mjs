import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { startRunning, startUpstream } from "./running.mjs";

/** An upstream that writes bytes as they are: first `first`, and a moment later `later`. */
async function rawUpstream(t, first, later) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => {
      socket.write(first);
      if (later !== undefined) setTimeout(() => socket.write(later), 20);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${server.address().port}`;
}

/** What ends a process unless a test listens for it. */
function uncaught(t) {
  const errors = [];
  const note = (error) => errors.push(error);
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, note);
    t.after(() => process.off(event, note));
  }
  return errors;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const BODILESS = {
  "204 with a body": ["HTTP/1.1 204 No Content\r\ncontent-length: 9\r\n\r\nab", "cdefghi"],
  "205 with a body": ["HTTP/1.1 205 Reset Content\r\ncontent-length: 9\r\n\r\nab", "cdefghi"],
  "205 in chunks": ["HTTP/1.1 205 Reset Content\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n", "3\r\ncde\r\n0\r\n\r\n"],
  "205 with more than it says": ["HTTP/1.1 205 Reset Content\r\ncontent-length: 2\r\n\r\nab", "HTTP/1.1 200 OK\r\n\r\nmore"],
  "205 that never ends": ["HTTP/1.1 205 Reset Content\r\n\r\nab", "c".repeat(200_000)],
  "304 with a body": ["HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\nab", "cdefghi"],
};

test("a body where there may be none is dropped, and the gateway goes on", async (t) => {
  const errors = uncaught(t);
  for (const [name, [first, later]] of Object.entries(BODILESS)) {
    const host = await rawUpstream(t, first, later);
    const gateway = await startRunning(t, { allowPrivate: [host] });
    for (const method of ["GET", "POST", "HEAD"]) {
      const answer = await gateway.proxy(`http://${host}/`, { method });
      assert.equal(answer.status, Number(name.slice(0, 3)), name);
      assert.equal(answer.text, "", name);
      await pause(40);
    }
    assert.equal((await gateway.call("GET", "/health")).status, 200, name);
  }
  assert.deepEqual(errors, []);
});

test("an answer without a form to pass it on is a 502 that does not say that nothing happened", async (t) => {
  const errors = uncaught(t);
  for (const status of [600, 777, 999]) {
    const host = await rawUpstream(t, `HTTP/1.1 ${status} Odd\r\ncontent-length: 9\r\n\r\nab`, "cdefghi");
    const gateway = await startRunning(t, { allowPrivate: [host] });
    const answer = await gateway.proxy(`http://${host}/`);
    assert.equal(answer.status, 502);
    assert.equal(answer.json.error.code, "UPSTREAM_FAILED");
    assert.match(answer.json.error.message, /is unknown/);
    assert.ok(!/nothing was sent/i.test(answer.text));
    assert.equal(answer.headers["x-interven-decision"], "ALLOW");
    await pause(40);
  }
  assert.deepEqual(errors, []);
});

test("an agent that leaves in the middle of an answer does not take the gateway with it", async (t) => {
  const errors = uncaught(t);
  const host = await rawUpstream(t, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n", "3\r\ncde\r\n");
  const gateway = await startRunning(t, { allowPrivate: [host] });
  for (let i = 0; i < 5; i++) {
    const leaving = new AbortController();
    const response = await fetch(`${gateway.base}/proxy/http://${host}/`, { signal: leaving.signal });
    await response.body.getReader().read();
    leaving.abort();
  }
  await pause(60);
  assert.equal((await gateway.call("GET", "/health")).status, 200);
  assert.deepEqual(errors, []);
});

test("header values that no server may write are refused or passed on, and nothing breaks", async (t) => {
  const errors = uncaught(t);
  for (const value of ["a\u0001b", "caf\u00e9", "\u20ac", "\u007f", ""]) {
    const host = await rawUpstream(t, `HTTP/1.1 200 OK\r\nx-odd: ${value}\r\ncontent-length: 2\r\n\r\nok`);
    const gateway = await startRunning(t, { allowPrivate: [host] });
    assert.ok([200, 502].includes((await gateway.proxy(`http://${host}/`)).status), JSON.stringify(value));
    assert.equal((await gateway.call("GET", "/health")).status, 200);
  }
  assert.deepEqual(errors, []);
});

test("an upstream cannot say in the server's place that the answer was sent", async (t) => {
  for (const answer of ["204 No Content\r\n", "200 OK\r\ncontent-length: 2\r\n"]) {
    const body = answer.startsWith("200") ? "ok" : "";
    const host = await rawUpstream(t, `HTTP/1.1 ${answer}x-hono-already-sent: true\r\n\r\n${body}`);
    const gateway = await startRunning(t, { allowPrivate: [host] });
    const given = await gateway.proxy(`http://${host}/`);
    assert.deepEqual([given.status, given.text], [Number(answer.slice(0, 3)), body]);
    assert.equal(given.headers["x-hono-already-sent"], undefined);
  }
});

test("the head of an answer does not wait for its body", async (t) => {
  const bodies = [];
  const upstream = await startUpstream(t, (incoming, response) => {
    incoming.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    bodies.push(response);
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const response = await fetch(`${gateway.base}/proxy/${upstream.url}/events`);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  bodies[0].write("data: 1\n\n");
  const reader = response.body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "data: 1\n\n");
  bodies[0].end("data: 2\n\n");
  assert.equal(new TextDecoder().decode((await reader.read()).value), "data: 2\n\n");
  assert.equal((await reader.read()).done, true);
});

test("an agent that reads slowly holds its upstream back, and gets all of it in the end", async (t) => {
  const [chunk, most] = [Buffer.alloc(256 * 1024, "z"), 400];
  let written = 0;
  const upstream = await startUpstream(t, (incoming, response) => {
    incoming.resume();
    const write = () => {
      while (written < most) {
        written += 1;
        if (!response.write(chunk)) return response.once("drain", write);
      }
      return response.end();
    };
    write();
  });
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const response = await fetch(`${gateway.base}/proxy/${upstream.url}/`);
  for (let before = -1; before !== written; await pause(100)) before = written;
  assert.ok(written < most / 2, `${written} of ${most} chunks were taken from the upstream`);
  let bytes = 0;
  for await (const piece of response.body) bytes += piece.length;
  assert.equal(bytes, most * chunk.length);
});

test("an upstream hears that nobody wants its answer any more", async (t) => {
  let [closed, opened] = [0, 0];
  const upstream = await startUpstream(t, (incoming, response) => {
    opened += 1;
    incoming.socket.once("close", () => {
      closed += 1;
    });
    incoming.resume();
    response.write("the beginning of an answer without an end");
  });
  // Another answer comes of it: whoever is told of requests has thrown.
  const onRequest = () => {
    throw new Error("the log is full");
  };
  const gateway = await startRunning(t, { allowPrivate: [upstream.host], onRequest });
  assert.equal((await gateway.proxy(`${upstream.url}/`)).status, 500);
  const other = await startRunning(t, { allowPrivate: [upstream.host] });
  const leaving = new AbortController();
  const response = await fetch(`${other.base}/proxy/${upstream.url}/`, { signal: leaving.signal });
  await response.body.getReader().read();
  leaving.abort();
  while (closed < 2) await pause(10);
  assert.deepEqual([opened, closed], [2, 2]);
});
