// `node proxy-role.mjs upstream|bare|gateway|regexps`: one of the servers of the benchmark `proxy`. Ends with its parent.

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Pool } from "undici";
import { Engine } from "../../dist/engine.js";
import { Carrier } from "../../dist/gateway/carrying.js";
import { hashCredential, openGatewayMemory, openSqliteStore, startGateway } from "../../dist/gateway/index.js";
import { regexpEngine } from "./regexp-engine.mjs";

const ANSWER = JSON.stringify({
  notes: Array.from({ length: 32 }, (_, id) => ({ id, text: "a note of some length", done: false })),
});

const ROLES = {
  upstream: () =>
    listening((incoming, response) => {
      incoming.resume();
      incoming.on("end", () => response.setHeader("content-type", "application/json").end(ANSWER));
    }),
  bare: () => {
    const pools = new Map();
    return listening(
      getRequestListener(
        async (request, { outgoing }) => {
          const target = new URL(request.url.slice(request.url.indexOf("/proxy/") + 7));
          if (!pools.has(target.origin)) pools.set(target.origin, new Pool(target.origin));
          const { statusCode, headers, body } = await pools.get(target.origin).request({
            path: target.pathname + target.search,
            method: request.method,
            headers: { "content-type": request.headers.get("content-type") },
            body: new Uint8Array(await request.arrayBuffer()),
          });
          const head = new Response(null, { status: statusCode, headers: { "content-type": headers["content-type"] } });
          const carrier = new Carrier(outgoing);
          carrier.take(head, body);
          return carrier.send(head) ? RESPONSE_ALREADY_SENT : head;
        },
        { overrideGlobalObjects: false },
      ),
    );
  },
  gateway: ({ upstream }) => gateway(upstream, (memory) => new Engine({ allowPrivate: ["127.0.0.1"], memory })),
  regexps: ({ upstream, rules }) =>
    gateway(upstream, (memory) => regexpEngine(new Engine({ allowPrivate: ["127.0.0.1"], memory }), rules)),
};

async function listening(listener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

async function gateway(upstream, engineOf) {
  const directory = mkdtempSync(join(tmpdir(), "interven-bench-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const store = await openSqliteStore(directory);
  const memory = await openGatewayMemory(store);
  const { port } = await startGateway({
    engine: engineOf(memory),
    store,
    memory,
    adminHash: await hashCredential("benchmark"),
    port: 0,
    rateLimit: 1_000_000,
    allowPrivate: [`127.0.0.1:${upstream}`],
  });
  return port;
}

process.on("disconnect", () => process.exit(0));
process.once("message", async (given) => {
  process.send(await ROLES[process.argv[2]](given));
});
