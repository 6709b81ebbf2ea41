// What only a socket shows: the bytes that leave, and the answers that no well-behaved server gives.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { GatewayError, IntervenClient, RedirectError } from "../../../dist/index.js";

const LOCAL = { allowPrivate: ["127.0.0.1"] };

/** A server of bare sockets on a free loopback port; `serve` gets each one with its first bytes as text. */
async function sockets(t, serve) {
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("data", (data) => serve(socket, data.toString("latin1")));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

test("the host header that leaves is the URL's, and there is one", async (t) => {
  let seen;
  const base = await sockets(t, (socket, text) => {
    seen = text;
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
  });
  const { host } = new URL(base);
  await new IntervenClient(LOCAL).fetch(base, { headers: { Host: host } });
  assert.deepEqual(seen.match(/^host:.*$/gim), [`host: ${host}`]);
});

test("an endless answer of a gateway is cut off, and its connection closed", { timeout: 120_000 }, async (t) => {
  const chunk = Buffer.alloc(1_048_576, " ");
  let sent = 0;
  let closed;
  const ended = new Promise((resolve) => (closed = resolve));
  const gatewayUrl = await sockets(t, (socket) => {
    socket.once("close", closed);
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
    const more = () => {
      while (!socket.destroyed) {
        sent += chunk.length;
        if (!socket.write(chunk)) return socket.once("drain", more);
      }
    };
    more();
  });
  const client = new IntervenClient({ ...LOCAL, gatewayUrl, maxRetries: 0, timeoutMs: 90_000 });
  await assert.rejects(client.fetch("http://127.0.0.1:1/"), GatewayError);
  await ended;
  // Eight MiB are read; the rest is what sockets hold.
  assert.ok(sent < 64 * chunk.length, `${sent} bytes were taken`);
});

test("a redirect to what is no URL, or that holds credentials, is an error of this package", async (t) => {
  const word = "unlikely-word";
  for (const location of [
    `http://${word}@127.0.0.1:1/`,
    `http://a:${word}@127.0.0.1:1/`,
    "http://",
    `http://[${word}`,
    "\xff\xfe://",
  ]) {
    const head = `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`;
    const base = await sockets(t, (socket) => socket.end(Buffer.from(head, "latin1")));
    const error = await new IntervenClient({ ...LOCAL, maxRedirects: 1 }).fetch(base).catch((thrown) => thrown);
    assert.ok(error instanceof RedirectError, `${location}: ${error}`);
    assert.ok(!`${error.stack}${error.cause}`.includes(word), error.stack);
  }
});

test("a redirect whose body never ends is followed all the same", { timeout: 60_000 }, async (t) => {
  const base = await sockets(t, (socket, text) => {
    if (text.startsWith("GET /end")) return socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    socket.write("HTTP/1.1 302 Found\r\nlocation: /end\r\ntransfer-encoding: chunked\r\n\r\n1\r\n.\r\n");
  });
  assert.equal(await (await new IntervenClient(LOCAL).fetch(base)).text(), "ok");
});
