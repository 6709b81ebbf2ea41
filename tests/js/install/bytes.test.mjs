// What is scanned is what arrives: random requests on every patched path, compared with what the server got.

import assert from "node:assert/strict";
import { createHash, randomBytes, randomInt } from "node:crypto";
import http, { createServer } from "node:http";
import { test } from "node:test";
import * as undici from "undici";
import { installed } from "./servers.mjs";

const COUNT = 300;
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const METHODS = ["POST", "PUT", "PATCH", "DELETE"];

/** A request without anything that would be found: words of consonants, of which none makes `psk`, `pwd`, `jwt` or `tkn`. */
function random() {
  const letters = (size) => Array.from(randomBytes(size), (byte) => "bcdfghjklmnqrsvwxz"[byte % 18]).join("");
  const words = (count) => Array.from({ length: count }, () => letters(randomInt(1, 7))).join(randomInt(2) === 0 ? " " : "\r\n");
  const body = Buffer.from(`${words(randomInt(0, 300))}\u{1f600}\u00e9`.slice(0, randomInt(2) === 0 ? undefined : -1));
  return {
    method: METHODS[randomInt(METHODS.length)],
    path: `/${letters(randomInt(1, 9))}?${letters(3)}=${letters(randomInt(0, 9))}`,
    headers: Object.fromEntries(Array.from({ length: randomInt(0, 5) }, () => [`X-${letters(4)}`, letters(randomInt(1, 20))])),
    body,
  };
}

function pieces(body) {
  const cuts = [0, body.length, ...Array.from({ length: randomInt(0, 5) }, () => randomInt(0, body.length + 1))].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((cut, at) => body.subarray(cuts[at], cut));
}

const SENDING = {
  "node:http": (base, { path, body, ...options }) =>
    new Promise((resolve, reject) => {
      const request = http.request(base + path, options, (response) => response.resume().on("end", resolve));
      request.on("error", reject);
      for (const piece of pieces(body)) request.write(piece);
      request.end();
    }),
  fetch: async (base, { path, ...init }) => (await fetch(base + path, init)).text(),
  "undici.request": async (base, { path, body, ...init }) =>
    (await undici.request(base + path, { ...init, body: pieces(body).values() })).body.text(),
};

for (const [way, send] of Object.entries(SENDING)) {
  test(`${COUNT} random requests arrive as they were scanned: ${way}`, async (t) => {
    const got = [];
    const server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      got.push({ method: request.method, url: request.url, headers: request.headers, digest: digest(Buffer.concat(chunks)) });
      response.end();
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close() && server.closeAllConnections());
    const base = `http://127.0.0.1:${server.address().port}`;
    installed(t);
    for (let at = 0; at < COUNT; at++) {
      const request = random();
      await send(base, request);
      const arrived = got.pop();
      assert.deepEqual([arrived.method, arrived.url, arrived.digest], [request.method, request.path, digest(request.body)]);
      for (const [name, value] of Object.entries(request.headers)) assert.equal(arrived.headers[name.toLowerCase()], value);
      assert.equal(got.length, 0);
    }
  });
}
