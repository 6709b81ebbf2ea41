// The doctor must notice what was undone, path by path, and what the client depends on.

import assert from "node:assert/strict";
import http, { createServer } from "node:http";
import { test } from "node:test";
import * as undici from "undici";
import { IntervenClient } from "../../../dist/index.js";
import { installed, LOCAL } from "./servers.mjs";

const PATHS = ["client.fetch", "fetch", "undici", "undici.Pool", "http", "https"];
const reached = ({ paths }) => paths.filter(({ verdict }) => verdict !== "blocked").map(({ path }) => path);
const nativeFetch = globalThis.fetch;

test("an installed client blocks every path; one that is not blocks its own", async (t) => {
  const client = new IntervenClient(LOCAL);
  const without = await client.doctor();
  assert.deepEqual([without.ok, without.installed, reached(without)], [true, false, PATHS.slice(1)]);
  const installation = client.install();
  t.after(() => installation.uninstall());
  const report = await client.doctor();
  assert.deepEqual([report.ok, report.installed, reached(report)], [true, true, []]);
  assert.deepEqual(
    report.paths.map(({ path }) => path),
    PATHS,
  );
  for (const { reasonCodes } of report.paths) assert.ok(reasonCodes.includes("SECRET_DETECTED"));
  assert.deepEqual([report.engine.simd, report.failMode, report.gateway], [true, "closed", null]);
  assert.match(report.engine.policyVersion, /^[0-9a-f]+$/);
  assert.deepEqual(report.coverage, installation.coverage);
});

/** What undoes one patch, and the paths that are open then. */
const UNDOING = {
  "addRequest and onSocket": {
    undo: () => {
      const [agents, requests] = [http.Agent.prototype, http.ClientRequest.prototype];
      const [{ addRequest }, { onSocket, write, end }] = [agents, requests];
      const plain = originals();
      agents.addRequest = plain.addRequest;
      for (const name of ["onSocket", "write", "end"]) requests[name] = plain[name];
      return () => {
        agents.addRequest = addRequest;
        Object.assign(requests, { onSocket, write, end });
      };
    },
    open: ["http", "https"],
  },
  dispatch: {
    undo: () => {
      const owner = Object.getPrototypeOf(undici.Agent.prototype);
      const { dispatch } = owner;
      owner.dispatch = originals().dispatch;
      return () => (owner.dispatch = dispatch);
    },
    open: ["undici.Pool"],
  },
  "the global dispatcher": {
    undo: () => {
      const before = undici.getGlobalDispatcher();
      const owner = Object.getPrototypeOf(Object.getPrototypeOf(before));
      const { dispatch } = owner;
      owner.dispatch = plainDispatch;
      return () => (owner.dispatch = dispatch);
    },
    open: ["undici"],
  },
  "fetch and the dispatcher behind it": {
    undo: () => {
      const guarded = globalThis.fetch;
      const owner = Object.getPrototypeOf(Object.getPrototypeOf(undici.getGlobalDispatcher()));
      const { dispatch } = owner;
      globalThis.fetch = nativeFetch;
      owner.dispatch = plainDispatch;
      return () => {
        globalThis.fetch = guarded;
        owner.dispatch = dispatch;
      };
    },
    open: ["fetch", "undici"],
  },
};

// As they are before anything is installed.
void globalThis.Response;
const plainDispatch = Object.getPrototypeOf(Object.getPrototypeOf(undici.getGlobalDispatcher())).dispatch;
const plainMethods = {
  dispatch: Object.getPrototypeOf(undici.Agent.prototype).dispatch,
  addRequest: http.Agent.prototype.addRequest,
  ...Object.fromEntries(["onSocket", "write", "end"].map((name) => [name, http.ClientRequest.prototype[name]])),
};
const originals = () => plainMethods;

for (const [what, { undo, open }] of Object.entries(UNDOING)) {
  test(`the doctor notices that somebody has undone: ${what}`, async (t) => {
    const { client } = installed(t);
    const redo = undo();
    try {
      const report = await client.doctor();
      // Both copies of undici may be one.
      const expected = open.filter((path) => reached(report).includes(path));
      assert.ok(expected.length >= 1, report.text);
      assert.deepEqual([report.ok, report.installed], [false, true]);
      assert.match(report.text, /NOT BLOCKED/);
    } finally {
      redo();
    }
    assert.equal((await client.doctor()).ok, true);
  });
}

test("a refusal for another reason is not taken for one of the secret", async () => {
  const report = await new IntervenClient({ ...LOCAL, maxBodyBytes: 5 }).doctor();
  assert.deepEqual(report.paths[0], { path: "client.fetch", verdict: "unclear", reasonCodes: ["PAYLOAD_TOO_LARGE"] });
  assert.equal(report.ok, false);
  assert.match(report.text, /unclear/);
});

test("the gateway is asked for its health and whether it takes the key", async (t) => {
  const asked = [];
  let status = 404;
  const server = createServer((request, response) => {
    asked.push([request.method, request.url, request.headers.authorization]);
    response.writeHead(request.url === "/health" ? 200 : status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close() && server.closeAllConnections());
  const gatewayUrl = `http://127.0.0.1:${server.address().port}`;
  const withKey = { ...LOCAL, gatewayUrl, apiKey: "a-key-of-the-test" };
  const { client } = installed(t, withKey);
  const report = await client.doctor();
  assert.deepEqual([report.ok, report.gateway], [true, { url: gatewayUrl, reachable: true, keyAccepted: true }]);
  assert.deepEqual(
    asked.map(([method, url]) => [method, url.replace(/[0-9a-f-]{36}/, "ID")]),
    [
      ["GET", "/health"],
      ["GET", "/v1/approvals/ID/status"],
    ],
  );
  assert.ok(!JSON.stringify(report).includes(withKey.apiKey));
  status = 401;
  const refused = await client.doctor();
  assert.deepEqual([refused.ok, refused.gateway.keyAccepted], [false, false]);
  assert.match(refused.text, /the key is NOT accepted/);
  const keyless = await new IntervenClient({ ...LOCAL, gatewayUrl }).doctor();
  assert.deepEqual([keyless.ok, keyless.gateway.keyAccepted], [true, null]);
  const nobody = await new IntervenClient({ ...LOCAL, gatewayUrl: "http://127.0.0.1:1" }).doctor();
  assert.deepEqual([nobody.ok, nobody.gateway.reachable], [false, false]);
  assert.match(nobody.text, /does NOT answer/);
});
