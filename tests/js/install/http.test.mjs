// node:http under an installed client: what leaves is what was scanned, however the request was made.

import assert from "node:assert/strict";
import http, { get as namedGet, request as namedRequest } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { awsKey, countingGateway, ended, installed, listening, refusal } from "./servers.mjs";

// Taken before any client is installed, as packages do.
const { request: takenRequest } = createRequire(import.meta.url)("node:http");
const SSN = ["ssn=536", "22", "8145"].join("-");

test("every way to make a request is guarded", async (t) => {
  const { base, port, seen, connections } = await listening(t);
  installed(t);
  const host = "127.0.0.1";
  const post = { method: "POST" };
  const ways = {
    "a URL and options": () => http.request(new URL(`${base}/a`), post),
    "a text and options": () => http.request(`${base}/a`, post),
    options: () => http.request({ ...post, host, port, path: "/a" }),
    "options with hostname": () => http.request({ ...post, hostname: host, port, path: "/a" }),
    "a URL for options": () => http.request(Object.assign(new URL(`${base}/a`), post)),
    "the named import": () => namedRequest(`${base}/a`, post),
    "a function taken before": () => takenRequest(`${base}/a`, post),
    "the class": () => new http.ClientRequest(`${base}/a`, post),
    "no agent": () => http.request(`${base}/a`, { ...post, agent: false }),
    "an agent of one's own": () => http.request(`${base}/a`, { ...post, agent: new http.Agent({ keepAlive: true }) }),
    "an agent of a class of one's own": () =>
      http.request(`${base}/a`, {
        ...post,
        agent: new (class extends http.Agent {
          createConnection(options, done) {
            return super.createConnection(options, done);
          }
        })(),
      }),
    "an agent that is none": () =>
      http.request(`${base}/a`, {
        ...post,
        agent: { addRequest: (request) => void setTimeout(() => request.onSocket(connect(port, host)), 5) },
      }),
    "a connection of one's own": () =>
      http.request({ ...post, host, port, path: "/a", createConnection: () => connect(port, host) }),
    "headers as a list": () => http.request(`${base}/a`, { ...post, headers: ["X-Name", "value", "Host", `${host}:${port}`] }),
  };
  for (const [way, make] of Object.entries(ways)) {
    seen.length = 0;
    assert.equal(await ended(make(), (request) => request.end("hello")), 200, way);
    assert.deepEqual([seen.length, seen[0].method, seen[0].url, seen[0].body], [1, "POST", "/a", "hello"], way);
    const before = connections.count;
    const error = await refusal(ended(make(), (request) => request.end(awsKey())));
    assert.deepEqual([error.code, seen.length], ["ERR_INTERVEN_BLOCKED", 1], way);
    if (!/none|connection/.test(way)) assert.equal(connections.count, before, `${way}: connected before the verdict`);
    await ended(make(), (request) => request.end(SSN));
    assert.equal(decodeURIComponent(seen[1].body), "ssn=[US_SSN:1]", way);
  }
});

test("get is guarded, and so are URL and headers", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const key = awsKey();
  for (const get of [http.get, namedGet]) {
    await refusal(ended(get(`${base}/?k=${key}`), () => {}));
    await refusal(ended(get(`${base}/`, { headers: { "x-note": key } }), () => {}));
    await refusal(ended(get(`${base}/`, { headers: { "x-note": ["a", key] } }), () => {}));
    await refusal(ended(get(`${base}/`, { headers: ["X-Note", key] }), () => {}));
  }
  assert.equal(seen.length, 0);
  await ended(http.get(`${base}/?${SSN}`, { headers: { "X-Many": ["a", "b"], "X-Case": "Kept" } }), () => {});
  assert.equal(decodeURIComponent(seen[0].url), "/?ssn=[US_SSN:1]");
  assert.equal(seen[0].headers["x-many"], "a, b");
  assert.ok(seen[0].rawHeaders.includes("X-Case"));
  assert.equal(seen[0].headers["content-length"], undefined);
});

test("headers that are set or taken away before the end count", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const made = () => http.request(base, { method: "POST", headers: { "x-a": "1", "x-b": "2" } });
  await ended(made(), (request) => {
    request.setHeader("X-Later", "3");
    request.removeHeader("x-a");
    request.flushHeaders();
    request.setHeader("x-b", "4");
    request.end("hello");
  });
  const { headers } = seen[0];
  assert.deepEqual([headers["x-a"], headers["x-b"], headers["x-later"], headers["content-length"]], [undefined, "4", "3", "5"]);
  await refusal(
    ended(made(), (request) => {
      request.setHeader("x-later", awsKey());
      request.end("hello");
    }),
  );
  await refusal(
    ended(made(), (request) => {
      request.setHeader("upgrade", "test");
      request.end();
    }),
  );
  assert.equal(seen.length, 1);
});

test("the length that was said gives way to the one that is sent", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  for (const length of [SSN.length, 3, 1_000])
    await ended(http.request(base, { method: "POST", headers: { "Content-Length": length } }), (request) => request.end(SSN));
  assert.equal(seen.length, 3);
  for (const { headers, body } of seen) assert.equal(headers["content-length"], String(body.length));
});

test("an agent that turns elsewhere after the scan is not followed", async (t) => {
  const [{ base, seen }, { port: other, seen: reached }] = [await listening(t), await listening(t)];
  const { gatewayUrl } = await countingGateway(t);
  installed(t, { gatewayUrl });
  const agent = new http.Agent();
  const error = await refusal(
    ended(http.request(base, { method: "POST", agent }), (request) => {
      request.end("hello");
      agent.options.port = other;
    }),
  );
  assert.match(error.message, /elsewhere/);
  assert.deepEqual([seen.length, reached.length], [0, 0]);
});

test("a body in pieces is decided as a whole, before anything of it leaves", async (t) => {
  const { base, seen, connections } = await listening(t);
  installed(t);
  const key = awsKey();
  const pieces = ["a", Buffer.from("b"), new Uint8Array([99])];
  await ended(http.request(base, { method: "POST" }), (request) => {
    const said = [];
    for (const piece of pieces) request.write(piece, () => said.push(piece));
    request.write("ZA==", "base64");
    request.flushHeaders();
    request.end("e", () => said.push("end"));
  });
  assert.equal(seen[0].body, "abcde");
  assert.equal(connections.count, 1);
  await refusal(
    ended(http.request(base, { method: "POST" }), (request) => {
      request.write(key.slice(0, 9));
      setTimeout(() => request.end(key.slice(9)), 20);
    }),
  );
  assert.equal(connections.count, 1);
  const piped = http.request(base, { method: "PUT", headers: { "transfer-encoding": "chunked" } });
  const status = ended(piped, () => {});
  await pipeline(Readable.from(["x", "y", "z"]), piped);
  assert.equal(await status, 200);
  assert.deepEqual([seen[1].body, seen[1].headers["transfer-encoding"]], ["xyz", "chunked"]);
});

test("a body that is too large is refused while it is written", async (t) => {
  const { base, seen } = await listening(t);
  installed(t, { maxBodyBytes: 1_000 });
  const error = await refusal(ended(http.request(base, { method: "POST" }), (request) => request.write("x".repeat(1_001))));
  assert.equal(error.code, "ERR_INTERVEN_PAYLOAD_TOO_LARGE");
  assert.equal(seen.length, 0);
});

test("what is changed after the call is not what is sent", async (t) => {
  const { base, seen } = await listening(t);
  installed(t);
  const bytes = Buffer.from("harmless");
  await ended(http.request(`${base}/a`, { method: "POST", headers: { "x-a": "1" } }), (request) => {
    request.end(bytes);
    bytes.write("HARMFUL!");
    request.setHeader("x-a", awsKey());
    request.setHeader("x-b", awsKey());
    request.path = `/${awsKey()}`;
    request.method = "DELETE";
  });
  const [{ method, url, headers, body }] = seen;
  assert.deepEqual([method, url, headers["x-a"], headers["x-b"], body], ["POST", "/a", "1", undefined, "harmless"]);
});

test("what goes past the hold is refused", async (t) => {
  const { base, port, seen } = await listening(t);
  installed(t);
  const { write, end } = http.OutgoingMessage.prototype;
  await refusal(
    ended(http.request(base, { method: "POST" }), (request) => {
      write.call(request, awsKey());
      request.end();
    }),
  );
  await refusal(
    ended(http.request({ method: "POST", host: "127.0.0.1", port, createConnection: () => connect(port) }), (request) => {
      end.call(request, awsKey());
      request.end();
    }),
  );
  assert.equal(seen.length, 0);
});

test("where a request says it goes is where it goes", async (t) => {
  const { base, port, seen } = await listening(t);
  installed(t);
  const own = new http.Agent({ host: "127.0.0.1", port });
  // The agent's options win, so it is this server's address that is scanned, and the header is not of it.
  await refusal(ended(http.get({ host: "api.github.com", path: "/", agent: own }), () => {}));
  const strange = [
    { path: "http://127.0.0.1/a" },
    { path: "*" },
    { path: "//127.0.0.1:1/a", host: "127.0.0.1/x" },
    { headers: { host: "api.github.com" } },
    { headers: { host: "api.github.com" }, createConnection: () => connect(port) },
    { host: "user@127.0.0.1" },
    { host: "127.0.0.1#" },
    { method: "POST", headers: { "transfer-encoding": "gzip" } },
  ];
  for (const options of strange) {
    const error = await refusal(ended(http.request({ host: "127.0.0.1", port, ...options })));
    assert.equal(error.code, "ERR_INTERVEN_INVALID_REQUEST", JSON.stringify(options));
  }
  assert.equal(seen.length, 0);
  await ended(http.get(`${base}/a/../b`), () => {});
  await ended(http.get({ host: "127.0.0.1", port, path: "//other/a" }), () => {});
  assert.deepEqual(
    seen.map(({ url }) => url),
    ["/b", "//other/a"],
  );
});

test("a socket of the file system is loopback", async (t) => {
  const socketPath = join(tmpdir(), `interven-${process.pid}.sock`);
  const { seen } = await listening(t, { path: socketPath });
  installed(t, { allowPrivate: [] });
  const error = await refusal(ended(http.get({ host: "api.github.com", socketPath, path: "/" }), () => {}));
  assert.ok(error.reasonCodes.includes("PRIVATE_DESTINATION"), error.message);
  installed(t, { allowPrivate: ["localhost"] });
  await refusal(ended(http.get({ socketPath, path: "/" }), () => {}));
  assert.equal(seen.length, 0);
});

test("a socket of the file system can be allowed", async (t) => {
  const socketPath = join(tmpdir(), `interven-allowed-${process.pid}.sock`);
  const { seen } = await listening(t, { path: socketPath });
  installed(t);
  assert.equal(await ended(http.get({ socketPath, path: "/a" }), () => {}), 200);
  await refusal(ended(http.request({ socketPath, path: "/a", method: "POST" }), (request) => request.end(awsKey())));
  assert.equal(seen.length, 1);
});
