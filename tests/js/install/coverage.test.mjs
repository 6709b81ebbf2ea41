// The list of what is not covered is honest: it is in the docs as `install()` reports it, and what it calls open is.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect as connectHttp2, createServer as createHttp2 } from "node:http2";
import { connect } from "node:net";
import { test } from "node:test";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { IntervenClient } from "../../../dist/index.js";
import { COLUMNS, TABLE } from "../../../dist/install/coverage.js";
import { tableRows } from "../readme/blocks.mjs";
import { awsKey, installed, LOCAL, listening } from "./servers.mjs";

test("docs/coverage.md is the table that install() reports", () => {
  const rows = tableRows("docs/coverage.md", "path");
  assert.deepEqual(
    rows,
    TABLE.map(({ path, what, statuses }) => [
      `\`${path}\``,
      what,
      ...statuses.map((status) => (status === "absent" ? "" : status)),
    ]),
  );
  const head = readFileSync("docs/coverage.md", "utf8").match(/^\| path \|.*$/m)[0];
  for (const column of COLUMNS) assert.match(head, new RegExp(column, "i"));
});

test("install() reports every row of its runtime, as it is", (t) => {
  const client = new IntervenClient(LOCAL);
  const installation = client.install();
  t.after(() => installation.uninstall());
  assert.deepEqual(
    installation.coverage,
    TABLE.map(({ path, what, statuses }) => ({ path, what, status: statuses[0] })),
  );
  assert.equal(installation.runtime, "node");
  installation.uninstall();
  const guarded = installation.coverage.filter(({ status }) => status === "guarded" || status === "refused");
  assert.deepEqual(guarded, []);
});

test("what is called open is open", async (t) => {
  const { base, port, seen } = await listening(t);
  installed(t);
  const key = awsKey();
  const script = `fetch(${JSON.stringify(base)}, { method: "POST", body: ${JSON.stringify(key)} })`;
  const ways = {
    sockets: () =>
      new Promise((resolve) =>
        connect(port, "127.0.0.1")
          .on("data", resolve)
          .end(`POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: ${key.length}\r\n\r\n${key}`),
      ),
    "child-processes": () => promisify(execFile)(process.execPath, ["-e", script]),
    "other-threads": () => new Promise((resolve) => new Worker(script, { eval: true }).on("exit", resolve)),
  };
  for (const [path, send] of Object.entries(ways)) {
    seen.length = 0;
    await send();
    assert.deepEqual(
      seen.map(({ body }) => body),
      [key],
      path,
    );
    assert.equal(TABLE.find((row) => row.path === path).statuses[0], "open");
  }
});

test("node:http2 is open", async (t) => {
  const bodies = [];
  const server = createHttp2();
  server.on("stream", (stream) => {
    let body = "";
    stream.on("data", (chunk) => (body += chunk));
    stream.on("end", () => {
      bodies.push(body);
      stream.respond({ ":status": 200 });
      stream.end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  installed(t);
  const session = connectHttp2(`http://127.0.0.1:${server.address().port}`);
  t.after(() => session.destroy() || server.close());
  const key = awsKey();
  const stream = session.request({ ":method": "POST", ":path": "/" });
  stream.end(key);
  await new Promise((resolve) => stream.on("response", resolve));
  assert.deepEqual(bodies, [key]);
  assert.equal(TABLE.find((row) => row.path === "http2").statuses[0], "open");
});
