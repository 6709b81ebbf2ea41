// A real gateway on a free loopback port, with a real store in a directory of its own, and real upstreams.

import { randomBytes } from "node:crypto";
import { createServer, request } from "node:http";
import { Engine } from "../../../dist/engine.js";
import { hashCredential, openGatewayMemory, openSqliteStore, startGateway } from "../../../dist/gateway/index.js";
import { temporaryDirectory } from "../support/temporary-directory.mjs";
import { checkAnswer } from "./described.mjs";

export { freePort } from "../support/free-port.mjs";
export { temporaryDirectory };

export const ADMIN = `admin-${"x".repeat(20)}`;

/** A made-up AWS access key id. Detectors take it for one. */
export function fakeAwsKey() {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return `AK${"IA"}${Array.from({ length: 16 }, () => alphabet[Math.floor(Math.random() * 32)]).join("")}`;
}

/** A made-up US social security number. */
export const fakeSsn = () => ["536", "22", "8145"].join("-");

/** A made-up credential that begins in this way. */
export const fakeToken = (beginning) => [beginning, randomBytes(20).toString("hex")].join("-");

/** Records every request that it gets; answers by `answer(request, response, body)`. */
export async function startUpstream(test, answer) {
  const received = [];
  const server = createServer((incoming, response) => {
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      received.push({
        method: incoming.method,
        url: incoming.url,
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        body: body.toString(),
      });
      if (answer) answer(incoming, response, body);
      else response.end("upstream says hello");
    });
  });
  // A connection that is closed at the moment when a call takes it fails the call: on a busy machine five seconds are short.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  return { port, received, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` };
}

const PATIENCE_MS = 90_000;

/** Waits until something is there, looking again after each pause; what does not come on a slow machine either is an error. */
export async function until(look, pauseMs = 25) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`it never came: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A clock that a test moves. */
export function manualClock(start = Date.UTC(2026, 0, 2, 3, 4, 5)) {
  const clock = { time: start, now: () => clock.time, advance: (ms) => (clock.time += ms) };
  return clock;
}

/** Holds every call to a loopback upstream for approval. */
export const HOLD_LOOPBACK = {
  name: "hold",
  rules: [{ rule_id: "loopback", match: { hosts: ["127.0.0.1"] }, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" }],
};

/** Starts a gateway; `options` go to `startGateway`, `policy` to the engine. */
export async function startRunning(test, { policy, dataDir, store, engine, ...options } = {}) {
  const opened = store ?? (await openSqliteStore(dataDir ?? temporaryDirectory(test)));
  const log = [];
  const memory = engine ? undefined : await openGatewayMemory(opened);
  const policyFiles = policy ? [{ source: "test.json", text: JSON.stringify(policy) }] : [];
  const engineWith = (applied) => {
    const all = [...policyFiles, ...applied];
    const written = { policy: all.map(({ text }) => text), policySource: all.map(({ source }) => source) };
    return new Engine({ allowPrivate: ["127.0.0.1", ...(options.allowPrivate ?? [])], memory, ...written });
  };
  const gateway = await startGateway({
    engine: engine ?? engineWith([]),
    ...(engine ? {} : { engineWith, policyFiles }),
    store: opened,
    ...(memory ? { memory } : {}),
    adminHash: await hashCredential(ADMIN),
    port: 0,
    rateLimit: 100_000,
    promptLimit: 1000,
    onRequest: (entry) => log.push(entry),
    ...options,
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await gateway.close(0);
    await opened.close();
  };
  test.after(close);
  const base = `http://127.0.0.1:${gateway.port}`;
  return { gateway, store: opened, base, port: gateway.port, log, close, ...clientOf(gateway.port) };
}

function clientOf(port) {
  const call = async (method, path, { headers = {}, body } = {}) => {
    const answer = await rawRequest(port, { method, path, headers, body });
    checkAnswer(method, path, body, answer);
    return answer;
  };
  const json = (value) => ({ headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
  const withKey = (options, key) =>
    key === undefined ? options : { ...options, headers: { ...options.headers, authorization: `Bearer ${key}` } };
  const asAdmin = (options = {}) => ({ ...options, headers: { ...options.headers, authorization: `Bearer ${ADMIN}` } });
  return {
    call,
    scan: (value, key) => call("POST", "/v1/scan", withKey(json(value), key)),
    post: (path, value, key) => call("POST", path, withKey(json(value), key)),
    admin: (method, path, value) => call(method, path, asAdmin(value === undefined ? {} : json(value))),
    proxy: (url, { method = "POST", headers = {}, body = "" } = {}) => call(method, `/proxy/${url}`, { headers, body }),
  };
}

/** One request whose target goes on the wire as it is written; resolves to status, headers, text, json. */
export function rawRequest(port, { method = "GET", path = "/", headers = {}, body }) {
  return new Promise((resolve, reject) => {
    // Node leaves the body of a GET out unless its length is given.
    const framed =
      body && headers["transfer-encoding"] === undefined ? { "content-length": Buffer.byteLength(body), ...headers } : headers;
    const outgoing = request(
      { host: "127.0.0.1", port, method, path, headers: framed, agent: false, setHost: headers.host === undefined },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text,
            get json() {
              return JSON.parse(text);
            },
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
